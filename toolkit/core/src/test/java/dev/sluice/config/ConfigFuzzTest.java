package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in a config, the answer is a record or a SluiceException, and a record survives being written and read. */
class ConfigFuzzTest {
  private static final String[] PIECES = {
    "\n",
    "\t",
    " ",
    ":",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!x ",
    "<<: ",
    "---\n",
    "...\n",
    "|\n",
    ">\n",
    "? ",
    "'",
    "\"",
    "\\",
    "#",
    "%",
    "@",
    "`",
    "${",
    "${A}",
    "${A:-b}",
    "$$",
    "null",
    "~",
    "true",
    "3",
    "-1",
    "1e9",
    ".inf",
    "\u0000",
    "\u0007",
    "\u0085",
    "\u2028",
    "\ufeff",
    "\ud83d\ude00",
    "type: ",
    "word",
    "extends: x\n",
    ",",
    "\r",
    "\r\n",
    "\"\\ud800\""
  };
  private static final String GOOD =
      Sample.SMALLEST
          + "hidden: [3, 4]\nlabels: [a, \"b: c\"]\ninputs:\n  - type: word\n    dimension: 3\n"
          + "training:\n  epochs: 3\n  seed: 1\n  optimizer: {type: sgd, rate: 0.5}\n";

  @Test
  void mutatedConfigsAreReadOrRefusedButNeverCrash() {
    long seed = Long.getLong("test.seed", 20261121L);
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      for (int n = 1 + random.nextInt(4); n > 0; n--) mutate(text, random);
      check(text.toString(), "-Dtest.seed=" + seed + " round " + i);
    }
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(12));
    switch (random.nextInt(4)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, text.substring(at, end));
      default -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
    }
  }

  private static void check(String text, String round) {
    try {
      Loaded<Sample> loaded = Configs.parse(text, "fuzz", Sample.class);
      String yaml = Configs.toYaml(loaded.value());
      assertEquals(loaded.flat(), Configs.parse(yaml, "again", Sample.class).flat(), round);
    } catch (SluiceException e) {
      for (Problem problem : e.problems()) {
        if (problem.toString().lines().count() != 1) fail(round + ": " + problem);
      }
    } catch (RuntimeException e) {
      fail(round + ":\n" + text, e);
    }
  }
}
