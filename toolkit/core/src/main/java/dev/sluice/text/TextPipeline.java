package dev.sluice.text;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.text.TextConfig.Punctuation;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * From raw text to tokens and to the forms that are looked up. Immutable and safe for many threads. It travels in a model as its config
 * and, when OpenNLP's trained tokenizer is used, the bytes of that tokenizer's model: {@link #restore} makes the same pipeline of the
 * two without touching any file.
 */
public final class TextPipeline {
  private final TextConfig config;
  private final Tokenizer tokenizer;
  private final Optional<byte[]> model;
  private final TokenNormalizer normalizer;

  private TextPipeline(TextConfig config, Tokenizers.Loaded loaded) {
    this.config = config;
    this.tokenizer = loaded.tokenizer();
    this.model = loaded.model();
    this.normalizer = new TokenNormalizer(config.normalize());
  }

  /** The pipeline a config describes; a path in it is relative to the working directory. */
  public static TextPipeline of(TextConfig config) {
    return of(config, Path.of(""), Location.of("text.tokenizer"));
  }

  /**
   * The pipeline a config describes.
   *
   * @param base the folder to which a relative path to a tokenizer model refers
   * @param where the place of the tokenizer's name, for messages
   * @throws SluiceException as {@link Tokenizers#of(String, Path, Location)}
   */
  public static TextPipeline of(TextConfig config, Path base, Location where) {
    return new TextPipeline(config, Tokenizers.load(config.tokenizer(), base, where));
  }

  /**
   * The pipeline that was stored in a model.
   *
   * @param config what {@link #config} gave
   * @param model what {@link #modelBytes} gave
   * @param sha256 what {@link #modelSha256} gave
   * @param where the part of the model file, for messages
   * @throws SluiceException MOD-111 when a tokenizer model is missing or not asked for, MOD-112 when it is not the one that was stored,
   *     TOK-005 to TOK-008 when it cannot be used
   */
  public static TextPipeline restore(
      TextConfig config, Optional<byte[]> model, Optional<String> sha256, Location where) {
    boolean needed = Tokenizers.needsModel(config.tokenizer());
    if (needed != model.isPresent() || needed != sha256.isPresent()) {
      throw SluiceException.corrupt(
          "MOD-111",
          where,
          "the tokenizer "
              + Characters.quoted(config.tokenizer())
              + (needed ? " needs its model and checksum" : " has no model or checksum")
              + ", found "
              + (model.isPresent() ? "a model" : "no model")
              + (sha256.isPresent() ? " and a checksum" : " and no checksum"),
          "get the model file again");
    }
    if (!needed) {
      Tokenizer tokenizer = Tokenizers.withoutModel(config.tokenizer(), where);
      return new TextPipeline(config, new Tokenizers.Loaded(tokenizer, model));
    }
    byte[] bytes = model.orElseThrow().clone();
    String found = sha256(bytes);
    if (!found.equals(sha256.orElseThrow())) {
      throw SluiceException.corrupt(
          "MOD-112",
          where,
          "the tokenizer model has the SHA-256 "
              + found
              + ", expected "
              + Characters.quoted(sha256.orElseThrow()),
          "get the model file again");
    }
    return new TextPipeline(config, Tokenizers.withModel(bytes, where));
  }

  /** The settings. */
  public TextConfig config() {
    return config;
  }

  /** The tokenizer's name, as the config gives it. */
  public String name() {
    return config.tokenizer();
  }

  /** The OpenNLP model of the tokenizer, when it has one; a copy. */
  public Optional<byte[]> modelBytes() {
    return model.map(byte[]::clone);
  }

  /** The SHA-256 of {@link #modelBytes}, 64 hexadecimal digits in lower case. */
  public Optional<String> modelSha256() {
    return model.map(TextPipeline::sha256);
  }

  /** The tokens of a raw text, without those of punctuation alone if the config drops them; none for a text without any. */
  public List<Token> tokenize(String text) {
    List<Token> tokens = tokenizer.tokenize(text);
    if (config.punctuation() == Punctuation.KEEP) return tokens;
    return tokens.stream().filter(token -> Characters.anyLetterOrNumber(token.text())).toList();
  }

  /** The form of a token that is looked up in the vocabulary. */
  public String normalize(String token) {
    return normalizer.normalize(token);
  }

  /**
   * Refuses a pipeline other than the one a network was trained with.
   *
   * @param trained the pipeline of the training so far
   * @param where the place that asks for this one
   * @throws SluiceException TOK-010 naming what differs
   */
  public void requireSameAs(TextPipeline trained, Location where) {
    if (model.isEmpty() || trained.model.isEmpty()) { // two paths may lead to one model
      requireSame("tokenizer", name(), trained.name(), where);
    }
    requireSame("punctuation", config.punctuation(), trained.config.punctuation(), where);
    requireSame("normalize", config.normalize(), trained.config.normalize(), where);
    requireSame(
        "SHA-256", modelSha256().orElse("none"), trained.modelSha256().orElse("none"), where);
  }

  private static void requireSame(String what, Object here, Object trained, Location where) {
    if (Objects.equals(here, trained)) return;
    throw SluiceException.usage(
        "TOK-010",
        where,
        "the tokenizer differs from the one used in training: %s is %s, expected %s"
            .formatted(what, here, trained),
        "use the tokenizer of the training, or train anew");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
