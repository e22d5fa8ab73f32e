package dev.sluice.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.testing.Gallery;
import dev.sluice.testing.ReferenceNetwork;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.Teaching;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A sentence's result does not depend on the sentences beside it: there is no padding that could leak. */
class BatchMatesTest {
  private static final int[] LENGTHS = {1, 6, 3, 6, 1, 10, 2, 3, 5, 4, 4};

  @Test
  void theScoresOfASentenceAreTheSameBitsAloneAndInAnyBatchInAnyOrder() {
    SplittableRandom random = Seeds.of(301);
    for (NetworkShape shape : Gallery.shapes()) {
      List<Example> examples = Gallery.examples(random, shape, LENGTHS);
      Dropping drop = random.nextBoolean() ? Gallery.dropping(random) : Dropping.NONE;
      Pass pass = pass(shape, random);
      List<double[][]> alone = new ArrayList<>();
      for (Example e : examples) {
        pass.run(List.of(e), drop);
        alone.add(pass.emissions(0));
      }
      for (int round = 0; round < 3; round++) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < LENGTHS.length; i++) order.add(i);
        Collections.shuffle(order, new Random(random.nextLong()));
        order = order.subList(0, 1 + random.nextInt(LENGTHS.length));
        pass.run(order.stream().map(examples::get).toList(), drop);
        for (int i = 0; i < order.size(); i++) {
          assertArrayEquals(
              alone.get(order.get(i)), pass.emissions(i), () -> shape + ", " + Seeds.describe());
        }
      }
    }
  }

  @Test
  void theGradientsOfTheShardsAddUpToThatOfTheWholeBatch() {
    SplittableRandom random = Seeds.of(302);
    for (NetworkShape shape : Gallery.shapes()) {
      Example[] examples = Gallery.examples(random, shape, LENGTHS).toArray(Example[]::new);
      Pass whole = pass(shape, random);
      double loss = whole.run(List.of(examples), Dropping.NONE);
      float[] expected = whole.ws.gradient();

      int shards = 3;
      List<Workspace> workspaces = new ArrayList<>();
      float[] total = new float[expected.length];
      double sum = 0;
      for (int s = 0; s < shards; s++) {
        Workspace ws = whole.network.workspace(true);
        ws.batch().fill(examples, s, shards, examples.length);
        whole.network.forward(ws, Dropping.NONE);
        sum += whole.loss.gradient(ws, 1f);
        whole.network.backward(ws, Dropping.NONE);
        for (int i = 0; i < total.length; i++) total[i] += ws.gradient()[i];
        workspaces.add(ws);
      }
      assertEquals(loss, sum, 1e-6 * loss, shape::toString);
      assertArrayEquals(expected, total, tolerance(expected), shape::toString);
      for (int t = 0; t < whole.sparse.length; t++) {
        String table = whole.network.parameters().tables().get(t).block().name();
        double[][] all = whole.gradient(table);
        whole.sparse[t].collect(workspaces, shards);
        double[][] parts = whole.gradient(table);
        for (int r = 0; r < all.length; r++) assertArrayEquals(all[r], parts[r], 1e-4, table);
      }
    }
  }

  private static float tolerance(float[] x) {
    float largest = 0;
    for (float v : x) largest = Math.max(largest, Math.abs(v));
    return 1e-5f * largest;
  }

  /** Padding between weights stays zero only if its gradient is. */
  @Test
  void paddingHasNoGradient() {
    SplittableRandom random = Seeds.of(303);
    for (NetworkShape shape : Gallery.shapes()) {
      Pass pass = pass(shape, random);
      pass.run(Gallery.examples(random, shape, LENGTHS), Gallery.dropping(random));
      float[] g = pass.ws.gradient(), again = new float[g.length];
      for (Block b : pass.network.parameters().blocks()) b.fill(again, b.unpadded(g));
      assertEquals(largest(g), largest(again));
      for (int i = 0; i < g.length; i++) assertEquals(again[i], g[i] + 0f, shape::toString);
      for (int t = 0; t < pass.sparse.length; t++) {
        Block b = pass.network.parameters().tables().get(t).block();
        Block touched = new Block(b.name(), 0, pass.sparse[t].count(), b.groups(), b.width());
        float[] values = Arrays.copyOf(pass.sparse[t].values(), touched.size());
        float[] kept = new float[touched.size()];
        touched.fill(kept, touched.unpadded(values));
        for (int i = 0; i < kept.length; i++) assertEquals(kept[i], values[i] + 0f, b.name());
      }
    }
  }

  private static float largest(float[] x) {
    float largest = 0;
    for (float v : x) largest = Math.max(largest, Math.abs(v));
    return largest;
  }

  private static Pass pass(NetworkShape shape, SplittableRandom random) {
    ReferenceNetwork reference = new ReferenceNetwork(shape, Teaching.elaborate(random));
    reference.randomise(random, 0.9);
    return new Pass(reference, shape, Kernels.create());
  }
}
