package dev.sluice.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams read every symbol once, each document in order, and a piece goes on in the stream of the one before it. */
class StreamsTest {
  private static List<int[]> documents(int... lengths) {
    List<int[]> documents = new ArrayList<>();
    int from = 0;
    for (int n : lengths) {
      documents.add(IntStream.range(from, from + n).toArray());
      from += n;
    }
    return documents;
  }

  private static List<int[]> next(List<int[]> documents) {
    return documents.stream().map(d -> Arrays.stream(d).map(i -> i + 1).toArray()).toList();
  }

  private static Streams streams(int count, int steps, int... lengths) {
    List<int[]> documents = documents(lengths);
    return new Streams(documents, next(documents), count, steps);
  }

  @Test
  void everySymbolIsReadOnceAndInOrderWithinItsStream() {
    Streams streams = streams(3, 4, 5, 1, 30, 9, 2, 2, 11);
    for (int epoch = 1; epoch <= 3; epoch++) {
      List<Integer> seen = new ArrayList<>();
      Map<Integer, Integer> lastOf = new HashMap<>();
      for (Example[] batch : streams.plan(7, epoch)) {
        List<Integer> at = new ArrayList<>();
        for (Example piece : batch) {
          int stream = streams.stream(piece), first = piece.inputs()[0][0];
          assertTrue(piece.length() <= 4);
          if (!streams.begins(piece)) assertEquals(lastOf.get(stream) + 1, first);
          for (int t = 0; t < piece.length(); t++) {
            seen.add(piece.inputs()[0][t]);
            assertEquals(piece.inputs()[0][t] + 1, piece.labels()[t]);
          }
          lastOf.put(stream, piece.inputs()[0][piece.length() - 1]);
          at.add(stream);
        }
        assertEquals(at.stream().distinct().toList(), at);
      }
      assertEquals(60, seen.size());
      assertEquals(60, seen.stream().distinct().count());
    }
    assertEquals(60, streams.symbols());
  }

  @Test
  void oneDocumentIsReadByAllStreamsAtOnce() {
    Streams streams = streams(4, 10, 100);
    Example[][] plan = streams.plan(1, 1);
    assertEquals(3, plan.length);
    for (Example[] batch : plan) assertEquals(4, batch.length);
    assertEquals(5, plan[2][0].length());
  }

  @Test
  void aShortDocumentIsNeverCutAndBeginsAfresh() {
    Streams streams = streams(2, 10, 6, 6, 6, 6);
    for (Example[] batch : streams.plan(5, 1)) {
      for (Example piece : batch) {
        assertEquals(6, piece.length());
        assertTrue(streams.begins(piece));
      }
    }
  }

  @Test
  void thePlanIsAFunctionOfSeedAndEpoch() {
    int[] lengths = IntStream.rangeClosed(1, 40).toArray();
    assertArrayEquals(ids(streams(4, 5, lengths), 1, 2), ids(streams(4, 5, lengths), 1, 2));
    assertTrue(
        !Arrays.equals(ids(streams(4, 5, lengths), 1, 1), ids(streams(4, 5, lengths), 1, 2)));
  }

  private static long[] ids(Streams streams, long seed, int epoch) {
    return Arrays.stream(streams.plan(seed, epoch))
        .flatMap(Arrays::stream)
        .mapToLong(Example::id)
        .toArray();
  }
}
