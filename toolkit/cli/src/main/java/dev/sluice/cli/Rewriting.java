package dev.sluice.cli;

import dev.sluice.eval.TagConversion;
import dev.sluice.label.Repair;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A file of tags that is written once more: what {@code convert} and {@code repair} have in common. */
final class Rewriting {
  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; one that is there is replaced.")
  private Path output;

  @Mixin private TagFile file;

  /**
   * Writes it and says what was done.
   *
   * @param target the scheme of the new tags; empty for that of the old ones
   * @param repair what is done with illegal sequences of tags
   */
  void write(Optional<TagScheme> target, Repair repair, Console console) {
    TagConversion conversion =
        new TagConversion(file.path(), file.rewritable(), file.tokenizer(), repair);
    TagConversion.Outcome done = conversion.write(target, output);
    console.line(
        TextLines.wrap("scheme of the tags: ", done.from().scheme() + ", " + done.from().reason()));
    String text =
        Words.count(done.sentences(), "sentence")
            + " in "
            + done.to()
            + ", "
            + Words.number(done.changed())
            + " of "
            + Words.count(done.tags(), "tag")
            + " changed, "
            + repaired(done);
    console.line(TextLines.wrap(output + ": ", text));
  }

  private static String repaired(TagConversion.Outcome done) {
    long moves = done.repaired().values().stream().mapToLong(Long::longValue).sum();
    if (moves == 0) return "no illegal move found";
    List<String> parts = new ArrayList<>();
    done.repaired().forEach((kind, n) -> parts.add(kind.about() + " " + Words.number(n)));
    return Words.count(moves, "illegal move") + " repaired (" + String.join(", ", parts) + ")";
  }
}
