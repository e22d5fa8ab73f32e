package dev.sluice.text;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import opennlp.tools.tokenize.SimpleTokenizer;
import opennlp.tools.tokenize.WhitespaceTokenizer;

/**
 * The table of tokenizers by name:
 *
 * <pre>
 *   whitespace                what stands between blanks (OpenNLP)
 *   simple                    runs of letters, of digits, and of one same other character (OpenNLP)
 *   opennlp:en                OpenNLP's trained tokenizer of a language, from the class path
 *   path/to/model.bin         a trained tokenizer in a file
 *   character                 each character as a reader sees it
 *   break-iterator[:th]       the JDK's word boundaries, of a language or of none
 * </pre>
 *
 * Whatever the tokenizer, a token has a visible character, begins and ends with no blank, and never with half a character: no cut
 * goes through a surrogate pair, a letter with combining marks, or an emoji sequence.
 */
public final class Tokenizers {
  private static final String OPENNLP = "opennlp:";
  private static final String FILE = ".bin";
  private static final String BREAK_ITERATOR = "break-iterator";

  private Tokenizers() {}

  /** A tokenizer by name; a path is relative to the working directory. */
  public static Tokenizer of(String name) {
    return of(name, Path.of(""), Location.of("text.tokenizer"));
  }

  /**
   * A tokenizer by name.
   *
   * @param name one of the table above
   * @param base the folder to which a relative path refers
   * @param where what to blame when the name is wrong
   * @throws SluiceException TOK-001 to TOK-009: no such tokenizer, or its model is missing, damaged or of another kind
   */
  public static Tokenizer of(String name, Path base, Location where) {
    return load(name, base, where).tokenizer();
  }

  /** A tokenizer with what has to be kept to make it again elsewhere. */
  record Loaded(Tokenizer tokenizer, Optional<byte[]> model) {}

  /** A tokenizer by name, its model from the class path or the file system. */
  static Loaded load(String name, Path base, Location where) {
    if (!needsModel(name)) return new Loaded(withoutModel(name, where), Optional.empty());
    if (name.startsWith(OPENNLP)) {
      String language = name.substring(OPENNLP.length());
      byte[] model = OpenNlpModels.read(language, where);
      return withModel(model, Location.of(OpenNlpModels.resource(language)));
    }
    try {
      Path file = base.resolve(name);
      return withModel(OpenNlpModelFile.read(file), Location.of(file.toString()));
    } catch (InvalidPathException e) {
      throw unknown(name, where);
    }
  }

  /** Whether a tokenizer of this name is nothing without the bytes of a model. */
  static boolean needsModel(String name) {
    return name.startsWith(OPENNLP) || isPath(name);
  }

  /** Whether a tokenizer's name is the path of an OpenNLP model. */
  public static boolean isPath(String name) {
    return name.endsWith(FILE);
  }

  /** The tokenizer in the bytes of a model. */
  static Loaded withModel(byte[] model, Location where) {
    Tokenizer tokenizer = new OpenNlpModelTokenizer(OpenNlpModelFile.parse(model, where));
    return new Loaded(tokenizer, Optional.of(model));
  }

  /** A tokenizer that its name describes completely. */
  static Tokenizer withoutModel(String name, Location where) {
    return switch (name) {
      case "whitespace" -> new OpenNlpRuleTokenizer(WhitespaceTokenizer.INSTANCE);
      case "simple" -> new OpenNlpRuleTokenizer(SimpleTokenizer.INSTANCE);
      case "character" -> new CharacterTokenizer();
      case BREAK_ITERATOR -> new BreakIteratorTokenizer(Locale.ROOT);
      default -> {
        if (!name.startsWith(BREAK_ITERATOR + ":")) throw unknown(name, where);
        yield new BreakIteratorTokenizer(
            language(name.substring(BREAK_ITERATOR.length() + 1), where));
      }
    };
  }

  private static Locale language(String tag, Location where) {
    try {
      Locale language = new Locale.Builder().setLanguageTag(tag).build();
      if (Arrays.asList(Locale.getISOLanguages()).contains(language.getLanguage())) return language;
    } catch (IllformedLocaleException e) {
      // the same complaint as for a well-formed tag of no language
    }
    throw SluiceException.usage(
        "TOK-009",
        where,
        "break-iterator has the language " + Characters.quoted(tag) + ", expected a language code",
        "e.g. break-iterator:th, or break-iterator alone");
  }

  private static SluiceException unknown(String name, Location where) {
    return SluiceException.usage(
        "TOK-001",
        where,
        Characters.quoted(name) + " is not the name of a tokenizer",
        "use whitespace, simple, opennlp:LANGUAGE, a path ending in .bin, character, break-iterator or break-iterator:LANGUAGE");
  }
}
