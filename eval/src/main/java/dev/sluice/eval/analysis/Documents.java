package dev.sluice.eval.analysis;

import dev.sluice.data.Sentence;
import java.util.HashSet;
import java.util.Set;

/** Counts the documents of sentences that come one after the other. */
public final class Documents {
  /** With n documents there are C(2n-1, n) different resamples; with fewer than this there are fewer of them than are drawn, which are 10,000. */
  static final int LEAST = 9;

  private final Set<String> files = new HashSet<>();
  private String file;
  private int number;
  private long count;
  private long sentences;
  private boolean everywhere = true;

  /**
   * What is resampled.
   *
   * @param documents whether it is documents, else sentences
   * @param count how many there are
   */
  public record Unit(boolean documents, long count) {
    /** {@code document} or {@code sentence}. */
    public String kind() {
      return documents ? "document" : "sentence";
    }
  }

  /**
   * Takes the next sentence.
   *
   * @return whether it begins another document than the one before
   */
  public boolean begins(Sentence sentence) {
    sentences++;
    if (sentence.document() == 0) everywhere = false;
    String source = sentence.where().source();
    if (source.equals(file) && sentence.document() == number) return false;
    boolean returns = source.equals(file) ? sentence.document() < number : !files.add(source);
    if (returns) everywhere = false;
    file = source;
    number = sentence.document();
    count++;
    return true;
  }

  /** How many there are so far, the one of the sentence at hand included; 0 when a sentence had none, or stood apart from the others of its document. */
  long count() {
    return everywhere ? count : 0;
  }

  /** What is to be resampled: sentences of one document are more alike than others, so documents where all sentences have one and there are enough. */
  public Unit unit() {
    boolean enough = count() >= LEAST;
    return new Unit(enough, enough ? count : sentences);
  }
}
