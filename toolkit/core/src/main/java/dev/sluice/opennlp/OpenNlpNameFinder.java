package dev.sluice.opennlp;

import dev.sluice.Tagger;
import java.nio.file.Path;
import java.util.Map;
import opennlp.tools.namefind.TokenNameFinder;
import opennlp.tools.util.Span;

/**
 * A {@link Tagger} as OpenNLP's {@link TokenNameFinder}: slots are the names. The interface carries tokens alone, so a model that reads features of them is refused. Immutable
 * and safe for use by many threads at once.
 */
public final class OpenNlpNameFinder implements TokenNameFinder {
  private final Tagger tagger;

  /**
   * An adapter.
   *
   * @throws IllegalArgumentException when the tagger's labels spell no slots, or it reads {@link Tagger#features}
   */
  public OpenNlpNameFinder(Tagger tagger) {
    this.tagger = Spans.requireSlots(tagger);
    new Features(tagger.features()).requireAtMost(0, "a TokenNameFinder is given tokens alone");
  }

  /** Opens a model file; fails as {@link Tagger#load} and the constructor do. */
  public static OpenNlpNameFinder load(Path path) {
    return new OpenNlpNameFinder(Tagger.load(path));
  }

  /** The names by token, in order, none over another, each with its type and the product of its labels' probabilities. */
  @Override
  public Span[] find(String[] tokens) {
    return Spans.find(tagger, tokens, Map.of());
  }

  /** Does nothing: one call does not depend on another. */
  @Override
  public void clearAdaptiveData() {}
}
