package dev.sluice.eval;

import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.eval.metrics.Grouped;
import dev.sluice.eval.metrics.Part;
import dev.sluice.metric.Scores;
import dev.sluice.vocabulary.LookupCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Gathers scores by the values of a column, of which there may be 1,000, so that memory has a bound. */
final class Groups {
  static final int MOST = 1000;

  private final String column;
  private final Supplier<Scores> empty;
  private final SortedMap<String, Group> groups = new TreeMap<>();

  /** What belongs to one value. */
  static final class Group {
    final String value;
    final Scores scores;
    final LookupCounts lookups = new LookupCounts();
    long unlabelled;

    private Group(String value, Scores scores) {
      this.value = value;
      this.scores = scores;
    }
  }

  /**
   * Without sentences.
   *
   * @param empty gives scores of the right kind without any sentence
   */
  Groups(String column, Supplier<Scores> empty) {
    this.column = column;
    this.empty = empty;
  }

  /**
   * The group of the sentence that a reader returned last.
   *
   * @throws SluiceException EVA-007 when there are too many, or when the file has no such column
   */
  Group of(Sentence sentence, SentenceReader reader) {
    String value = reader.cell(column);
    Group known = groups.get(value);
    if (known != null) return known;
    if (groups.size() == MOST) {
      throw SluiceException.usage(
          Codes.TOO_MANY,
          sentence.where(),
          String.format(
              Locale.ROOT,
              "column \"%s\" has more than %,d different values, too many to score by",
              column,
              MOST),
          "name one that says the source, the domain or the like");
    }
    Group group = new Group(value, empty.get());
    groups.put(value, group);
    return group;
  }

  /** What was gathered. */
  Grouped result() {
    List<Part> parts = new ArrayList<>();
    groups.forEach((value, group) -> parts.add(part(value, group)));
    return new Grouped(column, parts);
  }

  private static Part part(String value, Group group) {
    return new Part(
        value,
        Optional.empty(),
        group.unlabelled,
        Map.of(),
        group.scores,
        Optional.of(group.lookups).filter(lookups -> lookups.total() > 0),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
