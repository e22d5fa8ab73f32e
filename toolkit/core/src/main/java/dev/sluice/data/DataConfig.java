package dev.sluice.data;

import dev.sluice.config.Setting;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The {@code data} section: where the sentences are and how they are written down.
 *
 * @param format the file format
 * @param train the training split
 * @param dev the split that decides when to stop
 * @param test the split that is scored once, at the end
 * @param scheme how tags spell spans
 * @param repair what is done with an illegal sequence of tags
 * @param overlap what is done about test sentences that also stand in train
 * @param csv how CSV is laid out
 * @param conll how CoNLL columns are laid out
 * @param conllu which CoNLL-U column holds the tags
 * @param jsonl the names of the fields of JSON lines
 */
public record DataConfig(
    @Setting("The file format of all three splits.") Format format,
    @Setting("The training split: a file, or a folder for triples.") Path train,
    @Setting("The development split, on which the best epoch is chosen.") Path dev,
    @Setting("The test split, scored once at the end; left out, nothing is scored.")
        Optional<Path> test,
    @Setting(
            value =
                "How tags spell spans; auto finds it in the training split and says so. "
                    + "Plain labels, as in part-of-speech tagging, have no spans.",
            byDefault = "auto")
        SchemeChoice scheme,
    @Setting(
            value = "What is done with a tag sequence that the scheme does not allow.",
            byDefault = "conlleval")
        RepairChoice repair,
    @Setting(
            value = "What is done about test sentences that also stand in train.",
            byDefault = "warn")
        Overlap overlap,
    @Setting("How CSV files are laid out.") CsvLayout csv,
    @Setting("How CoNLL column files are laid out.") ConllLayout conll,
    @Setting("Which column of CoNLL-U holds the tags.") ConlluLayout conllu,
    @Setting("The names of the fields in JSON lines.") JsonlLayout jsonl) {

  /** The same with other CSV columns. */
  public DataConfig withCsv(CsvLayout other) {
    return new DataConfig(
        format, train, dev, test, scheme, repair, overlap, other, conll, conllu, jsonl);
  }

  /** A file format. */
  public enum Format {
    /** Comma-separated values with a header line: a sentence or a token per row. */
    CSV,
    /** A token per line in columns, a blank line between sentences. */
    CONLL,
    /** Universal Dependencies, ten columns. */
    CONLLU,
    /** A folder with seq.in, seq.out and label, a sentence per line. */
    TRIPLES,
    /** A JSON object per line: a text and spans by character offsets. */
    JSONL,
    /** A text per line, without labels. */
    TEXT
  }

  /** A tag scheme by name, or found in the data. */
  public enum SchemeChoice {
    /** Found in the training split. */
    AUTO,
    /** A type per token, adjacent tokens of one type form a span. */
    IO,
    /** B begins, I continues; also called IOB2. */
    BIO,
    /** I begins and continues, B only between neighbours of one type. */
    IOB1,
    /** I continues, E only between neighbours of one type. */
    IOE1,
    /** I continues, E ends every span. */
    IOE2,
    /** B, I, E for longer spans, S for a single token; also called IOBES. */
    BIOES,
    /** The same with L for the last and U for a unit. */
    BILOU,
    /** The same with M for the middle, usual for Chinese. */
    BMES,
    /** Labels without structure. */
    PLAIN
  }

  /** A repair policy. */
  public enum RepairChoice {
    /** A tag that cannot continue a span begins one, as conlleval.pl does. */
    CONLLEVAL,
    /** Spans that are not well formed are dropped. */
    DISCARD,
    /** The file is refused. */
    ERROR
  }

  /** What is done about leakage. */
  public enum Overlap {
    /** It is counted and shown. */
    WARN,
    /** Training does not start. */
    FORBID,
    /** Nothing is said. */
    IGNORE
  }

  /**
   * CSV columns by name. A sentence per row: {@code tokens} (pre-split by blanks) or {@code text}, with {@code tags} (split by
   * blanks). A token per row: {@code tokens} holds one token, {@code tags} one tag, and {@code sentence} names the sentence's id.
   */
  public record CsvLayout(
      @Setting("Column of raw text, split by the tokenizer of the text section.")
          Optional<String> text,
      @Setting("Column of tokens: blank-separated in a sentence per row, one in a token per row.")
          Optional<String> tokens,
      @Setting("Column of tags: blank-separated in a sentence per row, one in a token per row.")
          Optional<String> tags,
      @Setting("Column of the label of the whole sentence.") Optional<String> intent,
      @Setting("Column of the sentence's id; given, each row is one token.")
          Optional<String> sentence,
      @Setting(value = "The character between cells; \\t for a tab.", byDefault = "\",\"")
          String delimiter,
      @Setting(value = "The character around cells that need it.", byDefault = "'\"'")
          String quote) {}

  /** CoNLL columns. Columns count from 1 on the left and from -1 on the right. */
  public record ConllLayout(
      @Setting(value = "Column of the token; 1 is the first, -1 the last.", byDefault = "1")
          int token,
      @Setting(value = "Column of the tag; 1 is the first, -1 the last.", byDefault = "-1") int tag,
      @Setting(value = "What separates columns.", byDefault = "auto") Separator separator,
      @Setting("Lines that begin with this text are comments; left out, there are none.")
          Optional<String> comment,
      @Setting(
              value =
                  "Whether digits at the end of a token are a position and cut off, as in the Weibo corpus.",
              byDefault = "false")
          boolean stripIndex) {

    /** What separates columns. */
    public enum Separator {
      /** A tab when the first line with content has one, else blanks. */
      AUTO,
      /** One tab. */
      TAB,
      /** A run of blanks or tabs. */
      BLANK
    }
  }

  /** The column of CoNLL-U that holds the tags. */
  public record ConlluLayout(
      @Setting(
              value = "upos, xpos, or feats:NAME for one feature (_ where it is absent).",
              byDefault = "upos")
          String column) {}

  /** Field names in JSON lines. */
  public record JsonlLayout(
      @Setting(value = "Field of the text.", byDefault = "text") String text,
      @Setting(value = "Field of the list of spans.", byDefault = "spans") String spans,
      @Setting(value = "Field of a span's first character, counted from 0.", byDefault = "start")
          String start,
      @Setting(value = "Field of a span's end, exclusive.", byDefault = "end") String end,
      @Setting(value = "Field of a span's type.", byDefault = "label") String label,
      @Setting(value = "Field of the label of the whole sentence.", byDefault = "intent")
          String intent,
      @Setting(value = "What offsets count.", byDefault = "utf16") Offsets offsets) {

    /** The unit of offsets. */
    public enum Offsets {
      /** UTF-16 units, as Java and JavaScript count. */
      UTF16,
      /** Code points, as Python counts. */
      CODEPOINTS
    }
  }
}
