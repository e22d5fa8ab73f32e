package dev.sluice.examples;

import dev.sluice.opennlp.OpenNlpCategorizer;
import dev.sluice.opennlp.OpenNlpChunker;
import dev.sluice.opennlp.OpenNlpNameFinder;
import dev.sluice.opennlp.OpenNlpPosTagger;
import java.nio.file.Path;
import opennlp.tools.chunker.Chunker;
import opennlp.tools.doccat.DocumentCategorizer;
import opennlp.tools.namefind.TokenNameFinder;
import opennlp.tools.postag.POSTagger;
import opennlp.tools.util.Span;

/** The four adapters: the arguments name models of parts of speech, names, chunks and categories. */
public final class UseInOpenNlp {
  private UseInOpenNlp() {}

  public static void main(String[] args) {
    // README
    String[] words = {"a", "flight", "from", "Oslo", "to", "New", "Delhi"};
    POSTagger tagger = OpenNlpPosTagger.load(Path.of(args[0]));
    String[] tags = tagger.tag(words);
    System.out.println(String.join(" ", tags));
    System.out.println(tagger.topKSequences(words)[1].getOutcomes()); // the second best
    TokenNameFinder finder = OpenNlpNameFinder.load(Path.of(args[1]));
    for (Span name : finder.find(words)) System.out.println(name);
    Chunker chunker = OpenNlpChunker.load(Path.of(args[2]));
    System.out.println(String.join(" ", chunker.chunk(words, tags)));
    DocumentCategorizer categorizer = OpenNlpCategorizer.load(Path.of(args[3]));
    System.out.println(categorizer.getBestCategory(categorizer.categorize(words)));
    // README
  }
}
