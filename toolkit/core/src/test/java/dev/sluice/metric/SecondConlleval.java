package dev.sluice.metric;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of conlleval.pl by another way than the one under test: begins and ends of chunks are marked over the whole file first, by matching regular expressions against
 * two tags in a row, and right chunks are then looked for from each common begin on. For types of plain ASCII.
 */
final class SecondConlleval {
  private static final Pattern ENDS = Pattern.compile("[BI]>[BO]|E>[EIO]|[\\[\\]]>.*");
  private static final Pattern BEGINS = Pattern.compile("[BI]>B|O>[BIE]|E>[EI]|.*>[\\[\\]]");
  private static final Pattern LABEL = Pattern.compile("([^-]*)-?(.*)");

  private final List<String[]> gold = new ArrayList<>();
  private final List<String[]> found = new ArrayList<>();
  private int tokens;
  private int right;

  SecondConlleval() {
    border();
  }

  void add(List<String> goldTags, List<String> predictedTags) {
    for (int t = 0; t < goldTags.size(); t++) {
      gold.add(split(goldTags.get(t)));
      found.add(split(predictedTags.get(t)));
      tokens++;
      if (List.of(gold.get(gold.size() - 1)).equals(List.of(found.get(found.size() - 1)))) right++;
    }
    border();
  }

  private void border() {
    gold.add(split("O"));
    found.add(split("O"));
  }

  private static String[] split(String label) {
    Matcher m = LABEL.matcher(label);
    if (!m.matches()) throw new IllegalArgumentException(label);
    return new String[] {m.group(1), m.group(2).equals("0") ? "" : m.group(2)};
  }

  private static boolean begins(List<String[]> column, int i) {
    String[] before = column.get(i - 1), now = column.get(i);
    boolean other = !before[1].equals(now[1]) && !now[0].matches("[O.]");
    return other || BEGINS.matcher(before[0] + ">" + now[0]).matches();
  }

  private static boolean ends(List<String[]> column, int i) {
    String[] before = column.get(i - 1), now = column.get(i);
    boolean other = !before[1].equals(now[1]) && !before[0].matches("[O.]");
    return other || ENDS.matcher(before[0] + ">" + now[0]).matches();
  }

  private boolean bothBegin(int i) {
    return begins(gold, i) && begins(found, i) && gold.get(i)[1].equals(found.get(i)[1]);
  }

  /** The type of the right chunk that begins on both sides at i; null when there is none. */
  private String rightFrom(int i) {
    if (!bothBegin(i)) return null;
    for (int j = i + 1; j < gold.size(); j++) {
      String before = gold.get(j - 1)[1];
      boolean one = ends(gold, j), other = ends(found, j);
      if (one && other && before.equals(found.get(j - 1)[1])) return before;
      if (one != other || !gold.get(j)[1].equals(found.get(j)[1]) || bothBegin(j)) return null;
    }
    return gold.get(gold.size() - 1)[1];
  }

  @Override
  public String toString() {
    Map<String, int[]> types = new TreeMap<>(); // right, found, gold
    int[] all = new int[3];
    for (int i = 1; i < gold.size(); i++) {
      String hit = rightFrom(i);
      if (hit != null) count(types, all, hit, 0);
      if (begins(found, i)) count(types, all, found.get(i)[1], 1);
      if (begins(gold, i)) count(types, all, gold.get(i)[1], 2);
    }
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "processed %d tokens with %d phrases; found: %d phrases; correct: %d.\n",
            tokens,
            all[2],
            all[1],
            all[0]));
    if (tokens > 0)
      out.append("accuracy: " + two(100.0 * right / tokens) + "%; " + measures(all) + "\n");
    types.forEach(
        (type, n) -> {
          String line = String.format("%17s: ", type) + measures(n) + "  " + n[1] + "\n";
          out.append(line);
          if (type.isEmpty() && n[1] > 0 && n[2] > 0) out.append(line);
        });
    return out.toString();
  }

  private static void count(Map<String, int[]> types, int[] all, String type, int what) {
    types.computeIfAbsent(type, key -> new int[3])[what]++;
    all[what]++;
  }

  private static String measures(int[] n) {
    double p = n[1] == 0 ? 0 : 100.0 * n[0] / n[1], r = n[2] == 0 ? 0 : 100.0 * n[0] / n[2];
    double f = p + r == 0 ? 0 : 2 * p * r / (p + r);
    return "precision: " + two(p) + "%; recall: " + two(r) + "%; FB1: " + two(f);
  }

  /** Nearest hundredth of the exact value; what lies in the middle goes to the even one. */
  private static String two(double percent) {
    long hundredths = (long) Math.floor(percent * 100);
    var exact = new BigDecimal(percent).movePointRight(2);
    while (exact.compareTo(BigDecimal.valueOf(hundredths + 1)) >= 0) hundredths++;
    while (exact.compareTo(BigDecimal.valueOf(hundredths)) < 0) hundredths--;
    int half = exact.subtract(BigDecimal.valueOf(hundredths)).compareTo(BigDecimal.valueOf(0.5));
    if (half > 0 || half == 0 && hundredths % 2 == 1) hundredths++;
    return String.format(Locale.ROOT, "%3d.%02d", hundredths / 100, hundredths % 100);
  }
}
