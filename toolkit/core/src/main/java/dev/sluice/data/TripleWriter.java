package dev.sluice.data;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder with seq.in, seq.out and label; label is written only when the first sentence has one. */
final class TripleWriter implements SentenceWriter {
  private final Path folder;
  private final List<Writer> open = new ArrayList<>();
  private final Writer words;
  private final Writer tags;
  private Writer labels;
  private boolean started;

  TripleWriter(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    words = file(TripleSentences.WORDS);
    tags = file(TripleSentences.TAGS);
  }

  @Override
  public void write(Sentence sentence) throws IOException {
    List<String> tagList = sentence.tags();
    if (tagList.size() != sentence.size() || tagList.isEmpty()) {
      throw Writers.unwritable(sentence, "the sentence has no tags", "tag it first");
    }
    for (String word : sentence.words()) Writers.checkHolds(sentence, word, true);
    for (String tag : tagList) Writers.checkHolds(sentence, tag, true);
    if (!started && sentence.intent().isPresent()) labels = file(TripleSentences.LABEL);
    started = true;
    if (labels == null && sentence.intent().isPresent()) {
      throw Writers.unwritable(
          sentence, "the sentence has a label but the first one has none", "label all or none");
    }
    words.write(String.join(" ", sentence.words()) + "\n");
    tags.write(String.join(" ", tagList) + "\n");
    if (labels != null) labels.write(sentence.intent().orElse("") + "\n");
  }

  @Override
  public void close() throws IOException {
    for (Writer writer : open) writer.close();
  }

  private Writer file(String name) throws IOException {
    Writer writer = Writers.characters(Files.newOutputStream(folder.resolve(name)));
    open.add(writer);
    return writer;
  }
}
