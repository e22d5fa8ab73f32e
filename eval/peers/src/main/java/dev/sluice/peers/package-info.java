/** Speed of Sluice beside other systems: the same work, one process, rounds that take turns. */
package dev.sluice.peers;
