/** How far apart subject and verb may be for a recurrent cell to make them agree: a program, run by {@code eval/agreement}. */
package dev.sluice.eval.agreement;
