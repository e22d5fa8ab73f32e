package dev.sluice.metric;

import dev.sluice.label.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Scores as plain text in aligned columns. Every text ends with a line feed. */
public final class ScoreTable {
  /** More unseen labels than this are only counted. */
  private static final int SHOWN = 10;

  private ScoreTable() {}

  /** A row per type and one for all together: precision, recall and F1 in percent, and the number of gold cases. */
  static String perType(CountsByType counts) {
    return perType(counts, "type", score -> score);
  }

  /** The same with undefined scores shown in another way. */
  private static String perType(CountsByType counts, String kind, UnaryOperator<Ratio> shown) {
    TextTable table = new TextTable(kind, "precision", "recall", "F1", "support");
    counts.rows().forEach((type, row) -> table.row(cells(type, row, shown)));
    table.rule();
    table.row(cells("micro", counts.micro(), shown));
    return table.toString();
  }

  private static String[] cells(String name, Counts counts, UnaryOperator<Ratio> shown) {
    return new String[] {
      name,
      shown.apply(counts.precision()).percent(),
      shown.apply(counts.recall()).percent(),
      shown.apply(counts.f1()).percent(),
      Long.toString(counts.gold())
    };
  }

  /**
   * The whole report: the signature, the headline, a row per type, the averages, and what a reader must know to trust the numbers, such as
   * illegal moves with the score without repaired spans beside them.
   */
  public static String report(Scores scores) {
    StringBuilder text = new StringBuilder();
    text.append(scores.signature()).append("\n");
    text.append(scores.headlineName()).append(' ').append(scores.headline().percent());
    text.append(" on ").append(amount(scores.sentences(), "sentence"));
    if (scores.kind() != Scores.Kind.SENTENCES)
      text.append(", ").append(amount(scores.tokens(), "token"));
    text.append("\n\n").append(perType(scores.byType(), "type", scores::shown)).append('\n');
    if (scores.hasFrames())
      text.append(perType(scores.byIntent(), "intent", scores::shown)).append('\n');
    facts(scores)
        .forEach((name, value) -> text.append(TextLines.wrap(name + ": ", value)).append('\n'));
    return text.toString();
  }

  private static Map<String, String> facts(Scores scores) {
    Map<String, String> facts = new LinkedHashMap<>();
    CountsByType counts = scores.byType();
    facts.put("averaged F1", Ratio.percent(scores.shown(counts.macroF1())));
    facts.put("weighted F1", Ratio.percent(scores.shown(counts.weightedF1())));
    switch (scores.kind()) {
      case SPANS -> spanFacts(scores, facts);
      case LABELS -> {
        putDefined(facts, "accuracy on known words", scores.knownWordAccuracy());
        putDefined(facts, "accuracy on unknown words", scores.unknownWordAccuracy());
        facts.put(
            scores.hasFrames() ? Scores.WHOLE_FRAMES : Scores.SENTENCE_ACCURACY,
            scores.sentenceAccuracy().percent());
      }
      case SENTENCES -> {}
    }
    boolean several = scores.intentSeparator().isPresent();
    if (scores.kind() != Scores.Kind.SENTENCES || several)
      putDefined(facts, Scores.INTENT_ACCURACY, scores.intentAccuracy());
    if (several) {
      putDefined(facts, Scores.INTENT_ACCURACY + Scores.ANY_INTENT, scores.intentAnyMatch());
      if (scores.hasFrames())
        facts.put(Scores.WHOLE_FRAMES + Scores.ANY_INTENT, scores.sentenceAnyMatch().percent());
    }
    Ratio coverage = scores.intentCoverage();
    if (coverage.part() < coverage.whole()) {
      putDefined(facts, "intents accepted", coverage);
      facts.put(
          "intent accuracy among accepted",
          scores.acceptedIntentAccuracy().percent()
              + " of "
              + scores.acceptedIntentAccuracy().whole());
    }
    putUnseen(facts, "gold labels never seen in training", scores.unseenLabels());
    putUnseen(facts, "gold intents never seen in training", scores.unseenIntents());
    return facts;
  }

  private static void spanFacts(Scores scores, Map<String, String> facts) {
    facts.put("borders F1", scores.shown(scores.boundaries().f1()).percent());
    scores.slotValues().ifPresent(c -> facts.put("slot values F1", scores.shown(c.f1()).percent()));
    facts.put("token accuracy", scores.tokenAccuracy().percent());
    facts.put(
        scores.hasFrames() ? Scores.WHOLE_FRAMES : Scores.SENTENCE_ACCURACY,
        scores.sentenceAccuracy().percent());
    facts.put("illegal moves in predictions", illegal(scores.illegalPredicted()));
    if (!scores.illegalGold().isEmpty())
      facts.put("illegal moves in gold data", illegal(scores.illegalGold()));
    if (!scores.rules().ignored().isEmpty())
      facts.put(
          "spans of ignored types",
          scores.ignoredGold() + " gold, " + scores.ignoredPredicted() + " predicted");
    Ratio reachable = scores.reachable();
    if (reachable.part() < reachable.whole())
      facts.put(
          "gold spans that no token borders fit",
          reachable.whole()
              - reachable.part()
              + " of "
              + reachable.whole()
              + ", so recall is "
              + reachable.percent()
              + " at most");
    facts.put("F1 without repaired spans", scores.shown(scores.strict().micro().f1()).percent());
  }

  private static void putDefined(Map<String, String> facts, String name, Ratio ratio) {
    if (ratio.whole() > 0) facts.put(name, ratio.percent() + " of " + ratio.whole());
  }

  private static void putUnseen(Map<String, String> facts, String name, Map<String, Long> unseen) {
    if (unseen.isEmpty()) return;
    List<String> shown = new ArrayList<>();
    unseen.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN)
        .forEach(entry -> shown.add(TextTable.visible(entry.getKey()) + " " + entry.getValue()));
    if (unseen.size() > SHOWN) shown.add("and " + (unseen.size() - SHOWN) + " more");
    facts.put(name, total(unseen) + " (" + String.join(", ", shown) + ")");
  }

  private static String illegal(Map<Violation.Kind, Long> kinds) {
    if (kinds.isEmpty()) return "0";
    List<String> parts = new ArrayList<>();
    kinds.forEach((kind, count) -> parts.add(kind.about() + " " + count));
    return total(kinds) + " (" + String.join(", ", parts) + ")";
  }

  private static long total(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String amount(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
