/**
 * How near training comes to what the processor can do: the products of a training step by OpenBLAS and by our kernels, and fused multiply-adds on registers alone.
 *
 * <p>A FLOP is one floating-point addition or multiplication, so a fused multiply-add is two and a product C [M,N] = A [M,K] · B [K,N] has 2·M·N·K. Only the sizes of the
 * mathematics count; what our layout adds by padding is work without credit.
 */
package dev.sluice.peers.ceiling;
