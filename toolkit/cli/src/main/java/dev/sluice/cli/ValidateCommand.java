package dev.sluice.cli;

import dev.sluice.data.DataConfig;
import dev.sluice.eval.TagCheck;
import dev.sluice.label.Violation;
import dev.sluice.metric.Printable;
import dev.sluice.metric.TextLines;
import dev.sluice.metric.TextTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice validate}. */
@Command(
    name = "validate",
    description = {
      "Lists every move from tag to tag that the scheme of a file does not allow, with its place.",
      "Exits with 1 when there is any, or a label that the scheme does not have."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The format is told by the name of the file as for score. The scheme is found in the file unless",
      "--scheme names it; name it where a file may be full of mistakes, which can make it look like one of",
      "another scheme.",
      "",
      "Examples:",
      "  sluice validate train.conll --scheme bio",
      "  sluice validate annotated.csv --tokens words --tags labels",
      "  sluice validate chunks.txt --format conll --layout conll.tag=3"
    })
final class ValidateCommand implements Callable<Integer> {
  private static final int FOUND = 1;

  private final Console console;

  @Mixin private TagFile file;

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DataConfig config = file.config();
    TagCheck check = TagCheck.of(file.path(), config, file.tokenizer(), finding -> print(finding));
    if (!check.isClean()) console.out().println();
    console.line(
        TextLines.wrap("scheme: ", check.scheme().scheme() + ", " + check.scheme().reason()));
    console.line(
        TextLines.wrap(
            file.path() + ": ",
            Words.count(check.sentences(), "sentence")
                + " with "
                + Words.count(check.tags(), "tag")
                + (check.isClean()
                    ? ", no illegal move"
                    : ", mistakes in "
                        + Words.number(check.illegalSentences())
                        + " of the sentences")));
    if (!check.isClean()) console.out().print(table(check));
    console.out().flush();
    return check.isClean() ? 0 : FOUND;
  }

  private void print(TagCheck.Finding finding) {
    String what = OptionNames.ofTags(finding.what());
    console.out().println(Printable.of(finding.where() + ": " + what));
  }

  private static TextTable table(TagCheck check) {
    TextTable table = new TextTable("illegal move", "count");
    for (Violation.Kind kind : Violation.Kind.values()) {
      long count = check.moves().getOrDefault(kind, 0L);
      if (count > 0) table.row(kind.about(), Words.number(count));
    }
    table.rule();
    table.row("all", Words.number(check.illegalMoves()));
    if (check.unreadable() > 0)
      table.row("sentences with a label of another scheme", Words.number(check.unreadable()));
    return table;
  }
}
