package dev.sluice.data;

import dev.sluice.config.Consistent;
import dev.sluice.config.Location;
import dev.sluice.config.Setting;
import dev.sluice.config.SluiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code data} section: where the sentences are and how they are written down.
 *
 * @param format the file format
 * @param train the training split
 * @param dev the split that decides when to stop; cut off train when there is none
 * @param holdOut how many of the last sentences of train are dev, without a dev split
 * @param test the split that is scored once, at the end
 * @param scheme how tags spell spans
 * @param repair what is done with an illegal sequence of tags
 * @param overlap what is done about test sentences that also stand in train
 * @param csv how CSV is laid out
 * @param conll how CoNLL columns are laid out
 * @param conllu which CoNLL-U column holds the tags
 * @param jsonl the names of the fields of JSON lines
 * @param text how plain text is read for a language model
 * @param pairs which columns of CSV are the sides of a pair
 * @param features what else the columns say of each token
 * @param intentSeparator what stands between the intents of one label
 */
public record DataConfig(
    @Setting("The file format of all three splits.") Format format,
    @Setting("The training split: a file, or a folder for triples.") Path train,
    @Setting(
            "The development split, on which the best epoch is chosen; left out, it is cut off train, see holdOut.")
        Optional<Path> dev,
    @Setting(
            value = "Without dev: how many of the last sentences of train are held out as dev.",
            min = 1,
            max = 10_000_000)
        Optional<Integer> holdOut,
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
    @Setting("The names of the fields in JSON lines.") JsonlLayout jsonl,
    @Setting("How plain text is read, for task language-model.") TextLayout text,
    @Setting("Which columns of csv hold what is read and what is written, for task transduction.")
        Optional<PairLayout> pairs,
    @Setting(
            value =
                "Columns that say more of each token than its text, such as its part of speech; in csv, conll and conllu.",
            byDefault = "[]")
        List<FeatureColumn> features,
    @Setting(
            "What stands between the intents of a sentence that has several, such as # in "
                + "atis_flight#atis_airfare; left out, a label is one intent.")
        Optional<String> intentSeparator)
    implements Consistent {

  /** Copies the list and checks that the separator is not empty. */
  public DataConfig {
    features = List.copyOf(features);
    if (intentSeparator.filter(String::isEmpty).isPresent())
      throw new IllegalArgumentException("intentSeparator is empty, expected text such as #");
  }

  /** There is one way to a dev split. Features need a column that the format has, a name of their own, and must not be the tags. */
  @Override
  public void check(Conflicts to) {
    if (!text.split.isEmpty()) {
      checkSplit(to);
    } else if (dev.isPresent() == holdOut.isPresent()) {
      to.conflict(
          "dev",
          "holdOut",
          dev.isPresent()
              ? "dev and holdOut both say which sentences are dev"
              : "neither dev nor holdOut says which sentences are dev",
          dev.isPresent() ? "remove one of them" : "add dev: FILE, or holdOut: 500");
    }
    if (features.isEmpty()) return;
    if (!format.hasColumns()) {
      to.conflict(
          "features",
          "format",
          "features are columns, but format " + format.inConfig() + " has none",
          "remove features, or give the data as csv, conll or conllu");
      return;
    }
    for (int i = 0; i < features.size(); i++) checkFeature(i, to);
  }

  /** The parts of one file are all splits there are. */
  private void checkSplit(Conflicts to) {
    boolean sums = text.split.stream().mapToInt(p -> p).sum() == 100;
    if (text.split.size() < 2 || text.split.size() > 3 || !sums) {
      to.conflict(
          "text.split",
          "text",
          "text.split is " + text.split + ", expected two or three percentages that add up to 100",
          "write e.g. [80, 10, 10] for train, dev and test");
    }
    if (dev.isPresent() || test.isPresent() || holdOut.isPresent()) {
      to.conflict(
          "text.split",
          dev.isPresent() ? "dev" : test.isPresent() ? "test" : "holdOut",
          "text.split cuts dev and test off train, but they are named too",
          "remove text.split, or dev, test and holdOut");
    }
  }

  private void checkFeature(int i, Conflicts to) {
    FeatureColumn feature = features.get(i);
    String key = "features." + i;
    String column = "\"" + Visible.of(feature.column) + "\"";
    for (int before = 0; before < i; before++) {
      if (features.get(before).name.equals(feature.name)) {
        to.conflict(
            key + ".name",
            "features." + before + ".name",
            "two features have the name \"" + Visible.of(feature.name) + "\"",
            "rename one of them");
      }
    }
    if (format == Format.CONLL && feature.number().isEmpty()) {
      to.conflict(
          key + ".column",
          "format",
          "the column is " + column + ", but conll has numbers for names",
          "write 1 for the first column, -1 for the last");
    }
    if (format == Format.CONLLU && ConlluColumn.named(feature.column).isEmpty()) {
      to.conflict(
          key + ".column",
          "format",
          "the column is " + column + ", expected one of " + ConlluColumn.NAMES,
          ConlluColumn.nearest(feature.column));
    }
    if (tagColumn().equals(Optional.of(feature.column))) {
      to.conflict(
          key + ".column",
          switch (format) {
            case CSV -> "csv.tags";
            case CONLL -> "conll.tag";
            default -> "conllu.column";
          },
          "the column " + column + " holds the tags, which would be shown to the network",
          "name another column");
    }
  }

  private Optional<String> tagColumn() {
    return switch (format) {
      case CSV -> csv.tags;
      case CONLL -> Optional.of(String.valueOf(conll.tag));
      case CONLLU -> Optional.of(conllu.column);
      default -> Optional.empty();
    };
  }

  /** The same with other CSV columns. */
  public DataConfig withCsv(CsvLayout other) {
    return with(train, dev, test, other, features);
  }

  /** The same with other features. */
  public DataConfig withFeatures(List<FeatureColumn> others) {
    return with(train, dev, test, csv, others);
  }

  /** The same with other files. */
  public DataConfig withPaths(Path otherTrain, Optional<Path> otherDev, Optional<Path> otherTest) {
    return with(otherTrain, otherDev, otherTest, csv, features);
  }

  private DataConfig with(
      Path newTrain,
      Optional<Path> newDev,
      Optional<Path> newTest,
      CsvLayout newCsv,
      List<FeatureColumn> newFeatures) {
    return new DataConfig(
        format,
        newTrain,
        newDev,
        holdOut,
        newTest,
        scheme,
        repair,
        overlap,
        newCsv,
        conll,
        conllu,
        jsonl,
        text,
        pairs,
        newFeatures,
        intentSeparator);
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
    TEXT;

    /** Whether a token can have more columns than its text and its tag. */
    public boolean hasColumns() {
      return this == CSV || this == CONLL || this == CONLLU;
    }

    /**
     * The format that a path tells: that of a file by the ending of its name, triples for a folder that holds files of them.
     *
     * @return nothing when the path does not tell it
     */
    public static Optional<Format> of(Path path) {
      if (Files.isDirectory(path))
        return TripleSentences.isIn(path) ? Optional.of(TRIPLES) : Optional.empty();
      String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
      return switch (name.substring(name.lastIndexOf('.') + 1)) {
        case "csv", "tsv" -> Optional.of(CSV);
        case "conllu" -> Optional.of(CONLLU);
        case "jsonl", "ndjson" -> Optional.of(JSONL);
        case "conll", "bio", "iob", "iob2", "bioes", "bmes" -> Optional.of(CONLL);
        default -> Optional.empty();
      };
    }

    /** Its name in a config. */
    public String inConfig() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A column that says something of each token: its value is a category, not a number.
   *
   * @param name what the feature is called
   * @param column where it stands
   */
  public record FeatureColumn(
      @Setting("What the feature is called.") String name,
      @Setting(
              value =
                  "Its column. conll: a number, 1 for the first, -1 for the last. csv: a name of the header; the cell holds "
                      + "a value per token, blank-separated in a sentence per row. conllu: form, lemma, upos, xpos, feats, deprel, "
                      + "or feats:NAME for one feature (_ where it is absent).",
              orNumber = true)
          String column) {

    /** Checks that neither is blank. */
    public FeatureColumn {
      if (name.isBlank()) throw new IllegalArgumentException("name is blank, expected a name");
      if (column.isBlank())
        throw new IllegalArgumentException("column is blank, expected a column");
    }

    /** What messages call it. */
    String title() {
      return "feature " + Visible.of(name);
    }

    /** What is said when a file of some format cannot have its column. */
    SluiceException noSuchColumn(String source, String expected, String fix) {
      return SluiceException.usage(
          Codes.LAYOUT,
          Location.of(source),
          title() + " is in column \"" + Visible.of(column) + "\", expected " + expected,
          fix);
    }

    /** The column as a number other than 0, or nothing when it is none. */
    OptionalInt number() {
      return number(column);
    }

    /** The same of any column. */
    static OptionalInt number(String column) {
      boolean number = column.matches("[-+]?[1-9][0-9]{0,8}");
      return number ? OptionalInt.of(Integer.parseInt(column)) : OptionalInt.empty();
    }
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

  /**
   * Plain text for a language model. Line ends become \n; lines of blanks alone count as empty.
   *
   * @param unit what a symbol is
   * @param document what a document is: it has a begin and an end, and nothing is carried from one to the next
   * @param split shares of train that are train, dev and test
   */
  public record TextLayout(
      @Setting(
              value =
                  "What a symbol is: a character (a Unicode code point) or a word (a token of the text section).",
              byDefault = "character")
          Unit unit,
      @Setting(
              value =
                  "What a document is: each line, what stands between blank lines, or the whole file.",
              byDefault = "line")
          DocumentBorder document,
      @Setting(
              value =
                  "Cuts train into parts by its characters: percentages of train, dev and test, in this order of the file. A line or paragraph belongs to the part in which it begins.",
              byDefault = "[]",
              min = 1,
              max = 99)
          List<Integer> split) {

    /** Copies the list. */
    public TextLayout {
      split = List.copyOf(split);
    }

    /** The defaults. */
    public TextLayout() {
      this(Unit.CHARACTER, DocumentBorder.LINE, List.of());
    }

    /** What a symbol is. */
    public enum Unit {
      /** A Unicode code point. */
      CHARACTER,
      /** A token. */
      WORD
    }

    /** What a document is. */
    public enum DocumentBorder {
      /** Each line. */
      LINE,
      /** What stands between blank lines. */
      BLANK_LINE,
      /** The whole file. */
      FILE
    }
  }

  /**
   * The columns of pairs, a pair per row.
   *
   * @param source what is read
   * @param target what is written
   */
  public record PairLayout(
      @Setting("What is read.") Side source, @Setting("What is written.") Side target) {}

  /**
   * A side of a pair.
   *
   * @param column its column
   * @param unit what its symbols are
   */
  public record Side(
      @Setting("Its column.") String column,
      @Setting(
              value =
                  "What it is cut into: words (tokens of the text section) or characters (Unicode code points, blanks among them).",
              byDefault = "word")
          TextLayout.Unit unit) {}

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
