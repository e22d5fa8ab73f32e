/** Parameters, workspace, lookup, RNN, LSTM, GRU, bidirectional, stacking, dropout. */
package dev.sluice.network;
