package dev.sluice.onnx;

import dev.sluice.batch.Example;
import dev.sluice.batch.Spelling;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Source;
import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Attention;
import dev.sluice.network.NetworkShape.Encoder;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.network.Parameters;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Models with random weights, and ragged sentences for them. */
final class Models {
  private Models() {}

  /** Every cell that an operator computes. */
  static List<CellConfig> cells() {
    List<CellConfig> cells = new ArrayList<>();
    for (CellConfig.Activation a : CellConfig.Activation.values()) cells.add(new CellConfig.Rnn(a));
    for (CellConfig.Coupling c : CellConfig.Coupling.values())
      for (boolean peepholes : new boolean[] {false, true})
        cells.add(new CellConfig.Lstm(peepholes, c));
    for (CellConfig.Reset r : CellConfig.Reset.values()) cells.add(new CellConfig.Gru(r));
    return cells;
  }

  /** Every cell that goes out step by step when there is layer normalisation. */
  static List<CellConfig> steppedCells() {
    List<CellConfig> cells = new ArrayList<>(cells());
    cells.removeIf(c -> c instanceof CellConfig.Gru gru && gru.reset() != CellConfig.Reset.AFTER);
    cells.addAll(longCells());
    return cells;
  }

  /** Cells that no operator computes, the start learned or zero. */
  static List<CellConfig> longCells() {
    List<CellConfig> cells = new ArrayList<>();
    for (CellConfig.InitialState start : CellConfig.InitialState.values()) {
      cells.add(
          new CellConfig.Rnn(
              CellConfig.Activation.TANH, CellConfig.Recurrent.ORTHOGONAL, 3, start));
      for (CellConfig.Coupling c : CellConfig.Coupling.values())
        cells.add(new CellConfig.Lstm(c != CellConfig.Coupling.INPUT, c, 1, Optional.of(2), start));
    }
    return cells;
  }

  /** Windows to both sides and to one, with every activation, and one of the token alone. */
  static List<CellConfig> windows() {
    return List.of(
        new CellConfig.Window(2, 2),
        new CellConfig.Window(3, 0, CellConfig.Activation.SIGMOID),
        new CellConfig.Window(0, 1, CellConfig.Activation.RELU),
        new CellConfig.Window(0, 0),
        new CellConfig.Window(9, 12));
  }

  static Encoder encoder(CellConfig cell, boolean bidirectional, Integer... widths) {
    return encoder(cell, bidirectional, Connection.NONE, false, null, widths);
  }

  static Encoder encoder(
      CellConfig cell,
      boolean bidirectional,
      Connection connection,
      boolean layerNorm,
      Attention attention,
      Integer... widths) {
    return new Encoder(
        Collections.nCopies(widths.length, cell),
        List.of(widths),
        bidirectional,
        connection,
        layerNorm,
        Optional.ofNullable(attention));
  }

  static NetworkShape shape(List<Input> inputs, Encoder encoder, boolean tokens, Pooling pooling) {
    return new NetworkShape(
        inputs,
        encoder,
        tokens ? Optional.of(new NetworkShape.Tokens(3, true)) : Optional.empty(),
        Optional.ofNullable(pooling).map(p -> new NetworkShape.Sentence(4, p)));
  }

  /** A network with normal weights, biases too; those of a matrix of many rows are smaller. */
  static Network network(NetworkShape shape, SplittableRandom random) {
    Network network = new Network(shape);
    for (Parameters.Table t : network.parameters().all()) {
      float[] values = new float[Math.toIntExact(t.block().weights())];
      double size = 0.9 / Math.sqrt(t.block().rows());
      for (int i = 0; i < values.length; i++) values[i] = (float) (gaussian(random) * size);
      t.block().fill(t.values(), values);
    }
    return network;
  }

  /** A normal number (Box and Muller). */
  static double gaussian(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** A model of this shape; each input of ids reads a feature of its name with values {@code v1}, {@code v2}, … */
  static Model model(NetworkShape shape, SplittableRandom random) {
    List<Channel> channels = new ArrayList<>();
    Optional<Letters> letters = Optional.empty();
    for (Input input : shape.inputs()) {
      if (input instanceof Input.Characters c) {
        List<String> known =
            IntStream.range(0, c.vocabulary() - 3)
                .mapToObj(i -> Character.toString('a' + i))
                .toList();
        letters = Optional.of(new Letters(Vocabulary.ofWords(known)));
      } else {
        channels.add(
            new Channel(
                input.name(), new Source.Feature(input.name()), values(input.vocabulary() - 1)));
      }
    }
    Outputs outputs =
        new Outputs(
            shape.tokens().map(t -> new Outputs.Tokens(labels(t.labels()), TagScheme.PLAIN, false)),
            shape
                .sentence()
                .map(s -> new Outputs.Sentence(labels(s.labels()), false, Optional.empty())));
    Model model =
        new Model(
            "slots",
            new InputEncoder(
                TextPipeline.of(
                    new TextConfig("whitespace", TextConfig.Punctuation.KEEP, List.of())),
                values(1),
                channels,
                letters),
            outputs,
            network(shape, random));
    model.pack();
    return model;
  }

  private static Vocabulary values(int size) {
    return Vocabulary.ofWords(IntStream.rangeClosed(1, size).mapToObj(i -> "v" + i).toList());
  }

  private static LabelVocabulary labels(int size) {
    return LabelVocabulary.of(IntStream.range(0, size).mapToObj(i -> "L" + i).toList());
  }

  /** Sentences of the given lengths with random ids and letters. */
  static List<Example> sentences(NetworkShape shape, SplittableRandom random, int... lengths) {
    List<Input> ids =
        shape.inputs().stream().filter(i -> !(i instanceof Input.Characters)).toList();
    Optional<Input> letters =
        shape.inputs().stream().filter(Input.Characters.class::isInstance).findFirst();
    List<Example> sentences = new ArrayList<>();
    for (int length : lengths) {
      int[][] rows = new int[ids.size()][length];
      for (int c = 0; c < rows.length; c++) {
        int V = ids.get(c).vocabulary();
        Arrays.setAll(rows[c], t -> random.nextInt(V));
      }
      Spelling[] spellings = new Spelling[letters.isPresent() ? length : 0];
      Arrays.setAll(
          spellings,
          t ->
              new Spelling(
                  random
                      .ints(1 + random.nextInt(6), 0, letters.orElseThrow().vocabulary())
                      .toArray()));
      sentences.add(new Example(sentences.size(), rows, spellings, new int[0], new int[0]));
    }
    return sentences;
  }
}
