/** Arithmetic on arrays: scalar definitions, SIMD twins, the one log-sum-exp. */
package dev.sluice.kernel;
