package dev.sluice.eval;

import dev.sluice.config.SluiceException;
import dev.sluice.data.Fingerprint;
import dev.sluice.data.Readers;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The sentences of gold data and predictions side by side. A sentence of each is in memory at a time; those without tokens are passed over. */
final class SentencePairs implements AutoCloseable {
  /** A sentence as either side has it, with the same tokens. */
  record Pair(Sentence gold, Sentence predicted) {}

  private final Side gold;
  private final Side predicted;
  private final SentenceReader left;
  private final SentenceReader right;
  private final Tokenizer tokenizer;
  private final boolean spans;
  private long count;

  /**
   * Opens both files.
   *
   * @param spans whether tags spell spans, which could be compared by characters
   * @param fingerprint takes that of the gold data; complete after the last pair
   */
  SentencePairs(
      Side gold, Side predicted, Tokenizer tokenizer, boolean spans, Fingerprint fingerprint) {
    this.tokenizer = tokenizer;
    this.spans = spans;
    this.gold = gold;
    this.predicted = predicted;
    SentenceReader first = null;
    try {
      first = Readers.open(gold.file(), gold.config(), tokenizer, fingerprint);
      left = first;
      right = Readers.open(predicted.file(), predicted.config(), tokenizer);
    } catch (IOException | RuntimeException e) {
      closeAfter(first, e);
      if (e instanceof IOException io) throw SluiceException.notRead(gold.file(), io);
      throw (RuntimeException) e;
    }
  }

  private static void closeAfter(SentenceReader reader, Exception failure) {
    try {
      if (reader != null) reader.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * The next pair, or null after the last.
   *
   * @throws SluiceException when a file cannot be read, or the two do not hold the same tokens or as many sentences
   */
  Pair next() {
    try {
      Sentence g = next(left), p = next(right);
      if (g == null && p == null) return null;
      if (g == null || p == null) throw moreSentences(g, p);
      count++;
      requireSameTokens(g, p);
      return new Pair(g, p);
    } catch (IOException e) {
      throw SluiceException.notRead(gold.file(), e);
    }
  }

  /**
   * The next sentences with the same characters: one of each side, or as few as it takes where the two divide the text in other ways. Null after the last.
   *
   * @throws SluiceException when a file cannot be read, or the two do not hold the same characters
   */
  SameCharacters nextByCharacters() {
    try {
      Sentence g = next(left), p = next(right);
      if (g == null && p == null) return null;
      SameCharacters group = new SameCharacters(gold, predicted, tokenizer);
      if (g != null) group.addGold(g);
      group.addPredicted(p);
      if (g == null) group.addGold(null);
      while (!group.isEven()) {
        if (group.goldIsShorter()) group.addGold(next(left));
        else group.addPredicted(next(right));
      }
      return group;
    } catch (IOException e) {
      throw SluiceException.notRead(gold.file(), e);
    }
  }

  private static Sentence next(SentenceReader reader) throws IOException {
    Sentence next = reader.next();
    while (next != null && next.size() == 0) next = reader.next();
    return next;
  }

  /** The reader of the gold data, which can be asked for further columns of the sentence that it returned last. */
  SentenceReader goldReader() {
    return left;
  }

  /** What was left out of the gold data so far, by reason. */
  Map<String, Long> skipped() {
    return left.skipped();
  }

  @Override
  public void close() {
    try (left;
        right) {
      // both are closed, whatever the first one throws
    } catch (IOException e) {
      throw SluiceException.notRead(gold.file(), e);
    }
  }

  private void requireSameTokens(Sentence g, Sentence p) {
    int shared = Math.min(g.size(), p.size());
    for (int t = 0; t < shared; t++) {
      String expected = g.tokens().get(t).text(), found = p.tokens().get(t).text();
      if (!expected.equals(found))
        throw otherToken(g, p, t, "\"" + expected + "\"", "\"" + found + "\"");
    }
    if (g.size() > shared)
      throw otherToken(g, p, shared, "\"" + g.tokens().get(shared).text() + "\"", "nothing more");
    if (p.size() > shared)
      throw otherToken(g, p, shared, "nothing more", "\"" + p.tokens().get(shared).text() + "\"");
  }

  /** The problem stands at the prediction and names the place in the gold data. */
  private SluiceException otherToken(
      Sentence g, Sentence p, int token, String expected, String found) {
    return SluiceException.usage(
        Codes.TOKENS,
        GoldTags.place(p, Math.min(token, p.size() - 1), predicted.config()),
        "token "
            + (token + 1)
            + " is "
            + found
            + ", expected "
            + expected
            + " as at "
            + GoldTags.place(g, Math.min(token, g.size() - 1), gold.config()),
        "predict on the tokens of the gold data, in their order"
            + (spans ? ", or give --align characters to compare spans in any tokens" : ""));
  }

  private SluiceException moreSentences(Sentence g, Sentence p) {
    boolean goldGoesOn = g != null;
    Sentence next = goldGoesOn ? g : p;
    Path ended = goldGoesOn ? predicted.file() : gold.file();
    return SluiceException.usage(
        Codes.SENTENCES,
        next.where(),
        "sentence " + (count + 1) + " begins here, but " + ended + " ends after " + count,
        "give both files the same sentences");
  }
}
