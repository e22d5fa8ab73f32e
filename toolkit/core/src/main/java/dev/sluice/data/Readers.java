package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The one place where the name of a format becomes a reader. */
public final class Readers {
  private Readers() {}

  /**
   * Opens a file, or a folder for triples, with its tags.
   *
   * @param tokenizer splits raw text, where the format holds any
   * @throws SluiceException when the file is not there or its settings do not fit; its content is checked while reading
   */
  public static SentenceReader open(Path path, DataConfig config, Tokenizer tokenizer)
      throws IOException {
    return open(path, config, tokenizer, true, Inputs::open);
  }

  /**
   * The same, with the fingerprint of what is read.
   *
   * @param fingerprint is complete when the reader has come to the end
   */
  public static SentenceReader open(
      Path path, DataConfig config, Tokenizer tokenizer, Fingerprint fingerprint)
      throws IOException {
    return open(path, config, tokenizer, true, fingerprint::open);
  }

  /** The same for data that a model is scored on: a span that the tokenizer makes impossible to find is no mistake, but {@link Sentence#unreachable}. */
  public static SentenceReader openForScoring(Path path, DataConfig config, Tokenizer tokenizer)
      throws IOException {
    return open(path, config, tokenizer, true, true, Inputs::open);
  }

  /** The same, with the fingerprint of what is read. */
  public static SentenceReader openForScoring(
      Path path, DataConfig config, Tokenizer tokenizer, Fingerprint fingerprint)
      throws IOException {
    return open(path, config, tokenizer, true, true, fingerprint::open);
  }

  /**
   * Opens a file or folder to be tagged: tags in it are not asked for and not read, features are, and an entry without any token stays, as a
   * sentence without tokens.
   */
  public static SentenceReader openWithoutTags(Path path, DataConfig config, Tokenizer tokenizer)
      throws IOException {
    return open(path, config, tokenizer, false, Inputs::open);
  }

  /**
   * The same for a stream, such as the standard input; triples need a folder and are refused.
   *
   * @param name what messages call it
   */
  public static SentenceReader openWithoutTags(
      String name, InputStream in, DataConfig config, Tokenizer tokenizer) throws IOException {
    if (config.format() == Format.TRIPLES) {
      throw SluiceException.usage(
          Codes.LAYOUT, Location.of(name), "triples are a folder, not a stream", "name the folder");
    }
    checkFeatures(config, name);
    return input(new Utf8Input(name, in), config, tokenizer, false, false);
  }

  /** A text per line. A line without tokens stays, as a sentence without tokens, so that results can keep the lines of the input. */
  public static SentenceReader openText(Path file, Tokenizer tokenizer) throws IOException {
    return new TextSentences(Inputs.open(file), tokenizer);
  }

  /** The same for a stream, such as the standard input. */
  public static SentenceReader openText(String name, InputStream in, Tokenizer tokenizer) {
    return new TextSentences(new Utf8Input(name, in), tokenizer);
  }

  static SentenceReader open(
      Path path, DataConfig config, Tokenizer tokenizer, boolean withTags, Inputs.Opener opener)
      throws IOException {
    return open(path, config, tokenizer, withTags, false, opener);
  }

  private static SentenceReader open(
      Path path,
      DataConfig config,
      Tokenizer tokenizer,
      boolean withTags,
      boolean lenient,
      Inputs.Opener opener)
      throws IOException {
    checkFeatures(config, path);
    if (config.format() == Format.TRIPLES) return new TripleSentences(path, withTags, opener);
    return input(opener.open(path), config, tokenizer, withTags, lenient);
  }

  /** What a config file cannot say, a config made in Java can. */
  private static void checkFeatures(DataConfig config, Object source) {
    if (config.features().isEmpty() || config.format().hasColumns()) return;
    throw SluiceException.usage(
        Codes.LAYOUT,
        Location.of(source.toString()),
        "data.features are columns, but format " + config.format().inConfig() + " has none",
        "give the data as csv, conll or conllu");
  }

  private static SentenceReader input(
      Utf8Input in, DataConfig config, Tokenizer tokenizer, boolean withTags, boolean lenient)
      throws IOException {
    try {
      return switch (config.format()) {
        case CSV ->
            new CsvSentences(in, config.csv(), config.features(), tokenizer, withTags, row -> {});
        case CONLL -> new ConllSentences(in, config.conll(), config.features(), withTags);
        case CONLLU -> new ConlluSentences(in, config.conllu(), config.features(), withTags);
        case JSONL -> new JsonSentences(in, config.jsonl(), tokenizer, withTags, lenient);
        case TEXT -> new TextSentences(in, tokenizer);
        case TRIPLES -> throw new IllegalArgumentException("triples are a folder");
      };
    } catch (RuntimeException | IOException e) {
      in.close();
      throw e;
    }
  }
}
