package dev.sluice.eval.analysis;

import dev.sluice.config.Location;
import dev.sluice.data.Sentence;
import dev.sluice.label.Span;
import dev.sluice.metric.Ratio;
import dev.sluice.metric.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the training data say of words and of surface forms: how often a word occurs and with which tags, how often a form is a span of which type, and how often it stands there without being
 * one. Memory grows with the different words and forms of the training data.
 */
public final class TrainingLabels {
  private static final int PLACES = 5;

  private final boolean plain;
  private final Map<String, Form> forms = new HashMap<>();
  private final Map<String, Map<String, Long>> words = new HashMap<>();

  /** What is known of a surface form. */
  static final class Form {
    final SortedMap<String, Long> types = new TreeMap<>();
    final SortedMap<String, List<Location>> places = new TreeMap<>(); // the first few, by type
    long untagged;

    void add(String type, Location where) {
      if (type.equals(Inconsistency.UNTAGGED)) untagged++;
      else types.merge(type, 1L, Long::sum);
      List<Location> first = places.computeIfAbsent(type, t -> new ArrayList<>(1));
      if (first.size() < PLACES) first.add(where);
    }

    long tagged() {
      return types.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The type that most occurrences have, {@link Inconsistency#UNTAGGED} when most are outside of spans. */
    String usual() {
      String usual = Inconsistency.UNTAGGED;
      for (String type : types.keySet()) if (count(type) > count(usual)) usual = type;
      return usual;
    }

    private long count(String type) {
      return type.equals(Inconsistency.UNTAGGED) ? untagged : types.get(type);
    }

    /** How many occurrences are not labelled as most are. */
    long unusual() {
      return all() - count(usual());
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
    if (labels.plain) return labels;
    Words words = new Words();
    labels.forms.forEach(words::add);
    data.forEach(sentence -> countUntagged(sentence, gold, words));
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
      form.add(span.type(), s.where());
    }
  }

  private static List<Span> spans(Sentence s, Reading gold) {
    return gold.scheme().decode(s.tags(), gold.repair()).spans();
  }

  /** Where a form of the data stands outside of all spans, the longest one first. */
  private static void countUntagged(Sentence s, Reading gold, Words words) {
    if (s.tags().isEmpty()) return;
    boolean[] inside = new boolean[s.size()];
    for (Span span : spans(s, gold)) Arrays.fill(inside, span.start(), span.end(), true);
    for (int t = 0; t < inside.length; ) t = Math.max(untagged(s, inside, t, words), t + 1);
  }

  /** Counts the longest form that stands outside of all spans from a token on; returns the token behind it, or that token when there is none. */
  private static int untagged(Sentence s, boolean[] inside, int start, Words words) {
    Form longest = null;
    int end = start;
    for (int t = start; t < inside.length && !inside[t]; t++) {
      words = words.after(s.tokens().get(t).text());
      if (words == null) break;
      if (words.form == null) continue;
      longest = words.form;
      end = t + 1;
    }
    if (longest != null) longest.add(Inconsistency.UNTAGGED, s.where());
    return end;
  }

  /** Surface forms as a tree of their words, which follows a text for as long as a form goes on like it. */
  private static final class Words {
    private Map<String, Words> next = Map.of(); // by the next word
    private Form form; // the one that ends here

    void add(String surface, Form its) {
      Words at = this;
      for (String word : surface.split(" ", -1)) {
        if (at.next.isEmpty()) at.next = new HashMap<>(2);
        at = at.next.computeIfAbsent(word, w -> new Words());
      }
      at.form = its;
    }

    /** Where a token leads, which may hold blanks; null when no form goes on with it. */
    Words after(String token) {
      if (token.indexOf(' ') < 0) return next.get(token);
      Words at = this;
      for (String word : token.split(" ", -1)) {
        at = at.next.get(word);
        if (at == null) return null;
      }
      return at;
    }
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
  boolean hasSpan(Sentence sentence, Span span) {
    Form form = forms.get(Surfaces.of(sentence, span));
    return form != null && form.types.containsKey(span.type());
  }

  /** How many of the spans of other data have a surface form that is a span of the same type in the training data. */
  public Ratio known(List<Sentence> sentences, Reading gold) {
    long known = 0, all = 0;
    for (Sentence s : sentences) {
      for (Span span : spans(s, gold)) {
        all++;
        if (hasSpan(s, span)) known++;
      }
    }
    return new Ratio(known, all);
  }

  /**
   * The surface forms that are labelled in more than one way: as spans of several types, or as a span here and as none there. Those that break with what is
   * usual most often stand first, equal ones by name.
   */
  public List<Inconsistency> inconsistencies() {
    return forms.entrySet().stream()
        .filter(form -> form.getValue().unusual() > 0)
        .map(form -> inconsistency(form.getKey(), form.getValue()))
        .sorted(
            Comparator.<Inconsistency>comparingLong(form -> -form.unusual())
                .thenComparing(Inconsistency::text))
        .toList();
  }

  private static Inconsistency inconsistency(String text, Form form) {
    SortedMap<String, List<Location>> places = new TreeMap<>(form.places);
    places.remove(form.usual());
    return new Inconsistency(text, form.types, form.untagged, form.unusual(), places);
  }
}
