package dev.sluice.network;

/**
 * Where the scores of moves stand among the dense weights of a CRF.
 *
 * @param transition [L,L], from row to column
 * @param start [1,L], for the first label of a sentence
 * @param stop [1,L], for the last one
 */
public record ChainBlocks(Block transition, Block start, Block stop) {}
