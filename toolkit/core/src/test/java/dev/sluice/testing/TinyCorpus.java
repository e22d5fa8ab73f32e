package dev.sluice.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A small corpus of made-up travel sentences with slots and intents, written to a folder together with a config that trains on it. */
public final class TinyCorpus {
  private static final String[] CITIES = {
    "Oslo", "Rome", "Lima", "Cairo", "Perth", "Quito", "New Delhi", "Porto Alegre"
  };
  private static final String[] DAYS = {"today", "tomorrow", "monday", "next week"};

  private TinyCorpus() {}

  /**
   * Writes train.csv, dev.csv, test.csv and config.yaml.
   *
   * @param settings further lines of YAML, such as {@code encoder: {cell: gru}}
   * @return the config
   */
  public static Path write(Path folder, String task, String... settings) throws IOException {
    Files.createDirectories(folder);
    split(folder.resolve("train.csv"), 120, 1);
    split(folder.resolve("dev.csv"), 30, 2);
    split(folder.resolve("test.csv"), 30, 3);
    String yaml =
        "task: "
            + task
            + "\n"
            + "data:\n  format: csv\n  train: train.csv\n  dev: dev.csv\n  test: test.csv\n"
            + "  csv: {tokens: tokens, tags: tags, intent: intent}\n  overlap: ignore\n"
            + String.join("\n", settings)
            + "\n";
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, yaml);
    return config;
  }

  private static void split(Path file, int sentences, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder("tokens,tags,intent\n");
    for (int n = 0; n < sentences; n++) {
      StringBuilder tokens = new StringBuilder();
      StringBuilder tags = new StringBuilder();
      boolean flight = random.nextBoolean();
      add(tokens, tags, flight ? "a flight" : "how warm is it", "O", "O");
      if (flight) {
        add(tokens, tags, "from", "O", "O");
        add(tokens, tags, CITIES[random.nextInt(CITIES.length)], "B-from", "I-from");
        add(tokens, tags, "to", "O", "O");
        add(tokens, tags, CITIES[random.nextInt(CITIES.length)], "B-to", "I-to");
      } else {
        add(tokens, tags, "in", "O", "O");
        add(tokens, tags, CITIES[random.nextInt(CITIES.length)], "B-city", "I-city");
      }
      if (random.nextInt(3) > 0)
        add(tokens, tags, DAYS[random.nextInt(DAYS.length)], "B-date", "I-date");
      csv.append(tokens)
          .append(',')
          .append(tags)
          .append(',')
          .append(flight ? "flight" : "weather")
          .append('\n');
    }
    Files.write(file, csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void add(
      StringBuilder tokens, StringBuilder tags, String words, String first, String rest) {
    String tag = first;
    for (String word : words.split(" ")) {
      if (!tokens.isEmpty()) {
        tokens.append(' ');
        tags.append(' ');
      }
      tokens.append(word);
      tags.append(tag);
      tag = rest;
    }
  }
}
