package dev.sluice.examples;

import dev.sluice.Classified;
import dev.sluice.Classifier;
import java.nio.file.Path;
import java.util.Locale;

/** The intent of a sentence: the arguments name a model of task classify. */
public final class ClassifyASentence {
  private ClassifyASentence() {}

  public static void main(String[] args) {
    // README
    Classifier classifier = Classifier.load(Path.of(args[0])); // runs/travel-intent/...
    Classified answer = classifier.classify("how warm is it in Lima");
    System.out.printf(Locale.ROOT, "%s (%.2f)%n", answer.label(), answer.confidence());
    // README
  }
}
