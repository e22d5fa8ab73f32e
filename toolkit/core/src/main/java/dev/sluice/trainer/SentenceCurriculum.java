package dev.sluice.trainer;

import dev.sluice.batch.EpochPlan;
import dev.sluice.batch.Example;
import dev.sluice.batch.UnknownWords;
import dev.sluice.config.Location;
import dev.sluice.data.Sentence;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Labelled sentences, in batches of similar length; some words seen once are shown as unknown. */
final class SentenceCurriculum implements Curriculum {
  private final Example[] train;
  private final List<Sentence> sentences;
  private final int size;
  private final double unknown;
  private final boolean perToken;
  private final List<IntPredicate> singletons;

  /**
   * @param train their ids are their places in {@code sentences}
   * @param size sentences per batch
   * @param unknown share of words seen once that are shown as unknown
   */
  SentenceCurriculum(
      Model model, Example[] train, List<Sentence> sentences, int size, double unknown) {
    this.train = train;
    this.sentences = sentences;
    this.size = size;
    this.unknown = unknown;
    perToken = model.labelsTokens();
    singletons = singletons(model.inputs());
  }

  /** For each input of ids, whether an id stands for a word seen once; null for an input of something else than words. */
  static List<IntPredicate> singletons(InputEncoder inputs) {
    List<IntPredicate> singletons = new ArrayList<>();
    for (Channel channel : inputs.channels())
      singletons.add(
          channel.vocabulary() == inputs.words() ? channel.vocabulary()::isSingleton : null);
    return singletons;
  }

  @Override
  public Example[][] epoch(long seed, int epoch) {
    Example[] shown =
        UnknownWords.replace(train, singletons, unknown, Vocabulary.UNKNOWN, seed, epoch);
    return EpochPlan.of(shown, size, seed, epoch);
  }

  @Override
  public float scale(Example[] batch) {
    return 1f / batch.length;
  }

  @Override
  public long losses(Example example) {
    return perToken ? example.length() : 1;
  }

  @Override
  public String noun() {
    return "sentences";
  }

  @Override
  public Location where(Example example) {
    return sentences.get((int) example.id()).where();
  }

  @Override
  public String source() {
    return sentences.get(0).where().source();
  }
}
