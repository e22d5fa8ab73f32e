/** Speed of Sluice, and on public corpora its accuracy, beside other systems: the same work, one process, rounds that take turns. */
package dev.sluice.peers;
