package dev.sluice.cli;

import dev.sluice.pipeline.GazetteerCoverage;
import dev.sluice.pipeline.Overlap;
import dev.sluice.pipeline.SplitFacts;
import dev.sluice.pipeline.Survey;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a survey found, in words. */
final class Findings {
  private static final int MOST = 20;

  private Findings() {}

  /** What somebody should know before training starts; empty when nothing is odd. */
  static List<String> warnings(Survey survey) {
    List<String> warnings = new ArrayList<>();
    for (Overlap overlap : survey.overlaps()) warnings.add(overlap(overlap));
    for (SplitFacts split : survey.splits()) illegal(split, warnings);
    if (!survey.rare().isEmpty()) warnings.add(rare(survey));
    for (GazetteerCoverage gazetteer : survey.gazetteers())
      if (gazetteer.phrases().part() == 0) warnings.add(unused(gazetteer));
    return warnings;
  }

  private static String unused(GazetteerCoverage gazetteer) {
    return "warning: none of the "
        + Words.count(gazetteer.phrases().whole(), "phrase")
        + " of "
        + gazetteer.file()
        + " stands in train, so inputs."
        + gazetteer.input()
        + " says nothing and nothing can be learned from it\n"
        + "  phrases are compared token by token: look at their spelling, at ignoreCase,"
        + " and at how the data cut text into tokens";
  }

  /** Sentences in two places, with the first few. */
  static String overlap(Overlap overlap) {
    StringBuilder text = new StringBuilder("warning: " + overlap.summary());
    for (Overlap.Pair pair : overlap.examples()) {
      text.append("\n  ").append(pair.here()).append(" and ").append(pair.there());
      text.append(": ").append(Words.cut(pair.text()));
    }
    return text.toString();
  }

  /** Illegal sequences of tags, a text for each kind. */
  static void illegal(SplitFacts split, List<String> to) {
    split
        .illegal()
        .forEach(
            (kind, found) ->
                to.add(
                    "warning: "
                        + Words.count(found.count(), "tag")
                        + " of "
                        + split.name()
                        + " "
                        + kind.about()
                        + "\n  "
                        + String.join("\n  ", found.first())));
  }

  private static String rare(Survey survey) {
    List<String> names = survey.splits().stream().map(SplitFacts::name).toList();
    String[] header = new String[names.size() + 1];
    header[0] = "label";
    for (int i = 0; i < names.size(); i++) header[i + 1] = names.get(i);
    Table table = new Table(header);
    for (Survey.Rare rare : survey.rare().subList(0, Math.min(MOST, survey.rare().size()))) {
      String[] row = new String[header.length];
      row[0] = rare.label();
      for (int i = 0; i < names.size(); i++)
        row[i + 1] = Words.number(rare.counts().getOrDefault(names.get(i), 0L));
      table.row(row);
    }
    String more =
        survey.rare().size() > MOST ? "  and " + (survey.rare().size() - MOST) + " more\n" : "";
    return "warning: "
        + Words.count(survey.rare().size(), "label")
        + " that train has once or never, and that can hardly be learned\n"
        + table
        + more;
  }

  /** Sizes and lengths of splits. */
  static String sizes(List<SplitFacts> splits) {
    Table table =
        new Table("split", "sentences", "tokens", "95 % up to", "99 % up to", "longest", "twice");
    for (SplitFacts s : splits) {
      table.row(
          s.name(),
          Words.number(s.sentences()),
          Words.number(s.tokens()),
          Words.number(s.percentile95()),
          Words.number(s.percentile99()),
          Words.number(s.longest()),
          Words.number(s.duplicates().count()));
    }
    return table.toString();
  }

  /** How often each label stands in each split. */
  static String labels(List<SplitFacts> splits) {
    String[] header = new String[splits.size() + 1];
    header[0] = "label";
    for (int i = 0; i < splits.size(); i++) header[i + 1] = splits.get(i).name();
    Table table = new Table(header);
    java.util.TreeSet<String> all = new java.util.TreeSet<>();
    splits.forEach(s -> all.addAll(s.labels().keySet()));
    for (String label : all) {
      String[] row = new String[header.length];
      row[0] = label;
      for (int i = 0; i < splits.size(); i++)
        row[i + 1] = Words.number(splits.get(i).labels().getOrDefault(label, 0L));
      table.row(row);
    }
    return table.toString();
  }

  /** At which step words of dev and test are found. */
  static String lookups(Survey survey) {
    Table table = new Table("words found", "as they are", "in lower case", "digits masked", "not");
    survey
        .lookups()
        .forEach(
            (split, counts) ->
                table.row(
                    split,
                    Words.percent(counts.share(Vocabulary.Step.EXACT)) + " %",
                    Words.percent(counts.share(Vocabulary.Step.LOWER)) + " %",
                    Words.percent(counts.share(Vocabulary.Step.DIGITS)) + " %",
                    Words.percent(counts.share(Vocabulary.Step.UNKNOWN)) + " %"));
    return table.toString();
  }

  /** What was left out of the data. */
  static String skipped(String split, Map<String, Long> skipped) {
    List<String> parts = new ArrayList<>();
    skipped.forEach((reason, count) -> parts.add(Words.number(count) + " " + reason));
    return "  left out of " + split + ": " + String.join(", ", parts);
  }
}
