package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.Configs;
import dev.sluice.data.Sentence;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.picture.FreshCells;
import dev.sluice.eval.picture.GatePicture;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.network.GateTrace;
import dev.sluice.network.GateTrace.Activation;
import dev.sluice.network.GradientReach;
import dev.sluice.pipeline.SluiceConfig;
import dev.sluice.text.Token;
import dev.sluice.vocabulary.LookupCounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the gates of a model did over one sentence and how far the gradient reaches, in it and in fresh cells, for those who learn how such networks work. Everything here is rounded to 6
 * significant digits, more than a picture shows, which keeps the file small.
 */
public final class GatesJson {
  /** The most tokens of the sentence; longer ones are read as far as that. */
  static final int MOST_TOKENS = 40;

  /** A sentence of dev has at least so many tokens, if one has. */
  static final int LEAST_TOKENS = 5;

  private static final MathContext DIGITS = new MathContext(6);

  /** A sentence and which one it is. */
  private record Chosen(String from, List<String> words, SortedMap<String, List<String>> features) {
    Chosen first(int most) {
      SortedMap<String, List<String>> values = new TreeMap<>();
      features.forEach((name, all) -> values.put(name, all.subList(0, most)));
      return new Chosen(from, words.subList(0, most), values);
    }
  }

  private GatesJson() {}

  /**
   * Runs one sentence through a model: the first of those that its config wants to be shown, or else of dev.
   *
   * @param file the model
   * @param dev the dev split, at least one sentence
   */
  public static ObjectNode of(ModelFile file, List<Sentence> dev) {
    Model model = file.model();
    Chosen whole = choose(file, dev);
    Chosen read = whole.first(Math.min(MOST_TOKENS, whole.words.size()));
    var example = model.encode(0, read.words, read.features, new LookupCounts());
    ObjectNode json = Json.object();
    ObjectNode sentence = json.putObject("sentence").put("from", read.from);
    ArrayNode words = sentence.putArray("words");
    read.words.forEach(words::add);
    sentence.put("omitted", whole.words.size() - read.words.size());
    ArrayNode layers = json.putArray("layers");
    List<GradientReach> reach = GradientReach.of(model.network(), example);
    for (GateTrace trace : GateTrace.of(model.network(), example))
      layers.add(layer(trace, reach.get(layers.size())));
    json.set("fresh", fresh());
    return json;
  }

  private static Chosen choose(ModelFile file, List<Sentence> dev) {
    Model model = file.model();
    if (model.inputs().features().isEmpty()) {
      for (String text :
          Configs.parse(file.config(), "config", SluiceConfig.class).value().show()) {
        List<String> words = model.text().tokenize(text).stream().map(Token::text).toList();
        if (!words.isEmpty()) return new Chosen("show", words, new TreeMap<>());
      }
    }
    Sentence longest = dev.get(0);
    for (Sentence s : dev) {
      if (longest.tokens().size() >= LEAST_TOKENS) break;
      if (s.tokens().size() > longest.tokens().size()) longest = s;
    }
    return new Chosen("dev", longest.words(), longest.features());
  }

  private static ObjectNode layer(GateTrace trace, GradientReach reach) {
    ObjectNode json = Json.object();
    json.put("layer", trace.layer() + 1);
    json.put("direction", trace.backward() ? "backward" : "forward");
    json.put("cell", trace.cell().name());
    json.put("units", trace.units());
    ArrayNode gates = json.putArray("gates");
    for (Activation a : trace.gates())
      gates.add(column(GatePicture.symbol(a.gate()), GatePicture.meaning(a.gate()), a.sizes()));
    double[] states = GatePicture.perUnit(trace);
    json.set("state", column(GatePicture.STATE, GatePicture.STATE_MEANING, states));
    json.set("reach", reach(reach));
    return json;
  }

  private static ObjectNode column(String symbol, String name, double[] values) {
    ObjectNode json = Json.object().put("symbol", symbol).put("name", name);
    json.set("values", numbers(values));
    return json;
  }

  private static ObjectNode fresh() {
    ObjectNode json = Json.object();
    json.put("units", FreshCells.UNITS);
    json.put("steps", FreshCells.STEPS);
    json.put("seed", FreshCells.SEED);
    ArrayNode cells = json.putArray("cells");
    for (GradientReach r : FreshCells.reach())
      cells.addObject().put("cell", r.cell().name()).set("reach", reach(r));
    return json;
  }

  private static ObjectNode reach(GradientReach reach) {
    ObjectNode json = Json.object();
    json.set("norms", numbers(reach.norms()));
    json.set("perStep", number(reach.perStep()));
    return json;
  }

  private static ArrayNode numbers(double[] values) {
    ArrayNode array = Json.array();
    for (double value : values) array.add(number(value));
    return array;
  }

  /** Null for what is infinite or not a number, for which JSON has no word. */
  private static JsonNode number(double value) {
    if (!Double.isFinite(value)) return NullNode.getInstance();
    return DoubleNode.valueOf(new BigDecimal(value).round(DIGITS).doubleValue());
  }
}
