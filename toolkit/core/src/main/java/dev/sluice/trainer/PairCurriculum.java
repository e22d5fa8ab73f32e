package dev.sluice.trainer;

import dev.sluice.batch.EpochPlan;
import dev.sluice.batch.Example;
import dev.sluice.batch.UnknownWords;
import dev.sluice.config.Location;
import dev.sluice.model.InputEncoder;
import dev.sluice.vocabulary.Vocabulary;
import java.util.List;
import java.util.function.IntPredicate;

/** Sources with their targets, in batches of sources of similar length; some words of sources seen once are shown as unknown. */
public final class PairCurriculum implements Curriculum {
  private final Example[] train;
  private final List<Location> places;
  private final int size;
  private final double unknown;
  private final List<IntPredicate> singletons;

  /**
   * A curriculum.
   *
   * @param train their ids are their places in {@code places}
   * @param places where each source stands
   * @param size pairs per batch
   * @param unknown share of words seen once that are shown as unknown
   */
  public PairCurriculum(
      InputEncoder inputs, Example[] train, List<Location> places, int size, double unknown) {
    this.train = train.clone();
    this.places = List.copyOf(places);
    this.size = size;
    this.unknown = unknown;
    singletons = SentenceCurriculum.singletons(inputs);
  }

  @Override
  public Example[][] epoch(long seed, int epoch) {
    Example[] shown =
        UnknownWords.replace(train, singletons, unknown, Vocabulary.UNKNOWN, seed, epoch);
    return EpochPlan.of(shown, size, seed, epoch);
  }

  /** The loss is a mean over the symbols of targets. */
  @Override
  public float scale(Example[] batch) {
    int symbols = 0;
    for (Example pair : batch) symbols += pair.target().length;
    return 1f / symbols;
  }

  @Override
  public long losses(Example pair) {
    return pair.target().length;
  }

  @Override
  public String noun() {
    return "pairs";
  }

  @Override
  public Location where(Example pair) {
    return places.get((int) pair.id());
  }

  @Override
  public String source() {
    return places.get(0).source();
  }
}
