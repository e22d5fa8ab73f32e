package dev.sluice.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.sluice.batch.Batch;
import dev.sluice.batch.Example;
import dev.sluice.config.SluiceException;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.network.CellConfig;
import dev.sluice.network.CellConfig.InitialState;
import dev.sluice.network.Dropping;
import dev.sluice.network.Emissions;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Attention;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Feedback;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.network.NetworkShape.Reader;
import dev.sluice.network.Workspace;
import dev.sluice.onnx.OnnxRuntime.Padding;
import dev.sluice.onnx.OnnxRuntime.Scores;
import dev.sluice.vocabulary.LabelVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ONNX Runtime gives the scores that the engine gives, to 1e-5 absolute plus relative, whatever stands in the padding. */
class ScoresTest {
  private static final double TOLERANCE = 1e-5;
  private static final float LAST_BITS = 0x1p-21f;
  private static final int[] LENGTHS = {4, 1, 9, 2, 6};
  private static final List<Input> WORD = List.of(new Input.Table("word", 11, 5));
  private static final CellConfig LSTM = new CellConfig.Lstm();
  private static final CellConfig GRU = new CellConfig.Gru();

  @BeforeAll
  static void runtime() {
    OnnxRuntime.require();
  }

  @Test
  void everyCellReadsBothWaysInOneAndTwoLayers() throws OrtException {
    for (CellConfig kind : Models.cells()) {
      for (boolean bidirectional : new boolean[] {false, true}) {
        for (Integer[] widths : new Integer[][] {{3}, {17}, {6, 4}, {9, 9}})
          check(shape(WORD, Models.encoder(kind, bidirectional, widths), true, null));
      }
    }
  }

  @Test
  void everyKindOfIdsGoesIn() throws OrtException {
    List<List<Input>> inputs =
        List.of(
            List.of(new Input.OneHot("word", 7)),
            List.of(new Input.OneHot("word", 200)),
            List.of(new Input.OneHot("word", 200), new Input.OneHot("tag", 150)),
            List.of(
                new Input.Table("word", 9, 4),
                new Input.OneHot("shape", 6),
                new Input.OneHot("suffix:3", 300),
                new Input.Table("ending", 7, 18)),
            List.of(
                new Input.Table("glove", 8, 4, true, false),
                new Input.Table("delta", 8, 4, false, true),
                new Input.Table("feature-Wortart é", 5, 2)));
    for (List<Input> in : inputs) {
      for (CellConfig kind : Models.cells())
        for (boolean bidirectional : new boolean[] {false, true})
          check(shape(in, Models.encoder(kind, bidirectional, 4, 3), true, null));
    }
  }

  @Test
  void everyReaderOfLettersIsThere() throws OrtException {
    for (Reader reader : Reader.values()) {
      for (int window = 1; window <= (reader == Reader.CNN ? 6 : 1); window++) {
        Input letters = new Input.Characters("letters", 8, reader, 3, 5, window);
        check(shape(List.of(letters), Models.encoder(LSTM, true, 4), true, null));
        check(shape(List.of(WORD.get(0), letters), Models.encoder(GRU, false, 4), true, null));
        check(
            shape(
                List.of(letters, new Input.OneHot("shape", 4)),
                Models.encoder(LSTM, true, Connection.NONE, true, null, 4),
                false,
                Pooling.LAST));
      }
    }
  }

  @Test
  void everyWayPastALayerIsThere() throws OrtException {
    for (Connection connection : Connection.values()) {
      for (Integer[] widths : new Integer[][] {{3, 3}, {7, 7, 3}, {4, 8, 8}}) {
        for (CellConfig kind : Models.steppedCells())
          for (boolean layerNorm : new boolean[] {false, true})
            check(
                shape(
                    WORD,
                    Models.encoder(kind, true, connection, layerNorm, null, widths),
                    true,
                    null));
      }
    }
  }

  @Test
  void sentencesAttendToThemselvesAlone() throws OrtException {
    for (Attention attention :
        List.of(new Attention(5, 1), new Attention(36, 2), new Attention(6, 3)))
      for (CellConfig kind : List.of(LSTM, GRU))
        for (Pooling pooling : Pooling.values())
          check(
              shape(
                  WORD,
                  Models.encoder(kind, true, Connection.NONE, false, attention, 4, 3),
                  true,
                  pooling));
  }

