package dev.sluice.loss;

import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exact probability that a span is read off a sentence: the sum over all label paths in which exactly this span, with this type and these borders, stands. It
 * holds for every scheme, also where several labels may spell a token of the span, as B and I do at its beginning under IOB1.
 * <pre>
 *   i ~ j: neighbours with these labels lie in one span        S: the labels of the span's type
 *
 *   v[start,j] = Σᵢ p(y[start-1] = i)·P[start](j|i)           i not ~ j, j in S; p(y[0] = j) at the beginning
 *   v[t,j]     = Σᵢ v[t-1,i]·P[t](j|i)                        i ~ j, i and j in S
 *   P(span)    = Σᵢ v[end-1,i]·Σⱼ P[end](j|i)                 i not ~ j; without the second sum at the end of the sentence
 * </pre>
 * Culotta and McCallum 2004 get the same from a second, constrained pass; with the conditionals at hand a walk along the span will do. Immutable and safe for
 * many threads.
 */
public final class SpanQuery {
  private final Map<String, Spelling> spellings = new TreeMap<>();
  private final int L;

  /**
   * How spans of one type are spelled.
   *
   * @param labels the ids of its labels
   * @param joins whether the label of the column goes on in the span of the row's label, by place in {@code labels}
   */
  private record Spelling(int[] labels, boolean[][] joins) {
    int place(int label) {
      for (int p = 0; p < labels.length; p++) {
        if (labels[p] == label) return p;
      }
      return -1;
    }
  }

  /**
   * For a scheme.
   *
   * @param scheme one with spans
   * @param labels the labels in the order of their ids
   * @throws dev.sluice.label.LabelException for a label that the scheme does not know
   */
  public SpanQuery(TagScheme scheme, List<String> labels) {
    if (!scheme.hasSpans()) throw new IllegalArgumentException(scheme + " has no spans");
    L = labels.size();
    Map<String, List<Integer>> byType = new TreeMap<>();
    for (int j = 0; j < L; j++) {
      for (Span span : scheme.spans(List.of(labels.get(j))))
        byType.computeIfAbsent(span.type(), type -> new ArrayList<>()).add(j);
    }
    byType.forEach((type, ids) -> spellings.put(type, spelling(scheme, labels, ids)));
  }

  private static Spelling spelling(TagScheme scheme, List<String> labels, List<Integer> ids) {
    int n = ids.size();
    boolean[][] joins = new boolean[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        List<String> pair = List.of(labels.get(ids.get(a)), labels.get(ids.get(b)));
        joins[a][b] = scheme.spans(pair).size() == 1;
      }
    }
    return new Spelling(ids.stream().mapToInt(Integer::intValue).toArray(), joins);
  }

  /**
   * The probability of a span in the sentence a chain has read; 0 for a type without labels, NaN if scores are not finite.
   *
   * @throws IllegalArgumentException if the span ends behind the sentence or the chain has other labels
   */
  double probability(Chain chain, Span span) {
    if (span.end() > chain.length() || chain.moves().labels() != L)
      throw new IllegalArgumentException(
          span + " in " + chain.length() + " tokens with " + chain.moves().labels() + " labels");
    if (!chain.finite()) return Double.NaN;
    Spelling s = spellings.get(span.type());
    if (s == null) return 0;
    double[] v = begin(chain, s, span.start());
    for (int t = span.start() + 1; t < span.end(); t++) v = goOn(chain, s, v, t);
    double p = 0;
    for (int a = 0; a < v.length; a++) {
      if (v[a] > 0) p += v[a] * ends(chain, s, a, span.end());
    }
    return Math.max(0, Math.min(1, p));
  }

  /** Whether a label of the token behind goes on with a span of a type whose last label is another. */
  boolean goesOn(String type, int last, int next) {
    Spelling s = spellings.get(type);
    if (s == null) return false;
    int a = s.place(last), b = s.place(next);
    return a >= 0 && b >= 0 && s.joins[a][b];
  }

  private double[] begin(Chain chain, Spelling s, int start) {
    double[] v = new double[s.labels.length];
    for (int b = 0; b < v.length; b++) {
      int j = s.labels[b];
      if (start == 0) {
        v[b] = chain.marginal(0, j);
        continue;
      }
      for (int i = 0; i < L; i++) {
        int a = s.place(i);
        if (a < 0 || !s.joins[a][b]) v[b] += flow(chain, chain.marginal(start - 1, i), start, i, j);
      }
    }
    return v;
  }

  private double[] goOn(Chain chain, Spelling s, double[] v, int t) {
    double[] next = new double[v.length];
    for (int a = 0; a < v.length; a++) {
      for (int b = 0; b < v.length; b++) {
        if (s.joins[a][b]) next[b] += flow(chain, v[a], t, s.labels[a], s.labels[b]);
      }
    }
    return next;
  }

  /** How probable it is that the token at {@code end} does not go on with a span whose last label has place a. */
  private double ends(Chain chain, Spelling s, int a, int end) {
    if (end == chain.length()) return 1;
    double p = 0;
    for (int j = 0; j < L; j++) {
      int b = s.place(j);
      if (b < 0 || !s.joins[a][b]) p += chain.conditional(end, s.labels[a], j);
    }
    return p;
  }

  /** Mass · P[t](j|i); labels without mass may not be alive. */
  private static double flow(Chain chain, double mass, int t, int i, int j) {
    return mass > 0 ? mass * chain.conditional(t, i, j) : 0;
  }
}
