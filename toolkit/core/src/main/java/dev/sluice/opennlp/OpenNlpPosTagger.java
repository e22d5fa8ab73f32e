package dev.sluice.opennlp;

import dev.sluice.Tagger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import opennlp.tools.postag.POSTagger;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.Sequence;

/**
 * A {@link Tagger} as OpenNLP's {@link POSTagger}: the labels are the tags. The additional context holds the features that the model reads, and is ignored when it reads
 * none. Immutable and safe for use by many threads at once.
 */
public final class OpenNlpPosTagger implements POSTagger {
  private final Tagger tagger;
  private final Features features;
  private final int sequences;

  /** An adapter that gives as many sequences as OpenNLP's own tagger does by default. */
  public OpenNlpPosTagger(Tagger tagger) {
    this(tagger, POSTaggerME.DEFAULT_BEAM_SIZE);
  }

  /**
   * An adapter.
   *
   * @param sequences how many sequences {@link #topKSequences(String[])} gives at most, at least 1
   */
  public OpenNlpPosTagger(Tagger tagger, int sequences) {
    this.tagger = Objects.requireNonNull(tagger, "tagger");
    features = new Features(tagger.features());
    this.sequences = Sequences.requirePositive(sequences);
  }

  /** Opens a model file; fails as {@link Tagger#load} does. */
  public static OpenNlpPosTagger load(Path path) {
    return new OpenNlpPosTagger(Tagger.load(path));
  }

  /**
   * A tag per token.
   *
   * @throws IllegalArgumentException when the model reads {@link Tagger#features}
   */
  @Override
  public String[] tag(String[] sentence) {
    return tag(sentence, null);
  }

  /**
   * A tag per token.
   *
   * @param additionalContext an element per token, for a model that reads {@link Tagger#features}: the token's value of the one feature, or an array with its value of
   *     each of them, in their order; else of no interest, and may be null
   * @throws IllegalArgumentException when such a model is not given that
   */
  @Override
  public String[] tag(String[] sentence, Object[] additionalContext) {
    return tagger
        .tag(Arrays.asList(sentence), features.ofContext(additionalContext))
        .labels()
        .toArray(String[]::new);
  }

  /** The most probable sequences, best first; their scores are natural logarithms. Of an empty sentence one empty sequence. */
  @Override
  public Sequence[] topKSequences(String[] sentence) {
    return topKSequences(sentence, null);
  }

  /** The same with the context that {@link #tag(String[], Object[])} takes. */
  @Override
  public Sequence[] topKSequences(String[] sentence, Object[] additionalContext) {
    return tagger
        .best(Arrays.asList(sentence), features.ofContext(additionalContext), sequences)
        .stream()
        .map(ranked -> Sequences.of(ranked.labels(), ranked))
        .toArray(Sequence[]::new);
  }
}
