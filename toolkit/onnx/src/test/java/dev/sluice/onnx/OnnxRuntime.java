package dev.sluice.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sluice.batch.Example;
import dev.sluice.batch.Spelling;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;

/** Runs graphs in ONNX Runtime. */
public final class OnnxRuntime implements AutoCloseable {
  private final OrtSession session;
  private final List<Input> inputs; // of ids
  private final int letters; // the number of letters, 0 when none are read

  /**
   * What a graph gave.
   *
   * @param tokens [batch][length][labels], null without
   * @param sentences [batch][labels], null without
   * @param labels [batch][length], null without
   */
  record Scores(float[][][] tokens, float[][] sentences, long[][] labels) {}

  /** How sentences become one padded batch. */
  record Padding(int tokens, int letters, boolean wordByWord, SplittableRandom garbage) {
    /** As little as can be, of id 0, and each distinct word once. */
    static final Padding LEAST = new Padding(0, 0, false, null);

    /** More than needed, of random ids, and a row of letters for each token. */
    static Padding generous(SplittableRandom random) {
      return new Padding(3, 2, true, random);
    }

    private long id(int vocabulary) {
      return garbage == null ? 0 : garbage.nextInt(vocabulary);
    }
  }

  /** Opens the graph of a model of this shape. */
  OnnxRuntime(OnnxModel model, NetworkShape shape) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    session = OrtEnvironment.getEnvironment().createSession(model.toBytes(), options);
    inputs = shape.inputs().stream().filter(i -> !(i instanceof Input.Characters)).toList();
    letters =
        shape.inputs().stream()
            .filter(Input.Characters.class::isInstance)
            .mapToInt(Input::vocabulary)
            .sum();
  }

  /** Skips the tests of a class, and says so, where the native library of ONNX Runtime cannot be loaded. */
  public static void require() {
    try {
      OrtEnvironment.getEnvironment();
    } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
      Assumptions.abort("ONNX Runtime has no native library for this machine: " + e);
    }
  }

  /** Runs sentences as one batch. */
  Scores run(List<Example> sentences, Padding padding) throws OrtException {
    int B = sentences.size(),
        T = sentences.stream().mapToInt(Example::length).max().orElseThrow() + padding.tokens;
    Map<String, Object> values = new LinkedHashMap<>();
    long[] lengths = new long[B];
    for (int b = 0; b < B; b++) lengths[b] = sentences.get(b).length();
    values.put("lengths", lengths);
    for (int c = 0; c < inputs.size(); c++) {
      long[][] ids = new long[B][T];
      for (int b = 0; b < B; b++) {
        int[] row = sentences.get(b).inputs()[c];
        for (int t = 0; t < T; t++)
          ids[b][t] = t < row.length ? row[t] : padding.id(inputs.get(c).vocabulary());
      }
      values.put("ids." + inputs.get(c).name(), ids);
    }
    if (letters > 0) putLetters(values, sentences, T, letters, padding);
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (Map.Entry<String, Object> e : values.entrySet())
      tensors.put(
          e.getKey(), OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), e.getValue()));
    try (OrtSession.Result result = session.run(tensors)) {
      return new Scores(
          (float[][][]) value(result, "token_scores"),
          (float[][]) value(result, "sentence_scores"),
          (long[][]) value(result, "token_labels"));
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static Object value(OrtSession.Result result, String name) throws OrtException {
    return result.get(name).isPresent() ? result.get(name).get().getValue() : null;
  }

  private static void putLetters(
      Map<String, Object> values, List<Example> sentences, int T, int vocabulary, Padding padding) {
    List<Spelling> words = new ArrayList<>();
    long[][] rows = new long[sentences.size()][T];
    for (int b = 0; b < rows.length; b++) {
      Spelling[] spellings = sentences.get(b).spellings();
      for (int t = 0; t < spellings.length; t++) {
        int known = padding.wordByWord ? -1 : words.indexOf(spellings[t]);
        rows[b][t] = known < 0 ? words.size() : known;
        if (known < 0) words.add(spellings[t]);
      }
    }
    int longest = words.stream().mapToInt(Spelling::length).max().orElseThrow() + padding.letters;
    long[][] letters = new long[words.size()][longest];
    long[] lengths = new long[words.size()];
    for (int w = 0; w < letters.length; w++) {
      lengths[w] = words.get(w).length();
      for (int c = 0; c < longest; c++)
        letters[w][c] = c < lengths[w] ? words.get(w).letter(c) : padding.id(vocabulary);
    }
    values.put("letters", letters);
    values.put("letters.lengths", lengths);
    values.put("letters.rows", rows);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
