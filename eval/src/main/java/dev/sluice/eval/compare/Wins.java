package dev.sluice.eval.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.metric.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where each of two systems wins, in one sentence: the types whose difference is sure, and of lengths and unseen words, which no test stands behind, the bucket in which each
 * is ahead the most.
 */
final class Wins {
  private static final int MOST_TYPES = 6;
  private static final double LEAST = 0.00005; // what is less is 0.00 points

  /** The buckets that are told of, and how a row of theirs is called. */
  private static final Map<String, String> BUCKETS =
      Map.of(
          "spanLength", "spans of length %s",
          "sentenceLength", "sentences of length %s",
          "seenInTrain", "surface forms in train \"%s\"",
          "unknownWord", "spans with a word that training never saw: %s",
          "unknownWordRate", "sentences with a share of unseen words in %s");

  private final Contender first;
  private final Contender second;

  private Wins(Contender first, Contender second) {
    this.first = first;
    this.second = second;
  }

  /**
   * The sentence, without the dot at its end.
   *
   * @param types rows of types with their corrected p
   * @param buckets sets of buckets
   */
  static String of(Contender first, Contender second, JsonNode types, JsonNode buckets) {
    Wins wins = new Wins(first, second);
    String sure = wins.types(types), ahead = wins.buckets(buckets);
    return ahead.isEmpty() ? sure : sure + "; without a test, " + ahead;
  }

  private String types(JsonNode types) {
    List<String> wins = new ArrayList<>();
    for (Contender one : List.of(second, first)) {
      List<String> its = new ArrayList<>();
      for (JsonNode row : types)
        if (row.path("p").asDouble() < Verdict.ALPHA && gain(one, row) > LEAST)
          its.add(row.path("type").asText() + signed(gain(one, row)));
      if (its.isEmpty()) continue;
      int left = its.size() - MOST_TYPES;
      String listed = String.join(", ", its.subList(0, Math.min(MOST_TYPES, its.size())));
      wins.add(one.name() + " wins on " + listed + (left > 0 ? " and " + left + " more" : ""));
    }
    String noun =
        first.kind().equals(Scores.Kind.SPANS.name().toLowerCase(Locale.ROOT)) ? "type" : "label";
    return wins.isEmpty() ? "neither wins on any " + noun + " for sure" : String.join(", ", wins);
  }

  private String buckets(JsonNode buckets) {
    List<String> ahead = new ArrayList<>();
    for (Contender one : List.of(second, first)) {
      List<String> its = new ArrayList<>();
      for (JsonNode set : buckets) most(one, set).ifPresent(its::add);
      if (!its.isEmpty()) ahead.add(one.name() + " is ahead in " + String.join(", ", its));
    }
    return String.join("; ", ahead);
  }

  /** The row of a set of buckets in which a system is ahead the most. */
  private Optional<String> most(Contender one, JsonNode set) {
    String called = BUCKETS.get(set.path("name").asText());
    if (called == null) return Optional.empty();
    JsonNode best = null;
    for (JsonNode row : set.path("rows"))
      if (gain(one, row) > (best == null ? LEAST : gain(one, best))) best = row;
    if (best == null) return Optional.empty();
    String name = String.format(Locale.ROOT, called, best.path("name").asText());
    return Optional.of(name + signed(gain(one, best)));
  }

  private double gain(Contender one, JsonNode row) {
    return row.path("difference").asDouble() * (one == second ? 1 : -1);
  }

  private static String signed(double gain) {
    return String.format(Locale.ROOT, " (+%.2f)", 100 * gain);
  }
}
