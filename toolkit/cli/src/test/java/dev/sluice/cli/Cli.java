package dev.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs commands in this process, on a tiny corpus of our own. */
final class Cli {
  /** What a command left behind. */
  record Outcome(int code, String out, String err) {}

  private Cli() {}

  static Outcome run(String... arguments) {
    return runWith("", arguments);
  }

  static Outcome runWith(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = run(console(input, out, err), arguments);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static int run(Console console, String... arguments) {
    int code = Sluice.run(console, arguments);
    console.out().flush();
    console.err().flush();
    return code;
  }

  static Console console(String input, OutputStream out, OutputStream err) {
    return new Console(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        out,
        Console.printer(out),
        Console.printer(err),
        false,
        false,
        Map.of());
  }

  private static final String[] PLACES = {"oslo", "rome", "bern", "lima", "cairo", "turin"};

  /** Sentences of the pattern "a flight from X to Y"; some say "train". */
  private static String rows(int from, int to) {
    StringBuilder csv = new StringBuilder("tokens,tags,intent\n");
    for (int i = from; i < to; i++) {
      String a = PLACES[i % 6],
          b = PLACES[(i / 6 + i + 1) % 6],
          kind = i % 3 == 0 ? "train" : "flight";
      csv.append("a " + kind + " number " + i + " from " + a + " to " + b);
      csv.append(",O O O O O B-from O B-to," + kind + "\n");
    }
    return csv.toString();
  }

  /** Writes a corpus and a config into a folder and returns the config. */
  static Path corpus(Path folder, String task, String more) throws IOException {
    Files.writeString(folder.resolve("train.csv"), rows(0, 60));
    Files.writeString(folder.resolve("dev.csv"), rows(60, 72));
    Files.writeString(folder.resolve("test.csv"), rows(72, 84));
    String config =
        """
        task: %s
        data: {format: csv, train: train.csv, dev: dev.csv, test: test.csv, csv: {tokens: tokens, tags: tags, intent: intent}}
        text: {normalize: [lowercase, digits]}
        inputs: [{type: word, dimension: 8}]
        encoder: {hidden: 8}
        training: {optimizer: {type: adam, rate: 0.02}, epochs: 8, batch: 8, seed: 1, threads: 2}
        show: [a flight from lima to rome]
        %s
        """
            .formatted(task, more);
    return Files.writeString(folder.resolve("tiny.yaml"), config);
  }

  /** The megabytes that an output tells between two pieces of text, which are regular expressions. */
  static long megabytes(Outcome outcome, String before, String after) {
    Matcher found = Pattern.compile(before + "([\\d,]+) MB" + after).matcher(outcome.out());
    if (!found.find()) throw new AssertionError(outcome.out() + outcome.err());
    return Long.parseLong(found.group(1).replace(",", ""));
  }
}
