package dev.sluice.peers;

import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import java.util.List;
import java.util.stream.IntStream;

/** The sentences of a split in the forms that programs ask for, in the order of the file. */
final class Split {
  private final Dataset data;
  private final List<List<String>> words;
  private final String[][] arrays;
  private final int[] documents;

  Split(Dataset data) {
    this.data = data;
    words = data.sentences().stream().map(Sentence::words).toList();
    arrays = words.stream().map(w -> w.toArray(String[]::new)).toArray(String[][]::new);
    documents = IntStream.range(0, size()).filter(this::beginsDocument).toArray();
  }

  /** Its name, such as dev. */
  String name() {
    return data.name();
  }

  int size() {
    return data.size();
  }

  long tokens() {
    return data.tokens();
  }

  List<Sentence> sentences() {
    return data.sentences();
  }

  /** The words of each sentence. */
  List<List<String>> words() {
    return words;
  }

  /** The words of sentence i. */
  String[] words(int i) {
    return arrays[i];
  }

  /** Whether a document begins with sentence i. */
  boolean beginsDocument(int i) {
    return i == 0 || sentences().get(i).document() != sentences().get(i - 1).document();
  }

  /** How many documents there are; one where the file does not say. */
  int documents() {
    return documents.length;
  }

  /** The sentences of document d. */
  IntStream document(int d) {
    return IntStream.range(documents[d], d + 1 < documents.length ? documents[d + 1] : size());
  }
}
