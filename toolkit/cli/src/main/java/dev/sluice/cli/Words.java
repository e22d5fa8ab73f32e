package dev.sluice.cli;

import dev.sluice.metric.Perplexity;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Scores;
import dev.sluice.metric.SequenceScores;
import dev.sluice.model.Model;
import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.NetworkShape;
import dev.sluice.pipeline.GazetteerCoverage;
import dev.sluice.pipeline.LanguageCoverage;
import dev.sluice.pipeline.VectorCoverage;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Numbers and names as people read them. */
final class Words {
  /** How many types are listed. */
  private static final int TYPES = 8;

  private Words() {}

  /** 12,345. */
  static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** "1 epoch", "2,000 epochs". */
  static String count(long n, String noun) {
    return number(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /** A constant as configs spell it. */
  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A share as a percentage with two digits. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  /** A probability with six digits. */
  static String probability(double p) {
    return String.format(Locale.ROOT, "%.6f", p);
  }

  /** How the words of a split were found in the vocabulary. */
  static String lookups(LookupCounts found) {
    return percent(found.share(Step.EXACT))
        + " % known as they are, "
        + percent(found.share(Step.LOWER))
        + " % in lower case, "
        + percent(found.share(Step.DIGITS))
        + " % with digits masked, "
        + percent(found.share(Step.UNKNOWN))
        + " % unknown";
  }

  /** How the running words of train were found among pretrained vectors. */
  static String coverage(VectorCoverage found) {
    return found.file() + ": of the words of train " + lookups(found.words().tokens());
  }

  /** What a gazetteer finds in train, with the types that have most spans. */
  static String coverage(GazetteerCoverage found) {
    String text =
        found.file()
            + ": "
            + number(found.phrases().part())
            + " of "
            + count(found.phrases().whole(), "phrase")
            + " found in train, covering "
            + found.tokens().percent()
            + " % of its tokens";
    Ratio spans = found.spans().covered();
    if (spans.whole() == 0) return text;
    Comparator<Map.Entry<String, Ratio>> bySupport =
        Comparator.comparing(type -> -type.getValue().whole());
    List<String> types =
        found.spans().coveredByType().entrySet().stream()
            .sorted(bySupport)
            .map(type -> type.getKey() + " " + type.getValue().percent() + " %")
            .toList();
    return text + " and " + spans.percent() + " % of its spans (" + some(types, TYPES) + ")";
  }

  /** How much of train a language model knows. */
  static String coverage(LanguageCoverage found) {
    return found.file()
        + ": knows "
        + found.symbols().percent()
        + " % of the "
        + count(found.symbols().whole(), "symbol")
        + " that it reads of train";
  }

  /** The headline of dev and test, and where slots and intents are scored those of intents and whole frames too, with a line for each of the two. */
  static String scores(Scores dev, Optional<Scores> test) {
    String between = dev.hasFrames() ? "\n" : ", ";
    return "dev " + headline(dev) + test.map(t -> between + "test " + headline(t)).orElse("");
  }

  /** The headline, and where slots and intents are scored those of intents and whole frames too. */
  static String headline(Scores scores) {
    String text = scores.headlineName() + " " + scores.headline().percent();
    if (!scores.hasFrames()) return text;
    return text
        + ", "
        + Scores.INTENT_ACCURACY
        + " "
        + scores.intentAccuracy().percent()
        + ", "
        + Scores.WHOLE_FRAMES
        + " "
        + scores.sentenceAccuracy().percent();
  }

  /** What a language model is worth, in words. */
  static String perplexity(Perplexity p) {
    return String.format(
        Locale.ROOT,
        "perplexity %.3f, %.4f bits per character (%,d symbols, %s %% unknown)",
        p.value(),
        p.bitsPerCharacter(),
        p.symbols(),
        percent(p.symbols() == 0 ? 0 : (double) p.unknown() / p.symbols()));
  }

  /** What a transducer is worth, in words. */
  static String scores(SequenceScores s) {
    return String.format(
        Locale.ROOT,
        "sequence accuracy %s, symbol error rate %s %%, perplexity %.3f (%s)",
        s.right().percent(),
        percent(s.errorRate()),
        s.perplexity().value(),
        count(s.right().whole(), "pair"));
  }

  /** 1:05 or 2:03:04. */
  static String time(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }

  /** The first names of a list, and how many more there are. */
  static String some(List<String> names, int most) {
    if (names.size() <= most) return String.join(", ", names);
    return String.join(", ", names.subList(0, most)) + ", and " + (names.size() - most) + " more";
  }

  /** The beginning of a text that is too long for a line of a list. */
  static String cut(String text) {
    return text.codePointCount(0, text.length()) <= 80
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 77)) + "...";
  }

