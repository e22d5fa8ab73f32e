package dev.sluice.opennlp;

import dev.sluice.Tagger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import opennlp.tools.postag.POSTagger;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.Sequence;

/** A {@link Tagger} as OpenNLP's {@link POSTagger}: the labels are the tags. Immutable and safe for use by many threads at once. */
public final class OpenNlpPosTagger implements POSTagger {
  private final Tagger tagger;
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
    this.sequences = Sequences.requirePositive(sequences);
  }

  /** Opens a model file; fails as {@link Tagger#load} does. */
  public static OpenNlpPosTagger load(Path path) {
    return new OpenNlpPosTagger(Tagger.load(path));
  }

  /** A tag per token. */
  @Override
  public String[] tag(String[] sentence) {
    return tagger.tag(Arrays.asList(sentence)).labels().toArray(String[]::new);
  }

  /** The same; the context is ignored. */
  @Override
  public String[] tag(String[] sentence, Object[] additionalContext) {
    return tag(sentence);
  }

  /** The most probable sequences, best first; their scores are natural logarithms. Of an empty sentence one empty sequence. */
  @Override
  public Sequence[] topKSequences(String[] sentence) {
    return tagger.best(Arrays.asList(sentence), sequences).stream()
        .map(ranked -> Sequences.of(ranked.labels(), ranked))
        .toArray(Sequence[]::new);
  }

  /** The same; the context is ignored. */
  @Override
  public Sequence[] topKSequences(String[] sentence, Object[] additionalContext) {
    return topKSequences(sentence);
  }
}
