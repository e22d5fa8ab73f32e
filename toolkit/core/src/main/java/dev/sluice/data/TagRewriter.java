package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a file of CoNLL columns or CSV once more with other tags. All that is no changed tag stays byte for byte: other columns, comments, blanks, quotes, line ends, a
 * byte order mark. A sentence is in memory at a time; the file is read twice, side by side.
 */
public final class TagRewriter {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** What becomes of the tags of a sentence. */
  @FunctionalInterface
  public interface Change {
    /**
     * The new tags.
     *
     * @param sentence a sentence with tags
     * @param places where they stand: a place per token, or one for all of them
     * @return a tag per token
     */
    List<String> of(Sentence sentence, List<Location> places);
  }

  private final DataConfig config;
  private final Tokenizer tokenizer;

  /**
   * A rewriter.
   *
   * @param config the format, with the layout of it
   * @param tokenizer splits raw text, where the format holds any
   */
  public TagRewriter(DataConfig config, Tokenizer tokenizer) {
    this.config = config;
    this.tokenizer = tokenizer;
  }

  /** Whether tags of a format can be rewritten in their place: CoNLL and CSV. */
  public static boolean canRewrite(Format format) {
    return format == Format.CONLL || format == Format.CSV;
  }

  /**
   * Rewrites a file.
   *
   * @param out takes the copy; it is not closed
   * @throws SluiceException when the file is not what the settings say
   */
  public void rewrite(Path file, OutputStream out, Change change) throws IOException {
    if (!canRewrite(config.format()))
      throw new IllegalArgumentException(config.format().inConfig() + " cannot be rewritten");
    try (SentenceReader sentences = Readers.open(file, config, tokenizer);
        Utf8Input in = Inputs.open(file)) {
      if (hasByteOrderMark(file)) out.write(BYTE_ORDER_MARK);
      Writer writer = Writers.characters(out);
      CellCopy copy = new CellCopy(in, writer);
      for (Sentence next = sentences.next(); next != null; next = sentences.next()) {
        if (next.tags().isEmpty()) continue;
        List<Location> places = sentences.tagPlaces();
        rewrite(copy, places, next.tags(), change.of(next, places));
      }
      copy.copyRest();
    }
  }

  private static boolean hasByteOrderMark(Path file) throws IOException {
    try (InputStream in = Inputs.bytes(file)) {
      return java.util.Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK);
    }
  }

  private void rewrite(CellCopy copy, List<Location> places, List<String> old, List<String> tags)
      throws IOException {
    if (tags.size() != old.size())
      throw new IllegalArgumentException(tags.size() + " tags for " + old.size() + " tokens");
    if (tags.equals(old)) return;
    boolean csv = config.format() == Format.CSV;
    CsvDialect dialect = csv ? CsvDialect.of(config.csv(), places.get(0).source()) : null;
    if (csv && config.csv().sentence().isEmpty()) {
      copy.copyTo(places.get(0));
      copy.replace(String.join(" ", old), String.join(" ", tags), dialect);
      return;
    }
    for (int i = 0; i < tags.size(); i++) {
      if (tags.get(i).equals(old.get(i))) continue;
      copy.copyTo(places.get(i));
      if (csv) copy.replace(old.get(i), tags.get(i), dialect);
      else copy.replace(old.get(i), tags.get(i));
    }
  }
}
