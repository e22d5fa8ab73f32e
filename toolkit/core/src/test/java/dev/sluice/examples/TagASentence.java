package dev.sluice.examples;

import dev.sluice.Slot;
import dev.sluice.Tagged;
import dev.sluice.Tagger;
import java.nio.file.Path;

/** Slots of a sentence: the arguments name a model that tags. */
public final class TagASentence {
  private TagASentence() {}

  public static void main(String[] args) {
    // README
    Tagger tagger = Tagger.load(Path.of(args[0])); // runs/quickstart/model.safetensors
    Tagged tagged = tagger.tag("a flight from Oslo to New Delhi next week");
    for (Slot slot : tagged.slots()) System.out.println(slot.type() + " = " + slot.text());
    // README
  }
}