  /** All labels of a model, those of tokens first. */
  static List<String> labels(Model model) {
    List<String> labels = new ArrayList<>(model.tokenLabels());
    labels.addAll(model.sentenceLabels());
    return labels;
  }

  /** A network in one line, such as {@code bidirectional lstm 100, word vectors of 100, crf}. */
  static String network(NetworkShape shape) {
    NetworkShape.Encoder encoder = shape.encoder();
    StringBuilder text = new StringBuilder(encoder.bidirectional() ? "bidirectional " : "");
    if (encoder.layers() == 0) text.append("no recurrent layer");
    text.append(layers(encoder.cells(), encoder.widths()));
    if (encoder.layerNorm()) text.append(" with layer normalisation");
    if (encoder.connection() != EncoderConfig.Connection.NONE)
      text.append(", ").append(name(encoder.connection())).append(" connections");
    encoder.attention().ifPresent(a -> text.append(", self-attention ").append(attention(a)));
    for (NetworkShape.Input input : shape.inputs())
      text.append(", ").append(input.name()).append(' ').append(input(input));
    if (shape.tokens().isPresent() && shape.tokens().get().chain()) text.append(", crf");
    shape.tokens().flatMap(NetworkShape.Tokens::feedback).ifPresent(f -> text.append(fed(f)));
    shape.sentence().ifPresent(s -> text.append(", pooling ").append(name(s.pooling())));
    shape
        .next()
        .ifPresent(
            n ->
                text.append(n.tied() ? ", tied softmax of " : ", softmax of ").append(n.symbols()));
    shape.decoder().ifPresent(d -> text.append(", ").append(decoder(d)));
    return text.toString();
  }

  private static String decoder(NetworkShape.Decoder d) {
    String looking =
        d.looking() == NetworkShape.Looking.NONE
            ? "without attention"
            : "with " + name(d.looking()) + " attention";
    return "decoder "
        + layers(d.cells(), d.widths())
        + " "
        + looking
        + ", symbols vectors of "
        + d.dimension()
        + ", softmax of "
        + d.symbols();
  }

  private static String layers(List<CellConfig> cells, List<Integer> widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.size(); i++) {
      String cell = cells.get(i).description();
      boolean named = i == 0 || !cell.equals(cells.get(i - 1).description());
      text.append(i == 0 ? "" : " + ").append(named ? cell + " " : "").append(widths.get(i));
    }
    return text.toString();
  }

  private static String fed(NetworkShape.Feedback f) {
    return (f.distribution() ? ", distribution" : ", label")
        + " fed back to "
        + f.hidden()
        + (f.recurrent() ? " with a recurrence" : "");
  }

  private static String attention(NetworkShape.Attention a) {
    return a.width() + (a.heads() == 1 ? "" : " in " + a.heads() + " heads");
  }

  private static String input(NetworkShape.Input input) {
    if (input instanceof NetworkShape.Input.Table t)
      return (t.frozen() ? "frozen " : "") + "vectors of " + t.dimension();
    if (input instanceof NetworkShape.Input.Characters c) return name(c.reader()) + " " + c.size();
    if (input instanceof NetworkShape.Input.States s)
      return (s.tuned() ? "tuned" : "frozen") + " states of " + s.width();
    return "one-hot";
  }
}
