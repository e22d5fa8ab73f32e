package dev.sluice.text;

import dev.sluice.config.Setting;
import java.util.List;

/**
 * The {@code text} section: how raw text becomes tokens and how tokens are normalised for look-up.
 *
 * @param tokenizer the tokenizer's name
 * @param punctuation what becomes of tokens without a letter or digit
 * @param normalize what is done to a token before it is looked up, in this order
 */
public record TextConfig(
    @Setting(
            value =
                "The tokenizer for raw text: whitespace, simple, opennlp:LANGUAGE, a path to an OpenNLP .bin file, "
                    + "character, or break-iterator (with an optional language, as in break-iterator:th).",
            byDefault = "whitespace")
        String tokenizer,
    @Setting(
            value =
                "Whether tokens of punctuation alone are kept or dropped when raw text is split.",
            byDefault = "keep")
        Punctuation punctuation,
    @Setting(
            value =
                "What is done to a token before it is looked up; offsets and output keep the original text.",
            byDefault = "[]")
        List<Normalization> normalize) {

  /** What becomes of tokens without a letter or digit. */
  public enum Punctuation {
    /** They stay. */
    KEEP,
    /** They are left out. */
    DROP
  }

  /** A step of normalisation. */
  public enum Normalization {
    /** Lower case, by the rules of no particular language. */
    LOWERCASE,
    /** Every decimal digit becomes 0. */
    DIGITS,
    /** Full-width and half-width forms become the ordinary ones. */
    WIDTH
  }

  /** Copies the list. */
  public TextConfig {
    normalize = List.copyOf(normalize);
  }
}
