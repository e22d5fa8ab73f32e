package dev.sluice.opennlp;

import dev.sluice.Tagger;
import java.nio.file.Path;
import opennlp.tools.namefind.TokenNameFinder;
import opennlp.tools.util.Span;

/** A {@link Tagger} as OpenNLP's {@link TokenNameFinder}: slots are the names. Immutable and safe for use by many threads at once. */
public final class OpenNlpNameFinder implements TokenNameFinder {
  private final Tagger tagger;

  /**
   * An adapter.
   *
   * @throws IllegalArgumentException when the tagger's labels spell no slots
   */
  public OpenNlpNameFinder(Tagger tagger) {
    this.tagger = Spans.requireSlots(tagger);
  }

  /** Opens a model file; fails as {@link Tagger#load} and the constructor do. */
  public static OpenNlpNameFinder load(Path path) {
    return new OpenNlpNameFinder(Tagger.load(path));
  }

  /** The names by token, in order, none over another, each with its type and the product of its labels' probabilities. */
  @Override
  public Span[] find(String[] tokens) {
    return Spans.find(tagger, tokens);
  }

  /** Does nothing: one call does not depend on another. */
  @Override
  public void clearAdaptiveData() {}
}
