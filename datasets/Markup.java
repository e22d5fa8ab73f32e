import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns a corpus marked up by hand into the CSV files of its three splits, which are written beside it.
 *
 * <pre>
 *   java datasets/Markup.java tags datasets/pos/source.txt         a sentence per line: The/DET lamp/NOUN fell/VERB ./PUNCT
 *   java datasets/Markup.java slots datasets/zh-home/source.txt    an utterance per line: 打开[厨房](room)的[灯](device)
 * </pre>
 *
 * Empty lines and lines that begin with "# " say nothing; "= name" gives the intent of the lines below it. In slots, every character
 * but blanks is a token. Of each 18 sentences in a row, the 5th and 14th go to dev, the 2nd, 8th and 17th to test, the others to train.
 */
final class Markup {
  private static final Set<String> UPOS =
      Set.of(
          "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
          "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X");
  private static final List<String> SPLITS = List.of("train", "dev", "test");

  private final boolean slots;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, List<String>> rows = new TreeMap<>();
  private final Map<String, int[]> counts = new TreeMap<>(); // sentences, tokens, tags and intents by split
  private String intent = "";
  private int number;

  private Markup(boolean slots) {
    this.slots = slots;
    String header = slots ? "id,intent,tokens,tags" : "id,tokens,tags";
    for (String split : SPLITS) rows.put(split, new ArrayList<>(List.of(header)));
  }

  public static void main(String[] args) throws IOException {
    Path source = Path.of(args[1]);
    Markup markup = new Markup(args[0].equals("slots"));
    int line = 0;
    for (String text : Files.readAllLines(source)) {
      line++;
      try {
        markup.read(text.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(source + ":" + line + ": " + e.getMessage(), e);
      }
    }
    for (String split : SPLITS) {
      String lines = String.join("\n", markup.rows.get(split)) + "\n";
      Files.writeString(source.resolveSibling(split + ".csv"), lines);
    }
    System.out.println("what | train | dev | test");
    markup.counts.forEach((k, n) -> System.out.println(k + " | " + n[0] + " | " + n[1] + " | " + n[2]));
  }

  private void read(String line) {
    if (line.isEmpty() || line.startsWith("# ")) return;
    if (line.startsWith("= ")) {
      intent = line.substring(2);
      return;
    }
    List<String> tokens = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    if (slots) readSlots(line, tokens, tags);
    else readTags(line, tokens, tags);
    if (!seen.add(String.join(" ", tokens))) throw new IllegalArgumentException("stands here twice: " + line);

    int place = number++ % 18;
    int split = place == 4 || place == 13 ? 1 : place == 1 || place == 7 || place == 16 ? 2 : 0;
    String id = String.format("%s-%04d", slots ? "zh" : "pos", number);
    String start = slots ? id + "," + intent : id;
    String row = start + "," + cell(String.join(" ", tokens)) + "," + String.join(" ", tags);
    rows.get(SPLITS.get(split)).add(row);
    count("* sentences", split, 1);
    count("* tokens", split, tokens.size());
    if (slots) count("intent " + intent, split, 1);
    for (String tag : tags) {
      if (!slots) count("tag " + tag, split, 1);
      else if (tag.startsWith("B-")) count("slot " + tag.substring(2), split, 1);
    }
  }

  /** Reads "token/TAG" by blanks; the last slash divides. */
  private static void readTags(String line, List<String> tokens, List<String> tags) {
    for (String item : line.split(" +")) {
      int slash = item.lastIndexOf('/');
      String tag = item.substring(slash + 1);
      if (slash < 1 || !UPOS.contains(tag)) throw new IllegalArgumentException("no token/TAG: " + item);
      tokens.add(item.substring(0, slash));
      tags.add(tag);
    }
  }

  /** Reads "[characters](slot)" among plain characters. */
  private static void readSlots(String line, List<String> tokens, List<String> tags) {
    int at = 0;
    while (at < line.length()) {
      int open = line.indexOf('[', at);
      add(line.substring(at, open < 0 ? line.length() : open), "O", "O", tokens, tags);
      if (open < 0) return;
      int middle = line.indexOf("](", open);
      int close = line.indexOf(')', open);
      if (middle < 0 || close < middle) throw new IllegalArgumentException("no [text](slot) at " + line.substring(open));
      String slot = line.substring(middle + 2, close);
      add(line.substring(open + 1, middle), "B-" + slot, "I-" + slot, tokens, tags);
      at = close + 1;
    }
  }

  private static void add(String text, String first, String rest, List<String> tokens, List<String> tags) {
    String tag = first;
    for (int c : text.codePoints().filter(c -> !Character.isWhitespace(c)).toArray()) {
      tokens.add(Character.toString(c));
      tags.add(tag);
      tag = rest;
    }
  }

  private static String cell(String text) {
    return text.matches("(?s).*[,\"].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private void count(String what, int split, int more) {
    counts.computeIfAbsent(what, w -> new int[SPLITS.size()])[split] += more;
  }
}
