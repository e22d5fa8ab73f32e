package dev.sluice.opennlp;

import dev.sluice.Tagger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import opennlp.tools.chunker.Chunker;
import opennlp.tools.chunker.ChunkerME;
import opennlp.tools.util.Sequence;
import opennlp.tools.util.Span;

/**
 * A {@link Tagger} as OpenNLP's {@link Chunker}. Tags are given in BIO, as OpenNLP writes them ({@code B-NP I-NP O}), whatever scheme the model was trained with.
 * The part-of-speech tags given with the tokens are the values of the feature that the model reads, and ignored when it reads none. Immutable and safe for use by many threads at once.
 */
public final class OpenNlpChunker implements Chunker {
  /** How many sequences of labels are looked at for each one that is asked for. */
  private static final int MOST_SPELLINGS = 64;

  private final Tagger tagger;
  private final Features features;
  private final int sequences;

  /**
   * An adapter that gives as many sequences as OpenNLP's own chunker does by default.
   *
   * @throws IllegalArgumentException when the tagger's labels spell no slots, or it reads more than one of {@link Tagger#features}
   */
  public OpenNlpChunker(Tagger tagger) {
    this(tagger, ChunkerME.DEFAULT_BEAM_SIZE);
  }

  /**
   * An adapter.
   *
   * @param sequences how many sequences {@link #topKSequences(String[], String[])} gives at most, at least 1
   * @throws IllegalArgumentException when the tagger's labels spell no slots, or it reads more than one of {@link Tagger#features}
   */
  public OpenNlpChunker(Tagger tagger, int sequences) {
    this.tagger = Spans.requireSlots(tagger);
    features =
        new Features(tagger.features())
            .requireAtMost(1, "a Chunker is given one beside the tokens, their tags");
    this.sequences = Sequences.requirePositive(sequences);
  }

  /** Opens a model file; fails as {@link Tagger#load} and the constructor do. */
  public static OpenNlpChunker load(Path path) {
    return new OpenNlpChunker(Tagger.load(path));
  }

  /**
   * A BIO tag per token.
   *
   * @param tags a part of speech per token, for a model that reads a feature; else of no interest, and may be null
   * @throws IllegalArgumentException when such a model is not given a tag per token
   */
  @Override
  public String[] chunk(String[] tokens, String[] tags) {
    return tagger
        .inBio(tagger.tag(Arrays.asList(tokens), features.ofTags(tags)).labels())
        .toArray(String[]::new);
  }

  /** The chunks by token, in order, none over another, each with its type and probability; {@code tags} is as in {@link #chunk}. */
  @Override
  public Span[] chunkAsSpans(String[] tokens, String[] tags) {
    return Spans.find(tagger, tokens, features.ofTags(tags));
  }

  /**
   * The most probable sequences of BIO tags, best first; the first is what {@link #chunk} gives. Fewer when there are not so many, or when too many label sequences
   * are read as the same chunks. Of an empty sentence one empty sequence; {@code tags} is as in {@link #chunk}.
   */
  @Override
  public Sequence[] topKSequences(String[] tokens, String[] tags) {
    return topKSequences(tokens, tags, Double.NEGATIVE_INFINITY);
  }

  /**
   * The same without sequences that score too low.
   *
   * @param minSequenceScore a natural logarithm; only sequences with a higher score are given
   */
  @Override
  public Sequence[] topKSequences(String[] tokens, String[] tags, double minSequenceScore) {
    return distinct(Arrays.asList(tokens), features.ofTags(tags)).values().stream()
        .filter(sequence -> sequence.getScore() > minSequenceScore)
        .toArray(Sequence[]::new);
  }

  /**
   * Sequences by their BIO tags. Several sequences of labels may be read as the same chunks: the most probable one counts, and more are looked for, up to a limit
   * that keeps the cost in proportion to the length of the sentence.
   */
  private Map<List<String>, Sequence> distinct(
      List<String> tokens, Map<String, List<String>> read) {
    long most = Math.min(Integer.MAX_VALUE, (long) MOST_SPELLINGS * sequences);
    for (long k = sequences; ; k = Math.min(most, 2 * k)) {
      List<Tagger.Ranked> ranked = tagger.best(tokens, read, (int) k);
      Map<List<String>, Sequence> found = new LinkedHashMap<>();
      for (Tagger.Ranked r : ranked) {
        if (found.size() == sequences) break;
        found.computeIfAbsent(tagger.inBio(r.labels()), bio -> Sequences.of(bio, r));
      }
      if (found.size() == sequences || ranked.size() < k || k == most) return found;
    }
  }
}
