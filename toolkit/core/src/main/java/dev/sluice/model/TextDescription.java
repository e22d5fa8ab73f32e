package dev.sluice.model;

import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.text.Tokenizers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** How text becomes tokens, as metadata of a model file and, for a trained tokenizer, its bytes. */
final class TextDescription {
  private static final String MODEL = "tokenizer.model";

  /** A tokenizer that came from a path is known by its bytes, not by where they stood. */
  private static final String EMBEDDED = "tokenizer.bin";

  private TextDescription() {}

  static void put(SortedMap<String, String> m, TextPipeline text) {
    TextConfig t = text.config();
    boolean embedded = text.modelBytes().isPresent() && Tokenizers.isPath(t.tokenizer());
    m.put("text.tokenizer", embedded ? EMBEDDED : t.tokenizer());
    m.put("text.punctuation", Attributes.name(t.punctuation()));
    m.put("text.normalize", normalization(t));
    text.modelSha256().ifPresent(h -> m.put("tokenizer.sha256", h));
  }

  static Map<String, byte[]> tensors(TextPipeline text) {
    return text.modelBytes().map(bytes -> Map.of(MODEL, bytes)).orElse(Map.of());
  }

  static TextPipeline read(TensorFile file) {
    TextConfig config =
        new TextConfig(
            file.require("text.tokenizer"),
            Attributes.choice(
                file,
                "text.punctuation",
                file.require("text.punctuation"),
                TextConfig.Punctuation.class),
            normalization(file, "text.normalize", file.require("text.normalize")));
    Optional<byte[]> tokenizer = Optional.ofNullable(file.tensors().get(MODEL)).map(Tensor::bytes);
    Optional<String> sha256 = Optional.ofNullable(file.metadata().get("tokenizer.sha256"));
    return TextPipeline.restore(config, tokenizer, sha256, file.source());
  }

  /** The steps of normalisation, separated by commas. */
  static String normalization(TextConfig text) {
    return String.join(",", text.normalize().stream().map(Attributes::name).toList());
  }

  /** Reads what {@link #normalization(TextConfig)} wrote. */
  static List<TextConfig.Normalization> normalization(TensorFile file, String key, String value) {
    if (value.isEmpty()) return List.of();
    return Arrays.stream(value.split(",", -1))
        .map(step -> Attributes.choice(file, key, step, TextConfig.Normalization.class))
        .toList();
  }
}