  @Test
  void everyPoolingGivesSentencesTheirScores() throws OrtException {
    for (Pooling pooling : Pooling.values()) {
      for (CellConfig kind : Models.cells())
        for (boolean bidirectional : new boolean[] {false, true})
          for (boolean tokens : new boolean[] {false, true})
            check(shape(WORD, Models.encoder(kind, bidirectional, 5, 3), tokens, pooling));
    }
  }

  @Test
  void cellsWithLayerNormalisationGoOutStepByStep() throws OrtException {
    List<Input> inputs = List.of(new Input.Table("word", 11, 5), new Input.OneHot("tag", 4));
    for (CellConfig kind : Models.steppedCells()) {
      for (boolean bidirectional : new boolean[] {false, true}) {
        for (List<Input> in : List.of(WORD, inputs, List.<Input>of(new Input.OneHot("tag", 90)))) {
          check(
              shape(
                  in,
                  Models.encoder(kind, bidirectional, Connection.NONE, true, null, 6, 4),
                  true,
                  null));
        }
      }
    }
  }

  @Test
  void learnedStatesBeforeTheFirstTokenAreThere() throws OrtException {
    List<CellConfig> cells =
        List.of(
            new CellConfig.Rnn(
                CellConfig.Activation.TANH,
                CellConfig.Recurrent.ORTHOGONAL,
                1,
                InitialState.LEARNED),
            new CellConfig.Lstm(
                false, CellConfig.Coupling.NONE, 1, Optional.empty(), InitialState.LEARNED),
            new CellConfig.Lstm(
                true, CellConfig.Coupling.FORGET, 1, Optional.empty(), InitialState.LEARNED),
            new CellConfig.Gru(CellConfig.Reset.BEFORE, InitialState.LEARNED));
    for (CellConfig cell : cells)
      for (boolean bidirectional : new boolean[] {false, true})
        check(shape(WORD, Models.encoder(cell, bidirectional, 5, 3), true, null));
    CellConfig gru = new CellConfig.Gru(CellConfig.Reset.AFTER, InitialState.LEARNED);
    check(shape(WORD, Models.encoder(gru, true, Connection.NONE, true, null, 5), true, null));
  }

  @Test
  void cellsThatNoOperatorComputesGoOutStepByStep() throws OrtException {
    for (CellConfig cell : Models.longCells()) {
      for (boolean bidirectional : new boolean[] {false, true}) {
        check(shape(WORD, Models.encoder(cell, bidirectional, 5, 3), true, Pooling.LAST));
        check(
            shape(
                List.of(new Input.OneHot("tag", 9)),
                Models.encoder(cell, bidirectional, 4),
                true,
                Pooling.MEAN));
      }
    }
  }

  /** Windows shorter and longer than the sentences, and none at all on one side. */
  @Test
  void windowsGoOutForEveryInputAndBesideEveryOtherCell() throws OrtException {
    List<List<Input>> inputs =
        List.of(
            WORD,
            List.of(new Input.OneHot("word", 7), new Input.OneHot("tag", 150)),
            List.of(new Input.Table("word", 11, 5), new Input.OneHot("tag", 4)));
    for (CellConfig window : Models.windows()) {
      for (List<Input> in : inputs) {
        for (boolean layerNorm : new boolean[] {false, true})
          for (Integer[] widths : new Integer[][] {{3}, {17, 6}})
            check(
                shape(
                    in,
                    Models.encoder(window, false, Connection.NONE, layerNorm, null, widths),
                    true,
                    Pooling.LAST));
      }
      for (Connection connection : Connection.values()) {
        for (List<CellConfig> cells : List.of(List.of(window, LSTM), List.of(GRU, window))) {
          Encoder encoder =
              new Encoder(
                  cells, List.of(6, 4), false, connection, false, Optional.of(new Attention(6, 2)));
          check(shape(WORD, encoder, true, Pooling.MEAN));
        }
      }
    }
  }

