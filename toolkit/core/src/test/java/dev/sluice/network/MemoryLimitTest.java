package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.batch.Example;
import dev.sluice.batch.Spelling;
import dev.sluice.config.SluiceException;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.Seeds;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What cannot fit is refused before memory is taken, whatever overflows on the way. */
class MemoryLimitTest {
  /** Fields of what others own: the network, and the weights and gradients of the pass in hand. */
  private static final Set<String> LENT =
      Set.of(
          "Workspace.network",
          "Pass.this$0",
          "State.this$0",
          "Workspace.gradient",
          "State.weights",
          "State.gradient",
          "State.normalizations");

  private static Workspace workspace(int hidden, int tokens) {
    Network network =
        new Network(
            NetworkShape.tagger(
                List.of(new NetworkShape.Input.Table("word", 2, 1)),
                new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(hidden), false),
                2));
    Workspace workspace = network.workspace(false);
    Example[] one = {Example.unlabelled(0, new int[tokens])};
    workspace.batch().fill(one, 0, 1, 1);
    workspace.reserve();
    return workspace;
  }

  /** 1,100,000 rows of 2,048 numbers are more than 2³¹, which as an int would be negative. */
  @Test
  void aSentenceTooLongForTheNetworkIsRefusedWithItsSize() {
    SluiceException refused = assertThrows(SluiceException.class, () -> workspace(2048, 1_100_000));
    assertEquals(SluiceException.Kind.IO, refused.kind());
    assertTrue(
        refused
            .getMessage()
            .startsWith(
                "error[RUN-010] memory: 1,100,000 tokens at a time, the longest sentence of 1,100,000, need about "),
        refused.getMessage());
  }

  /** 1,000 distinct words of 12 letters: what the letters take is far more than what the tokens take. */
  @Test
  void theEstimateCoversTheStatesOfLettersToo() {
    int words = 1000, length = 12, hidden = 20;
    for (boolean training : new boolean[] {false, true}) {
      Network network =
          new Network(
              NetworkShape.tagger(
                  List.of(
                      new NetworkShape.Input.Characters(
                          "letters", 10, NetworkShape.Reader.LSTM, 8, hidden, 1)),
                  new NetworkShape.Encoder(new CellConfig.Rnn(), List.of(1), false),
                  2));
      Workspace workspace = network.workspace(training);
      Spelling[] spellings = new Spelling[words];
      for (int w = 0; w < words; w++) {
        int[] letters = new int[length];
        for (int n = w, at = 0; n > 0; n /= 10) letters[at++] = n % 10;
        spellings[w] = new Spelling(letters);
      }
      Example one = new Example(0, new int[0][], spellings, new int[0], new int[0]);
      workspace.batch().fill(new Example[] {one}, 0, 1, 1);
      network.pack(workspace.kernels(), training);
      network.forward(workspace, Dropping.NONE);
      int gates = 4, states = 4, gradients = training ? 2 : 0, letter = training ? 2 : 1;
      long perLetter = 2L * (2 * gates + states + gradients) * 32 + letter * 16L; // padded widths
      long taken = words * length * perLetter;
      assertTrue(workspace.size() >= taken, workspace.size() + " below " + taken);
      assertTrue(workspace.size() <= 1.2 * taken, workspace.size() + " far above " + taken);
    }
  }

  /** For every kind of network the estimate that refuses is what a long sentence takes in training, counted array by array. */
  @Test
  void theEstimateIsTheSizeOfEveryArray() throws IllegalAccessException {
    int tokens = 300;
    for (NetworkShape shape : Gallery.shapes()) {
      SplittableRandom random = Seeds.next();
      Network network = new Network(shape);
      Workspace workspace = network.workspace(true);
      Example[] one = Gallery.examples(random, shape, tokens).toArray(Example[]::new);
      workspace.batch().fill(one, 0, 1, 1);
      network.pack(workspace.kernels(), true);
      long before = numbers(workspace);
      Dropping drop = Gallery.dropping(random);
      network.forward(workspace, drop);
      network.backward(workspace, drop);
      long taken = numbers(workspace) - before;
      assertEquals(taken, workspace.size(), () -> shape + ", seed " + Seeds.describe());
    }
  }

  /** The numbers in all arrays that a workspace holds, those of its network, kernels and batch aside. */
  private static long numbers(Object of) throws IllegalAccessException {
    long numbers = 0;
    Class<?> type = of.getClass();
    if (of instanceof float[] array) return array.length;
    if (of instanceof int[] array) return array.length;
    if (of instanceof Object[] array) {
      for (Object element : array) if (element != null) numbers += numbers(element);
      return numbers;
    }
    if (!type.getPackageName().equals(Workspace.class.getPackageName())) return 0;
    for (; type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        String name = type.getSimpleName() + "." + field.getName();
        if (Modifier.isStatic(field.getModifiers()) || LENT.contains(name)) continue;
        field.setAccessible(true);
        Object value = field.get(of);
        if (value != null) numbers += numbers(value);
      }
    }
    return numbers;
  }
}
