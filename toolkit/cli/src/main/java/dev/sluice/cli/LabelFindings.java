package dev.sluice.cli;

import dev.sluice.config.Location;
import dev.sluice.data.Dataset;
import dev.sluice.eval.analysis.Inconsistency;
import dev.sluice.eval.analysis.LabelShift;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Reading;
import dev.sluice.metric.TextLines;
import dev.sluice.pipeline.SplitFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What can be said of labels before training, in words: how those of other splits differ from those of train, and where a split contradicts itself. */
final class LabelFindings {
  private static final int SHIFTS = 5;
  private static final int PLACES = 2;

  private final Optional<TrainingLabels> labels; // none without spans
  private final Reading gold;
  private final String name;

  /**
   * Goes through a split.
   *
   * @param split train, or a data file
   * @param gold how its tags spell spans; nothing is said of plain labels
   */
  LabelFindings(Dataset split, Reading gold) {
    this.gold = gold;
    name = split.name();
    labels =
        gold.scheme().hasSpans()
            ? Optional.of(TrainingLabels.of(gold, taker -> split.sentences().forEach(taker)))
            : Optional.empty();
  }

  /**
   * Other splits against this one: the spans that it knows, and the shares of labels.
   *
   * @param facts this split and the others
   * @param others the others, in the same order
   */
  String against(List<SplitFacts> facts, List<Dataset> others) {
    List<LabelShift> shifts = new ArrayList<>();
    Table table =
        labels.isPresent()
            ? new Table("against " + name, "known spans", "", "divergence")
            : new Table("against " + name, "divergence");
    for (int i = 0; i < others.size(); i++) {
      LabelShift shift = LabelShift.of(facts.get(0), facts.get(i + 1));
      shifts.add(shift);
      String divergence = String.format(Locale.ROOT, "%.4f", shift.divergence());
      if (labels.isEmpty()) {
        table.row(shift.split(), divergence);
      } else {
        Ratio known = labels.get().known(others.get(i).sentences(), gold);
        String of = Words.number(known.part()) + " of " + Words.number(known.whole());
        table.row(shift.split(), of, known.percent() + " %", divergence);
      }
    }
    String meaning =
        "divergence is that of Jensen and Shannon between the shares of labels, from 0 (the same) to 1 (none in common)";
    if (labels.isPresent())
      meaning =
          "known spans have a surface form that " + name + " has with the same type; " + meaning;
    return table + TextLines.wrap("  ", meaning) + "\n" + shares(shifts);
  }

  /** The labels whose shares differ most in any of the splits. */
  private String shares(List<LabelShift> shifts) {
    Map<String, Double> differences = new TreeMap<>();
    List<Map<String, LabelShift.Row>> rows = new ArrayList<>();
    for (LabelShift shift : shifts) {
      Map<String, LabelShift.Row> byLabel = new HashMap<>();
      for (LabelShift.Row row : shift.rows()) {
        byLabel.put(row.label(), row);
        if (row.difference() > 0) differences.merge(row.label(), row.difference(), Math::max);
      }
      rows.add(byLabel);
    }
    if (differences.isEmpty()) return "";
    List<String> most =
        differences.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(SHIFTS)
            .map(Map.Entry::getKey)
            .toList();
    List<String> header = new ArrayList<>(List.of("share of labels that differ most", name));
    shifts.forEach(shift -> header.add(shift.split()));
    Table table = new Table(header.toArray(String[]::new));
    for (String label : most) {
      List<String> cells = new ArrayList<>(List.of(label));
      for (Map<String, LabelShift.Row> split : rows) {
        LabelShift.Row row = split.get(label);
        if (cells.size() == 1) cells.add(Words.percent(row == null ? 0 : row.train()) + " %");
        cells.add(Words.percent(row == null ? 0 : row.here()) + " %");
      }
      table.row(cells.toArray(String[]::new));
    }
    return "\n" + table;
  }

  /**
   * The surface forms that are labelled in more than one way, with the places of what is unusual; empty when there are none.
   *
   * @param most how many are listed
   */
  String inconsistencies(int most) {
    List<Inconsistency> all = labels.map(TrainingLabels::inconsistencies).orElse(List.of());
    if (all.isEmpty()) return "";
    String head =
        Words.count(all.size(), "surface form")
            + " of "
            + name
            + (all.size() == 1 ? " is" : " are")
            + " labelled in more than one way, ambiguous or by mistake"
            + (most > 1 && all.size() > 1 ? ", those most often unusual first" : "")
            + (all.size() > most ? "; --top " + all.size() + " lists all" : "");
    StringBuilder text = new StringBuilder(TextLines.wrap("  ", head)).append('\n');
    for (Inconsistency form : all.subList(0, Math.min(most, all.size())))
      text.append(TextLines.wrap("    " + Words.cut(form.text()) + ": ", ways(form))).append('\n');
    return text.toString();
  }

  /** The ways in which a form is labelled, the most frequent first. */
  private static String ways(Inconsistency form) {
    Map<String, Long> counts = new TreeMap<>(form.types());
    if (form.untagged() > 0) counts.put(Inconsistency.UNTAGGED, form.untagged());
    List<String> ways =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(way -> way(way.getKey(), way.getValue(), form.places().get(way.getKey())))
            .toList();
    return String.join(", ", ways);
  }

  private static String way(String type, long count, List<Location> places) {
    String name = type.equals(Inconsistency.UNTAGGED) ? "no span" : type;
    String text = name + " " + Words.number(count);
    if (places == null) return text; // the usual one
    List<String> shown = places.stream().limit(PLACES).map(Location::toString).toList();
    return text + " (" + String.join(", ", shown) + (count > shown.size() ? ", ...)" : ")");
  }
}
