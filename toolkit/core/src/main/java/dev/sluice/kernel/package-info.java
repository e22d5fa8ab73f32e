/**
 * Arithmetic on arrays: scalar definitions, SIMD twins, the one log-sum-exp.
 *
 * <p>Letters, as in the papers: B sentences, T steps, D input width, H hidden width, L labels, V vocabulary, G gates; M, K and N are the
 * sizes of a product C [M,N] = A [M,K] · B [K,N]. A gradient is {@code d} plus the name it belongs to. An array comes with the index
 * of its first element ({@code cAt}) and the distance between rows ({@code ldc}). LSTM gates stand in the order i, f, g, o and GRU
 * gates r, z, n with the reset after the matrix product, as in PyTorch.
 *
 * <p>Widths are padded with zeros to {@link dev.sluice.kernel.Kernels#LANE} floats, so that no loop needs a mask or a tail. Every element of a
 * product is one chain of fused multiply-adds in index order; sums with one result use sixteen stripes and a fixed tree. That is why
 * {@link dev.sluice.kernel.ScalarKernels} and its SIMD twin give the same bits, whatever the width of a vector and the number of threads.
 */
package dev.sluice.kernel;
