package dev.sluice.model;

import dev.sluice.batch.Example;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.loss.TokenDecoder;
import dev.sluice.network.CarriedStates;
import dev.sluice.network.Dropping;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.Workspace;
import dev.sluice.vocabulary.LookupCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels a sentence token by token, for models whose label of a token does not depend on those behind it. The states in which the layers were left are carried from token to
 * token, so that each takes the same time and memory wherever it stands. Labels and probabilities are those of {@link Model#predict} for the whole sentence, bit for bit.
 *
 * <p>One label can then be given after another: the best sequence is the best label of each token, and its probability the token's softmax. Only of scores that are not finite, as a
 * rectifier without bound can give, a reader cannot know beforehand: {@code predict} then has nothing to say of the whole sentence, a reader from the token on where that begins.
 *
 * <p>It holds one workspace for one token, and serves one thread.
 */
public final class TokenReader {
  private static final int HERE = 0; // the only place

  private final Model model;
  private final Workspace ws;
  private final TokenDecoder decoder;
  private final CarriedStates states;
  private boolean begun;
  private int label = -1;
  private double probability;

  /**
   * A reader at the beginning of a sentence.
   *
   * @throws SluiceException MOD-031 when the model's label of a token depends on tokens behind it, with a problem per reason
   */
  public TokenReader(Model model) {
    List<Problem> problems = problems(model);
    if (!problems.isEmpty()) throw new SluiceException(SluiceException.Kind.USAGE, problems);
    this.model = model;
    ws = model.network().workspace(false);
    double temperature = model.outputs().tokens().orElseThrow().temperature();
    decoder = TokenDecoder.of(model.network(), model.moves(), null, temperature, 1);
    states = new CarriedStates(model.network(), 1);
  }

  /** Why a model cannot label tokens while they arrive; nothing when it can. */
  private static List<Problem> problems(Model model) {
    List<Problem> found = new ArrayList<>();
    NetworkShape shape = model.network().shape();
    if (!model.labelsTokens()) add(found, "it labels whole sentences alone", "use Classifier");
    if (shape.encoder().bidirectional())
      add(found, "it also reads backward", "train with encoder.bidirectional: false");
    if (shape.encoder().lookahead() > 0)
      add(
          found,
          "its windows reach behind the token",
          "train with after: 0 in every window of encoder.cell");
    if (shape.encoder().attention().isPresent())
      add(found, "it attends to every token", "train with encoder.attention: {type: none}");
    if (model.network().chain().isPresent())
      add(
          found,
          "its crf weighs the labels of a sentence as a whole",
          "train with output.type: softmax");
    if (model.moves() != null && !model.moves().isFree())
      add(
          found,
          "a later token may change a label, so that the sequence is one that "
              + model.scheme()
              + " allows",
          "train with output.constraints: false");
    if (model.outputs().tokens().map(Outputs.Tokens::beam).orElse(1) > 1)
      add(
          found,
          "it searches for the best sequence of labels",
          "train with output.feedback.beam: 1");
    if (model.outputs().holdsBack())
      add(
          found,
          "it holds back spans, whose ends and probabilities depend on later tokens",
          "train without output.thresholds");
    for (Channel channel : model.inputs().channels()) {
      if (channel.source() instanceof Source.Gazetteer g && g.phrases().longest() > 1)
        add(
            found,
            "its gazetteer has phrases of several tokens",
            "train without that input, or with phrases of one token");
    }
    return found;
  }

  private static void add(List<Problem> to, String reason, String fix) {
    to.add(
        new Problem(
            "MOD-031",
            Location.of("the model"),
            "it cannot label tokens while they arrive: " + reason,
            fix));
  }

  /**
   * Reads the next token of the sentence.
   *
   * @param token its surface form, not empty
   * @param features its values of further columns by name
   * @return the id of its label
   * @throws IllegalArgumentException when a feature that the model reads is missing; the token then counts as not read
   */
  public int read(String token, Map<String, String> features) {
    Map<String, List<String>> columns = new HashMap<>();
    features.forEach((name, value) -> columns.put(name, Collections.singletonList(value)));
    Example[] one = {model.encode(0, List.of(token), columns, new LookupCounts(), !begun)};
    ws.batch().fill(one, 0, 1, 1);
    boolean first = !begun;
    if (first) states.beginAfresh(ws);
    else states.give(ws, e -> HERE);
    model.network().forward(ws, Dropping.NONE);
    states.take(ws, e -> HERE);
    begun = true;
    decoder.readNext(ws, first);
    label = decoder.best()[0];
    probability = (float) decoder.marginal(0, label);
    return label;
  }

  /** The probability of the label of the token that was read last, as {@link Prediction.Tokens#probabilities} has it. */
  public double probability() {
    if (label < 0) throw new IllegalStateException("no token was read");
    return probability;
  }

  /** The next token is the first of a sentence. */
  public void reset() {
    begun = false;
    label = -1;
  }
}
