package dev.sluice.examples;

import dev.sluice.Tagger;
import dev.sluice.TaggerStream;
import java.nio.file.Path;
import java.util.List;

/** Labels of words one at a time: the arguments name a model that reads forward. */
public final class TagWhileWordsArrive {
  private TagWhileWordsArrive() {}

  public static void main(String[] args) {
    // README
    TaggerStream stream = Tagger.load(Path.of(args[0])).stream(); // one per sentence and thread
    for (String word : List.of("a", "flight", "from", "Oslo", "to", "New", "Delhi"))
      System.out.println(word + " " + stream.next(word).label());
    // README
  }
}