  private static NetworkShape fedBack(int labels, int layers, Feedback feedback) {
    return new NetworkShape(
        WORD,
        layers == 0
            ? new Encoder(List.of(), List.of(), false, Connection.NONE, false, Optional.empty())
            : Models.encoder(GRU, true, 4),
        Optional.of(new NetworkShape.Tokens(labels, false, Optional.of(feedback))),
        Optional.empty());
  }

  @Test
  void distributionsThatAreFedBackGoOutStepByStep() throws OrtException {
    for (CellConfig.Activation activation : CellConfig.Activation.values())
      for (boolean recurrent : new boolean[] {false, true})
        for (int layers = 0; layers < 2; layers++)
          check(fedBack(3, layers, new Feedback(6, activation, recurrent, true)));
  }

  @Test
  void labelsThatAreFedBackAreThoseOfAGreedySearchUnderEveryScheme() throws OrtException {
    Map<TagScheme, List<String>> schemes =
        Map.of(
            TagScheme.PLAIN,
            List.of("a", "b", "c", "d", "e"),
            TagScheme.BIO,
            List.of("O", "B-x", "I-x", "B-y", "I-y"),
            TagScheme.BIOES,
            List.of("O", "B-x", "I-x", "E-x", "S-x"));
    for (TagScheme scheme : schemes.keySet()) {
      for (boolean recurrent : new boolean[] {false, true}) {
        for (int layers = 0; layers < 2; layers++) {
          Feedback feedback = new Feedback(6, CellConfig.Activation.TANH, recurrent, false);
          NetworkShape shape = fedBack(5, layers, feedback);
          SplittableRandom random = Seeds.next();
          List<Example> sentences = Models.sentences(shape, random, LENGTHS);
          Outputs outputs = Outputs.of(LabelVocabulary.of(schemes.get(scheme)), scheme);
          Model model = Models.model(shape, random).withOutputs(outputs);
          try (OnnxRuntime runtime = new OnnxRuntime(OnnxModel.of(model), shape)) {
            for (Padding padding : List.of(Padding.LEAST, Padding.generous(random)))
              checkLabels(model, sentences, runtime.run(sentences, padding));
          }
        }
      }
    }
  }

