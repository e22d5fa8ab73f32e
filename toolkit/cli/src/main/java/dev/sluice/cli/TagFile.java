package dev.sluice.cli;

import dev.sluice.data.DataConfig;
import dev.sluice.data.TagRewriter;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file whose tags a command is about, and how they are written down in it. */
final class TagFile {
  @Parameters(arity = "1", paramLabel = "FILE", description = "The file with the tags.")
  private Path file;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description = "What splits raw text, where the format holds any; whitespace when left out.")
  private String tokenizer = "whitespace";

  @Mixin private LayoutOptions layout;

  /** The file. */
  Path path() {
    return file;
  }

  /** Its format, told by its name where it is not said, with its layout and scheme. */
  DataConfig config() {
    return layout.over(DataOptions.defaults(layout.format(file)));
  }

  /**
   * The same of a file whose tags are to be rewritten.
   *
   * @throws dev.sluice.config.SluiceException CLI-024 when the format does not allow it
   */
  DataConfig rewritable() {
    DataConfig config = config();
    if (TagRewriter.canRewrite(config.format())) return config;
    throw Failures.usage(
        "CLI-024",
        "tags of format " + config.format().inConfig() + " cannot be rewritten in their place",
        "give CoNLL columns or CSV, or say which it is with --format");
  }

  /** What splits raw text. */
  Tokenizer tokenizer() {
    return TextPipeline.of(new TextConfig(tokenizer, TextConfig.Punctuation.KEEP, List.of()))
        ::tokenize;
  }
}
