package dev.sluice.embedding;

import dev.sluice.config.SluiceException;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many of the words of some data have a vector, and in which form it was found.
 *
 * @param types the different words, each once
 * @param tokens the running words, each as often as it occurs
 * @param missing words without a vector, the frequent ones first, ties in the order of {@link String#compareTo}; at most 100
 */
public record Coverage(LookupCounts types, LookupCounts tokens, List<String> missing) {
  /**
   * The share of running words below which something is wrong: files that fit find most words of any text, those of another language
   * little more than punctuation and names.
   */
  public static final double LEAST = 0.2;

  private static final int MISSING = 100;
  private static final int SHOWN = 5;

  /** Copies the list. */
  public Coverage {
    missing = List.copyOf(missing);
  }

  /**
   * Looks all words up.
   *
   * @param counts the normalised words of the data and how often each occurs; their order makes no difference
   */
  public static Coverage of(Vectors vectors, Map<String, Long> counts) {
    LookupCounts types = new LookupCounts(), tokens = new LookupCounts();
    List<String> missing = new ArrayList<>();
    counts.forEach(
        (word, count) -> {
          Step step = vectors.lookup(word).step();
          types.add(step);
          tokens.add(step, count);
          if (step == Step.UNKNOWN) missing.add(word);
        });
    missing.sort(
        Comparator.comparing((String word) -> counts.get(word))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    return new Coverage(types, tokens, missing.subList(0, Math.min(MISSING, missing.size())));
  }

  /** The share of running words that have a vector, from 0 to 1; 1 when there is no word. */
  public double share() {
    return tokens.total() == 0 ? 1 : 1 - tokens.share(Step.UNKNOWN);
  }

  /**
   * Stops when next to no word has a vector.
   *
   * @param least the smallest {@link #share} that is accepted, such as {@link #LEAST}; 0 accepts any
   * @param from the vectors this is the coverage of
   * @param setting the key by which a user sets {@code least}, for the message
   * @throws SluiceException EMB-022, which names the share, words of both sides and the likely cause
   */
  public void require(double least, LoadedVectors from, String setting) {
    if (share() >= least) return;
    throw SluiceException.usage(
        Codes.COVERAGE,
        from.where(),
        String.format(
            Locale.ROOT,
            "only %.1f %% of the running words of the data have a vector, expected at least %.1f %%;"
                + " not found: %s; the file begins with: %s; the likely cause: %s",
            100 * share(),
            100 * least,
            Shown.list(missing.subList(0, Math.min(SHOWN, missing.size()))),
            Shown.list(from.firstWords().subList(0, Math.min(SHOWN, from.firstWords().size()))),
            LikelyCause.of(missing, from)),
        "give vectors that fit the data, or set " + setting + " to 0 to go on with these");
  }
}
