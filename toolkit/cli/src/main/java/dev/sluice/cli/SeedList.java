package dev.sluice.cli;

import dev.sluice.config.SluiceException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seeds as they are named on the command line: {@code 3}, {@code 1,2,7}, {@code 1..5}, or a mixture. */
final class SeedList {
  private static final int MOST = 1000;
  private static final long LARGEST = (1L << 53) - 1; // as training.seed
  private static final Pattern PART = Pattern.compile("([0-9]{1,16})(?:\\.\\.([0-9]{1,16}))?");

  private SeedList() {}

  /**
   * The seeds in the order in which they are named.
   *
   * @throws SluiceException CLI-003 when it is no list of seeds, names a seed twice or too many
   */
  static List<Long> parse(String text) {
    LinkedHashSet<Long> seeds = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher m = PART.matcher(part.strip());
      if (!m.matches()) throw wrong(text, "\"" + part + "\" is no seed");
      long from = Long.parseLong(m.group(1));
      long to = m.group(2) == null ? from : Long.parseLong(m.group(2));
      if (to > LARGEST || from > LARGEST) throw wrong(text, "a seed is at most " + LARGEST);
      if (to < from) throw wrong(text, part.strip() + " goes downwards");
      if (to - from >= MOST - seeds.size()) throw wrong(text, "these are more than " + MOST);
      for (long seed = from; seed <= to; seed++)
        if (!seeds.add(seed)) throw wrong(text, "seed " + seed + " is named twice");
    }
    return new ArrayList<>(seeds);
  }

  private static SluiceException wrong(String text, String what) {
    return Failures.usage(
        "CLI-003",
        "--seeds is \"" + text + "\", but " + what,
        "give whole numbers from 0, as in --seeds 1..5, --seeds 1,2,7 or --seeds 3");
  }
}