  private static void checkLabels(Model model, List<Example> sentences, Scores found) {
    List<Example> labelled = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      Example e = sentences.get(i);
      int[] labels = model.predict(e, Detail.LABELS).tokens().orElseThrow().labels();
      long[] given = Arrays.copyOf(found.labels()[i], labels.length);
      assertArrayEquals(labels, Arrays.stream(given).mapToInt(id -> (int) id).toArray());
      labelled.add(new Example(e.id(), e.inputs(), e.spellings(), labels, e.intents()));
    }
    assertTrue(distance(model, labelled, found) <= TOLERANCE, Seeds::describe);
  }

  @Test
  void otherResetsUnderLayerNormalisationAreRefused() {
    CellConfig before = new CellConfig.Gru(CellConfig.Reset.BEFORE);
    refused(
        Models.encoder(before, true, Connection.NONE, true, null, 4),
        "layer 1 is gru with its reset before the product under layer normalisation, which");
  }

  private static void refused(Encoder encoder, String what) {
    Model model = Models.model(shape(WORD, encoder, true, null), Seeds.next());
    SluiceException e = assertThrows(SluiceException.class, () -> OnnxModel.of(model));
    assertTrue(e.getMessage().startsWith("error[ONX-002] model: " + what), e.getMessage());
  }

  /** The comparison itself is tested: scores of other weights are noticed. */
  @Test
  void otherWeightsGiveOtherScores() throws OrtException {
    NetworkShape shape = shape(WORD, Models.encoder(LSTM, true, 4), true, null);
    SplittableRandom random = Seeds.next();
    Model model = Models.model(shape, random);
    List<Example> sentences = Models.sentences(shape, random, LENGTHS);
    try (OnnxRuntime runtime = new OnnxRuntime(OnnxModel.of(model), shape)) {
      model.network().parameters().dense()[0] += 0.01f;
      model.pack();
      Scores scores = runtime.run(sentences, Padding.LEAST);
      assertTrue(distance(model, sentences, scores) > TOLERANCE);
    }
  }

  private static NetworkShape shape(
      List<Input> inputs, Encoder encoder, boolean tokens, Pooling pooling) {
    return Models.shape(inputs, encoder, tokens, pooling);
  }

  /** One graph takes batches of any size and length. */
  private static void check(NetworkShape shape) throws OrtException {
    SplittableRandom random = Seeds.next();
    List<Example> sentences = Models.sentences(shape, random, LENGTHS);
    Model model;
    do model = Models.model(shape, random);
    while (isSteep(model, sentences));
    try (OnnxRuntime runtime = new OnnxRuntime(OnnxModel.of(model), shape)) {
      check(model, runtime, sentences, Padding.LEAST);
      check(model, runtime, sentences, Padding.generous(random));
      check(model, runtime, sentences.subList(0, 1), Padding.LEAST);
    }
  }

  private static void check(
      Model model, OnnxRuntime runtime, List<Example> sentences, Padding padding)
      throws OrtException {
    Scores scores = runtime.run(sentences, padding);
    assertEquals(model.labelsTokens(), scores.tokens() != null);
    assertEquals(model.labelsSentences(), scores.sentences() != null);
    double distance = distance(model, sentences, scores);
    assertTrue(
        distance <= TOLERANCE,
        () -> distance + " for " + model.network().shape() + ", " + Seeds.describe());
  }

  /** Whether the last bits of the weights move the scores so far that no arithmetic in float gives them to five digits, as where a normalisation divides by next to nothing. */
  private static boolean isSteep(Model model, List<Example> sentences) {
    float[] weights = model.network().parameters().dense(), kept = weights.clone();
    Scores scores = scores(model, sentences);
    for (int i = 0; i < weights.length; i++)
      weights[i] *= i % 2 == 0 ? 1 + LAST_BITS : 1 - LAST_BITS;
    model.pack();
    double moved = distance(model, sentences, scores);
    System.arraycopy(kept, 0, weights, 0, kept.length);
    model.pack();
    return moved > TOLERANCE / 2;
  }

  /** What the engine gives. */
  private static Scores scores(Model model, List<Example> sentences) {
    Workspace ws = forward(model, sentences);
    Batch batch = ws.batch();
    float[][][] tokens = new float[sentences.size()][][];
    float[][] whole = new float[sentences.size()][];
    for (int i = 0; i < sentences.size(); i++) {
      int place = batch.place(i);
      tokens[place] = new float[batch.length(i)][];
      for (int t = 0; model.labelsTokens() && t < batch.length(i); t++)
        tokens[place][t] = row(ws.tokens(), batch.row(t, i));
      if (model.labelsSentences()) whole[place] = row(ws.sentence(), i);
    }
    return new Scores(
        model.labelsTokens() ? tokens : null, model.labelsSentences() ? whole : null, null);
  }

  private static float[] row(Emissions emissions, int row) {
    int at = row * emissions.ld();
    return Arrays.copyOfRange(emissions.scores(), at, at + emissions.labels());
  }

  private static Workspace forward(Model model, List<Example> sentences) {
    Workspace ws = model.network().workspace(false);
    ws.batch().fill(sentences.toArray(Example[]::new), 0, 1, sentences.size());
    model.network().forward(ws, Dropping.NONE);
    return ws;
  }

  /** The largest difference of two scores over 1 plus the size of the right one. */
  private static double distance(Model model, List<Example> sentences, Scores found) {
    Workspace ws = forward(model, sentences);
    Batch batch = ws.batch();
    double most = 0;
    for (int i = 0; i < batch.sentences(); i++) {
      int place = batch.place(i);
      for (int t = 0; found.tokens() != null && t < batch.length(i); t++)
        most = Math.max(most, distance(ws.tokens(), batch.row(t, i), found.tokens()[place][t]));
      if (found.sentences() != null)
        most = Math.max(most, distance(ws.sentence(), i, found.sentences()[place]));
    }
    return most;
  }

  private static double distance(Emissions right, int row, float[] found) {
    assertEquals(right.labels(), found.length);
    double most = 0;
    for (int j = 0; j < found.length; j++) {
      double score = right.scores()[row * right.ld() + j];
      double distance = Math.abs(score - found[j]) / (1 + Math.abs(score));
      most = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(most, distance);
    }
    return most;
  }
}
