package dev.sluice.loss;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.label.TagScheme;
import java.util.List;

/**
 * Which label may follow which, and which may begin and end a sentence. A forbidden move acts as a score of -∞, in training as in decoding; weights are never
 * changed for it, since nobody reads those of forbidden moves. Immutable and safe for many threads.
 */
public final class Moves {
  private final int L;

  /** [L,L], from row to column. */
  private final boolean[] next;

  private final boolean[] first;
  private final boolean[] last;
  private final boolean free;

  /**
   * Moves by table.
   *
   * @param next [L][L], whether the label of the column may follow that of the row
   * @param first whether a label may begin a sentence
   * @param last whether a label may end one
   */
  Moves(boolean[][] next, boolean[] first, boolean[] last) {
    L = first.length;
    this.next = new boolean[L * L];
    this.first = first.clone();
    this.last = last.clone();
    boolean all = true;
    for (int i = 0; i < L; i++) {
      all &= first[i] && last[i];
      for (int j = 0; j < L; j++) all &= this.next[i * L + j] = next[i][j];
    }
    free = all;
  }

  /**
   * The moves a scheme allows.
   *
   * @param labels the labels in the order of their ids
   * @throws SluiceException LAB-102 when a sentence of one token cannot be labelled, as with B-PER and E-PER alone under BIOES; when it can, so can every longer one
   * @throws dev.sluice.label.LabelException for a label that the scheme does not know
   */
  public static Moves of(TagScheme scheme, List<String> labels) {
    int L = labels.size();
    boolean[][] next = new boolean[L][L];
    boolean[] first = new boolean[L], last = new boolean[L];
    boolean possible = false;
    for (int i = 0; i < L; i++) {
      first[i] = scheme.allowed(null, labels.get(i));
      last[i] = scheme.allowed(labels.get(i), null);
      possible |= first[i] && last[i];
      for (int j = 0; j < L; j++) next[i][j] = scheme.allowed(labels.get(i), labels.get(j));
    }
    if (!possible) {
      throw SluiceException.usage(
          "LAB-102",
          Location.of("labels of the training split"),
          "%s under %s, expected one that a sentence of one token may have"
              .formatted(L == 0 ? "no label" : "only " + some(labels), scheme),
          "set the scheme that the data follow, or give tokens outside of spans the label O");
    }
    return new Moves(next, first, last);
  }

  private static String some(List<String> labels) {
    int shown = Math.min(5, labels.size());
    return String.join(", ", labels.subList(0, shown)) + (shown < labels.size() ? ", …" : "");
  }

  /** All moves between L labels, L ≥ 1. */
  public static Moves free(int L) {
    if (L < 1) throw new IllegalArgumentException("no labels");
    boolean[] all = new boolean[L];
    java.util.Arrays.fill(all, true);
    boolean[][] next = new boolean[L][];
    java.util.Arrays.fill(next, all);
    return new Moves(next, all, all);
  }

  /** L, the number of labels. */
  public int labels() {
    return L;
  }

  /** Whether nothing is forbidden. */
  public boolean isFree() {
    return free;
  }

  /** Whether label j may follow label i. */
  public boolean mayFollow(int i, int j) {
    return next[i * L + j];
  }

  /** Whether a sentence may begin with label j. */
  public boolean mayBegin(int j) {
    return first[j];
  }

  /** Whether a sentence may end with label i. */
  public boolean mayEnd(int i) {
    return last[i];
  }

  /** Whether a sentence may have these labels: the first {@code T} of the array, T ≥ 1, none of them unknown. */
  public boolean legal(int[] labels, int T) {
    if (!first[labels[0]] || !last[labels[T - 1]]) return false;
    for (int t = 1; t < T; t++) {
      if (!next[labels[t - 1] * L + labels[t]]) return false;
    }
    return true;
  }
}
