package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.data.Sentence;
import dev.sluice.eval.json.Json;
import dev.sluice.label.Span;
import dev.sluice.metric.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the training data say of words and of surface forms: how often a word occurs and with which tags, how often a form is a span of which type, and how often it stands there without being
 * one. Memory grows with the different words and forms of the training data.
 */
public final class TrainingLabels {
  private static final int PLACES = 5;
  private static final int INCONSISTENCIES = 50;

  private final boolean plain;
  private final Map<String, Form> forms = new HashMap<>();
  private final Map<String, Map<String, Long>> words = new HashMap<>();
  private final Set<String> beginnings = new HashSet<>();
  private int longest;

  /** What is known of a surface form. */
  static final class Form {
    final SortedMap<String, Long> types = new TreeMap<>();
    final List<String> places = new ArrayList<>();
    long untagged;

    long tagged() {
      return types.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many occurrences are not labelled as most are. */
    long unusual() {
      long most =
          Math.max(untagged, types.values().stream().mapToLong(Long::longValue).max().orElse(0));
      return all() - most;
    }

    /** All occurrences, as spans or not. */
    long all() {
      return tagged() + untagged;
    }
  }

  private TrainingLabels(boolean plain) {
    this.plain = plain;
  }

  /** Goes through the sentences of some data, from the first to the last; it is asked to twice. */
  @FunctionalInterface
  public interface Source {
    /** Hands every sentence on. */
    void forEach(Consumer<Sentence> taker);
  }

  /**
   * Reads the training data.
   *
   * @param gold how their tags spell spans; with a plain scheme words and their tags alone are of interest
   * @throws dev.sluice.label.LabelException when a tag cannot be read
   */
  public static TrainingLabels of(Reading gold, Source data) {
    TrainingLabels labels = new TrainingLabels(!gold.scheme().hasSpans());
    data.forEach(sentence -> labels.count(sentence, gold));
    if (!labels.plain) data.forEach(sentence -> labels.countUntagged(sentence, gold));
    return labels;
  }

  private void count(Sentence s, Reading gold) {
    for (int t = 0; t < s.size(); t++) {
      String tag = plain && !s.tags().isEmpty() ? s.tags().get(t) : "";
      words
          .computeIfAbsent(s.tokens().get(t).text(), w -> new HashMap<>(2))
          .merge(tag, 1L, Long::sum);
    }
    if (plain || s.tags().isEmpty()) return;
    for (Span span : spans(s, gold)) {
      Form form = forms.computeIfAbsent(Surfaces.of(s, span), f -> new Form());
      form.types.merge(span.type(), 1L, Long::sum);
      if (form.places.size() < PLACES) form.places.add(s.where().toString());
      beginnings.add(s.tokens().get(span.start()).text());
      longest = Math.max(longest, span.end() - span.start());
    }
  }

  private static List<Span> spans(Sentence s, Reading gold) {
    return gold.scheme().decode(s.tags(), gold.repair()).spans();
  }

  /** Where a form of the data stands outside of all spans, the longest one first. */
  private void countUntagged(Sentence s, Reading gold) {
    if (s.tags().isEmpty()) return;
    boolean[] inside = new boolean[s.size()];
    for (Span span : spans(s, gold)) Arrays.fill(inside, span.start(), span.end(), true);
    for (int t = 0; t < inside.length; ) {
      int end =
          inside[t] || !beginnings.contains(s.tokens().get(t).text()) ? t : untagged(s, inside, t);
      t = Math.max(end, t + 1);
    }
  }

  private int untagged(Sentence s, boolean[] inside, int start) {
    int most = start;
    while (most < inside.length && most - start < longest && !inside[most]) most++;
    for (int end = most; end > start; end--) {
      Form form = forms.get(Surfaces.of(s, new Span("", start, end)));
      if (form == null) continue;
      form.untagged++;
      if (form.places.size() < PLACES) form.places.add(s.where().toString());
      return end;
    }
    return start;
  }

  /** How often a word occurs. */
  long count(String word) {
    return words.getOrDefault(word, Map.of()).values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many different tags a word has; plain labels only. */
  int tags(String word) {
    return words.getOrDefault(word, Map.of()).size();
  }

  /** What is known of a surface form, null when it is no span anywhere. */
  Form form(String surface) {
    return forms.get(surface);
  }

  /** The forms that are spans somewhere. */
  Map<String, Form> forms() {
    return Collections.unmodifiableMap(forms);
  }

  /** Whether the surface form of a span is a span of the same type in the training data. */
  public boolean hasSpan(Sentence sentence, Span span) {
    Form form = forms.get(Surfaces.of(sentence, span));
    return form != null && form.types.containsKey(span.type());
  }

  /**
   * The surface forms that are labelled in more than one way: as spans of several types, or as a span here and as none there. Ambiguous forms and mistakes both look so; those that break
   * with what is usual most often stand first.
   */
  public ArrayNode inconsistencies() {
    ArrayNode json = Json.array();
    forms.entrySet().stream()
        .filter(form -> form.getValue().unusual() > 0)
        .sorted(
            Comparator.<Map.Entry<String, Form>>comparingLong(form -> -form.getValue().unusual())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(INCONSISTENCIES)
        .forEach(
            form -> {
              ObjectNode row = json.addObject().put("text", form.getKey());
              row.set("types", Json.longs(form.getValue().types));
              row.put("untagged", form.getValue().untagged);
              ArrayNode places = row.putArray("places");
              form.getValue().places.forEach(places::add);
            });
    return json;
  }
}
