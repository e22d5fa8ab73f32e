/** How long an evaluation takes: a program, run by {@code eval/evaluation-speed}. */
package dev.sluice.eval.speed;
