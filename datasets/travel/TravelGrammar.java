import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the travel corpus: {@code train.csv}, {@code dev.csv} and {@code test.csv} out of {@code grammar.txt}, {@code values.txt}
 * and {@code hand-written.txt}. The same three texts give the same three files, byte for byte.
 *
 * <pre>
 *   java datasets/travel/TravelGrammar.java OUTDIR                write the three files
 *   java datasets/travel/TravelGrammar.java --check [DIR]         count, measure, compare with the README; status 1 on a broken promise
 * </pre>
 *
 * Both are run from the top of the repository. One sentence is made in three steps: the grammar is expanded to the markup in which
 * the hand-written sentences are typed ("to [Rome](to_city)"), the markup is split into tokens and BIO tags, and the tokens are put
 * into the letter case of one of three kinds of typists.
 */
final class TravelGrammar {
  static final long SEED = 20_240_607L;
  static final Path SOURCE = Path.of("datasets", "travel");

  /** The splits, the sentences in each, and how many of those are written by hand (train takes all that are left over). */
  enum Split {
    TRAIN(2000, -1), DEV(400, 60), TEST(400, 60);

    final int size;
    final int byHand;

    Split(int size, int byHand) {
      this.size = size;
      this.byHand = byHand;
    }

    String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static void main(String[] args) throws IOException {
    if (args.length == 1 && !args[0].startsWith("-")) {
      Path out = Files.createDirectories(Path.of(args[0]));
      for (Map.Entry<Split, String> file : Corpus.make().csv().entrySet()) {
        Files.writeString(out.resolve(file.getKey().title() + ".csv"), file.getValue());
      }
    } else if (args.length >= 1 && args.length <= 2 && args[0].equals("--check")) {
      System.exit(Check.run(args.length == 2 ? Path.of(args[1]) : SOURCE) ? 0 : 1);
    } else {
      System.err.println("usage: java datasets/travel/TravelGrammar.java OUTDIR | --check [DIR]");
      System.exit(2);
    }
  }

  /** One labelled sentence: tokens with a BIO tag each, and what it is about. */
  record Utterance(String source, String intent, List<String> tokens, List<String> tags) {
    private static final Pattern SLOT = Pattern.compile("\\[([^\\]]+)\\]\\((\\w+)\\)");
    private static final Pattern EDGE = Pattern.compile("([,.?!;:()$]*)(.*?)([,.?!;:()]*)");

    private static final Pattern CLITIC = Pattern.compile("(?i)(.+)('s|'d|'m|'re|'ve|'ll|(?<=.)n't)");

    /** Reads markup such as {@code a room in [Oslo](city) for [2](nights) nights}. */
    static Utterance parse(String source, String intent, String markup) {
      List<String> tokens = new ArrayList<>();
      List<String> tags = new ArrayList<>();
      Matcher slot = SLOT.matcher(markup);
      int done = 0;
      while (slot.find()) {
        add(markup.substring(done, slot.start()), null, tokens, tags);
        add(slot.group(1), slot.group(2), tokens, tags);
        done = slot.end();
      }
      String rest = markup.substring(done);
      if (rest.contains("[") || rest.contains("](")) throw new IllegalArgumentException("open bracket in: " + markup);
      add(rest, null, tokens, tags);
      return new Utterance(source, intent, List.copyOf(tokens), List.copyOf(tags));
    }

    /**
     * Splits at blanks, takes punctuation off both ends of every piece, and parts 's, 'd, n't and their like from the word before.
     * Inside a word ("7:30", "check-in") punctuation stays.
     */
    private static void add(String text, String slot, List<String> tokens, List<String> tags) {
      boolean first = true;
      for (String piece : text.strip().split("\\s+")) {
        Matcher m = EDGE.matcher(piece);
        if (piece.isEmpty() || !m.matches()) continue;
        List<String> words = new ArrayList<>();
        m.group(1).chars().forEach(c -> words.add(Character.toString(c)));
        Matcher clitic = CLITIC.matcher(m.group(2));
        if (clitic.matches()) {
          words.add(clitic.group(1));
          words.add(clitic.group(2));
        } else if (!m.group(2).isEmpty()) {
          words.add(m.group(2));
        }
        m.group(3).chars().forEach(c -> words.add(Character.toString(c)));
        for (String word : words) {
          tokens.add(word);
          tags.add(slot == null ? "O" : (first ? "B-" : "I-") + slot);
          first = false;
        }
      }
    }

    /** The slots as "type=value", the value in lower case: an unseen value must be more than another spelling. */
    List<String> slots(boolean lowerCase) {
      List<String> slots = new ArrayList<>();
      for (int i = 0; i < tags.size(); i++) {
        if (!tags.get(i).startsWith("B-")) continue;
        String type = tags.get(i).substring(2);
        int end = i + 1;
        while (end < tags.size() && tags.get(end).equals("I-" + type)) end++;
        String value = String.join(" ", tokens.subList(i, end));
        slots.add(type + "=" + (lowerCase ? value.toLowerCase(Locale.ROOT) : value));
      }
      return slots;
    }

    /** What makes two sentences the same: their words, whatever the case. */
    String key() {
      return String.join(" ", tokens).toLowerCase(Locale.ROOT);
    }

    Utterance withTokens(List<String> others) {
      return new Utterance(source, intent, List.copyOf(others), tags);
    }

    Utterance withoutLast() {
      int n = tokens.size() - 1;
      return new Utterance(source, intent, tokens.subList(0, n), tags.subList(0, n));
    }

    String row(String id) {
      return String.join(",", id, source, intent, quoted(String.join(" ", tokens)), quoted(String.join(" ", tags))) + "\n";
    }

    private static String quoted(String field) {
      return field.contains(",") || field.contains("\"") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
  }

  /**
   * The value lists. A share of each list is kept away from train: half of that share for dev, the other half for test. Of the rest,
   * two fifths are for train alone and stand there once: from such words a tagger learns what an unknown word may be.
   */
  static final class Values {
    /** How often dev and test take a value train may not use, and train one of those that stand there once. */
    private static final double FRESH = 0.13;

    private final Map<String, List<String>> common = new HashMap<>();
    private final Map<String, Deque<String>> once = new HashMap<>();
    private final Map<String, Map<Split, List<String>>> fresh = new HashMap<>();

    Values(List<String> lines) {
      Map<String, StringBuilder> texts = new LinkedHashMap<>();
      Map<String, Double> shares = new HashMap<>();
      StringBuilder text = null;
      for (String line : lines) {
        if (line.startsWith("#")) continue;
        if (line.startsWith("=")) {
          String[] heading = line.split(" ");
          text = new StringBuilder();
          if (texts.put(heading[1], text) != null) throw new IllegalArgumentException("two lists named " + heading[1]);
          shares.put(heading[1], Double.parseDouble(heading[2]));
        } else if (text != null) {
          text.append(line).append(' ');
        }
      }
      texts.forEach((name, all) -> split(name, Arrays.asList(all.toString().strip().split(", +")), shares.get(name)));
    }

    private void split(String name, List<String> values, double share) {
      if (new HashSet<>(values).size() < values.size()) throw new IllegalArgumentException("a value stands twice in " + name);
      Collections.shuffle(values, new Random(SEED ^ name.hashCode()));
      int half = (int) Math.round(values.size() * share / 2);
      int kept = values.size() - 2 * half;
      int often = share == 0 ? kept : kept - kept * 2 / 5;
      common.put(name, values.subList(0, often));
      once.put(name, new ArrayDeque<>(values.subList(often, kept)));
      fresh.put(name, Map.of(
          Split.TRAIN, List.of(), Split.DEV, values.subList(kept, kept + half), Split.TEST, values.subList(kept + half, values.size())));
    }

    boolean has(String name) {
      return common.containsKey(name);
    }

    String pick(String name, Split split, Random random) {
      if (!has(name)) throw new IllegalArgumentException("no list named " + name);
      Deque<String> rare = once.get(name);
      if (split == Split.TRAIN && !rare.isEmpty() && random.nextDouble() < FRESH) return rare.pop();
      List<String> own = fresh.get(name).get(split);
      List<String> from = !own.isEmpty() && random.nextDouble() < FRESH ? own : common.get(name);
      return from.get(random.nextInt(from.size()));
    }
  }

  /** The rules, expanded by reading them from left to right with a choice at every fork. */
  static final class Grammar {
    private static final List<String> PREFIXES = List.of("BK", "RT", "HX", "FL", "CR", "TN", "QR", "ZW");
    private static final Set<String> TWICE = Set.of("amenity", "car_type", "cuisine", "date", "item", "people", "room_type");

    private final Map<String, List<String>> rules = new HashMap<>();
    private final List<String> intents = new ArrayList<>(); // each as often as its weight says
    private final Values values;

    Grammar(List<String> lines, Values values) {
      this.values = values;
      List<String> alternatives = null;
      for (String line : lines) {
        if (line.isBlank() || line.startsWith("#")) continue;
        if (line.startsWith("  ")) {
          alternatives.add(line.strip());
          continue;
        }
        String name = line.split(" ")[0];
        alternatives = new ArrayList<>();
        if (rules.put(name, alternatives) != null) throw new IllegalArgumentException("two rules named " + name);
        if (name.startsWith("@")) intents.addAll(Collections.nCopies(Integer.parseInt(line.split(" ")[1]), name));
      }
    }

    Utterance utterance(Split split, Random random) {
      String intent = intents.get(random.nextInt(intents.size()));
      String markup = new Expansion(split, random).rule(intent);
      markup = markup.replaceAll("\\ba \\[~", "[").replace("~", ""); // "a ~breakfast": no article
      markup = markup.replaceAll("\\ba (?=\\[?(?i:[aeio]|u[^n]|SUV))", "an ");
      Utterance made = Utterance.parse("grammar", intent.substring(1), markup);
      return sensible(made) ? made : utterance(split, random);
    }

    /** Nobody flies from Rome to Rome or names two classes: no value twice, and few slots twice. */
    private static boolean sensible(Utterance utterance) {
      Set<String> values = new HashSet<>();
      Set<String> types = new HashSet<>();
      for (String slot : utterance.slots(true)) {
        String type = slot.substring(0, slot.indexOf('='));
        if (!values.add(slot.substring(type.length()))) return false;
        if (!types.add(type) && !TWICE.contains(type)) return false;
      }
      return true;
    }

    /** One run through the rules. */
    private final class Expansion {
      private final Split split;
      private final Random random;

      Expansion(Split split, Random random) {
        this.split = split;
        this.random = random;
      }

      String rule(String name) {
        if (name.equals("booking_code")) return bookingCode();
        List<String> alternatives = rules.get(name);
        if (alternatives == null) return values.pick(name, split, random);
        return text(alternatives.get(random.nextInt(alternatives.size())));
      }

      private String text(String rule) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < rule.length(); i++) {
          char c = rule.charAt(i);
          if ("([<{".indexOf(c) >= 0) {
            int end = close(rule, i);
            out.append(group(c, rule.substring(i + 1, end)));
            i = end;
          } else if (c == '#') {
            Matcher name = Pattern.compile("\\w+").matcher(rule);
            if (!name.find(i)) throw new IllegalArgumentException("# without a name: " + rule);
            out.append(values.pick(name.group(), split, random));
            i = name.end() - 1;
          } else {
            out.append(c);
          }
        }
        return out.toString();
      }

      private String group(char kind, String inside) {
        if (kind == '<') return rule(inside);
        if (kind == '{') {
          int colon = inside.indexOf(':');
          String value = rule(colon < 0 ? inside : inside.substring(colon + 1));
          return "[" + value + "](" + (colon < 0 ? inside : inside.substring(0, colon)) + ")";
        }
        if (kind == '[' && random.nextBoolean()) return "";
        List<String> choices = choices(inside);
        return text(choices.get(random.nextInt(choices.size())));
      }

      /** The place of the bracket that closes the one at {@code open}. */
      private int close(String rule, int open) {
        int depth = 0;
        for (int i = open; i < rule.length(); i++) {
          if ("([<{".indexOf(rule.charAt(i)) >= 0) depth++;
          if (")]>}".indexOf(rule.charAt(i)) >= 0 && --depth == 0) return i;
        }
        throw new IllegalArgumentException("bracket not closed: " + rule);
      }

      private List<String> choices(String inside) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < inside.length(); i++) {
          char c = inside.charAt(i);
          if ("([<{".indexOf(c) >= 0) depth++;
          if (")]>}".indexOf(c) >= 0) depth--;
          if (c == '|' && depth == 0) {
            choices.add(inside.substring(from, i));
            from = i + 1;
          }
        }
        choices.add(inside.substring(from));
        return choices;
      }

      /** Mostly two letters and five digits such as BK48213, at times a mixture such as K7QX2P. */
      private String bookingCode() {
        String signs = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        StringBuilder code = new StringBuilder();
        if (random.nextInt(4) == 0) {
          code.append(signs.charAt(random.nextInt(24))).append(random.nextInt(10));
          for (int i = 0; i < 4; i++) code.append(signs.charAt(random.nextInt(signs.length())));
        } else {
          code.append(PREFIXES.get(random.nextInt(PREFIXES.size()))).append(10_000 + random.nextInt(90_000));
        }
        return code.toString();
      }
    }
  }

  /** Three kinds of typists: six in ten use no capitals, three write with care, one only begins with a capital. */
  static Utterance typed(Utterance plain, Random random) {
    double kind = random.nextDouble();
    boolean careful = kind < 0.3;
    boolean capital = kind < 0.4;
    Utterance said = plain;
    int last = said.tokens().size() - 1;
    boolean question = said.tokens().get(last).equals("?");
    if (question && !careful && random.nextDouble() < 0.6) said = said.withoutLast();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < said.tokens().size(); i++) {
      String token = said.tokens().get(i);
      boolean code = said.tags().get(i).equals("B-booking_code");
      if (!careful && !(code && random.nextBoolean())) token = token.toLowerCase(Locale.ROOT);
      if (careful && token.equals("i")) token = "I";
      if (capital && i == 0) token = token.substring(0, 1).toUpperCase(Locale.ROOT) + token.substring(1);
      tokens.add(token);
    }
    return said.withTokens(tokens);
  }

  /** The three splits. */
  record Corpus(Map<Split, List<Utterance>> splits) {
    static Corpus make() throws IOException {
      Grammar grammar = new Grammar(lines("grammar.txt"), new Values(lines("values.txt")));
      List<Utterance> hand = handWritten(lines("hand-written.txt"));
      Set<String> taken = new HashSet<>();
      for (Utterance u : hand) {
        if (!taken.add(u.key())) throw new IllegalArgumentException("written by hand twice: " + u.key());
      }
      Collections.shuffle(hand, new Random(SEED));
      Map<Split, List<Utterance>> splits = new TreeMap<>();
      for (Split split : List.of(Split.TEST, Split.DEV, Split.TRAIN)) {
        int n = split.byHand < 0 ? hand.size() : split.byHand;
        List<Utterance> own = new ArrayList<>(hand.subList(0, n));
        hand = hand.subList(n, hand.size());
        Random random = new Random(SEED + 1 + split.ordinal());
        while (own.size() < split.size) {
          Utterance next = typed(grammar.utterance(split, random), random);
          if (taken.add(next.key())) own.add(next);
        }
        Collections.shuffle(own, random);
        splits.put(split, own);
      }
      return new Corpus(splits);
    }

    private static List<String> lines(String name) throws IOException {
      return Files.readAllLines(SOURCE.resolve(name));
    }

    /** Lines of the form {@code intent: sentence in markup}; {@code #} opens a comment. */
    private static List<Utterance> handWritten(List<String> lines) {
      List<Utterance> all = new ArrayList<>();
      for (String line : lines) {
        if (line.isBlank() || line.startsWith("#")) continue;
        int colon = line.indexOf(": ");
        all.add(Utterance.parse("hand", line.substring(0, colon), line.substring(colon + 2)));
      }
      return all;
    }

    Map<Split, String> csv() {
      Map<Split, String> files = new TreeMap<>();
      splits.forEach((split, utterances) -> {
        StringBuilder text = new StringBuilder("id,source,intent,tokens,tags\n");
        for (int i = 0; i < utterances.size(); i++) {
          text.append(utterances.get(i).row(String.format(Locale.ROOT, "%s-%04d", split.title(), i + 1)));
        }
        files.put(split, text.toString());
      });
      return files;
    }
  }

  /** The promises of the README, and the figures it quotes. */
  static final class Check {
    private final List<String> broken = new ArrayList<>();
    private final StringBuilder report = new StringBuilder();

    static boolean run(Path dir) throws IOException {
      Corpus corpus = Corpus.make();
      Check check = new Check();
      check.counts(corpus);
      check.unseen(corpus);
      check.files(corpus, dir);
      String figures = check.report.toString();
      System.out.print(figures);
      check.promise(Files.readString(dir.resolve("README.md")).contains(figures), "the README quotes other figures than these");
      check.broken.forEach(promise -> System.err.println("broken promise: " + promise));
      return check.broken.isEmpty();
    }

    private void promise(boolean kept, String complaint) {
      if (!kept) broken.add(complaint);
    }

    private void line(String format, Object... values) {
      report.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private void counts(Corpus corpus) {
      Set<String> intents = new TreeSet<>();
      Set<String> types = new TreeSet<>();
      Set<String> sentences = new HashSet<>();
      line("%-8s %10s %8s %8s %8s %8s", "split", "sentences", "by hand", "tokens", "slots", "words");
      corpus.splits().forEach((split, utterances) -> {
        int tokens = 0;
        int slots = 0;
        Set<String> words = new HashSet<>();
        for (Utterance u : utterances) {
          tokens += u.tokens().size();
          slots += u.slots(true).size();
          words.addAll(u.tokens());
          intents.add(u.intent());
          u.slots(true).forEach(slot -> types.add(slot.substring(0, slot.indexOf('='))));
          promise(sentences.add(u.key()), "a sentence stands twice: " + u.key());
          promise(u.tokens().size() == u.tags().size() && !u.tokens().isEmpty(), "tokens and tags differ: " + u);
          promise(wellFormed(u.tags()), "not BIO: " + u.tags());
        }
        long hand = utterances.stream().filter(u -> u.source().equals("hand")).count();
        promise(utterances.size() == split.size, split + " has " + utterances.size() + " sentences");
        promise(hand >= 60, split + " has only " + hand + " sentences written by hand");
        line("%-8s %10d %8d %8d %8d %8d", split.title(), utterances.size(), hand, tokens, slots, words.size());
      });
      long byHand = corpus.splits().values().stream().flatMap(List::stream).filter(u -> u.source().equals("hand")).count();
      promise(byHand >= 300, "only " + byHand + " sentences written by hand");
      line("%nintents %d: %s", intents.size(), String.join(" ", intents));
      line("slots %d: %s", types.size(), String.join(" ", types));
    }

    private static boolean wellFormed(List<String> tags) {
      String before = "O";
      for (String tag : tags) {
        if (tag.startsWith("I-") && (before.equals("O") || !before.substring(2).equals(tag.substring(2)))) return false;
        before = tag;
      }
      return true;
    }

    /** Counts the slot values of test that train never shows as a value of that slot. */
    private void unseen(Corpus corpus) {
      Map<String, int[]> table = new TreeMap<>(); // slot → distinct, distinct unseen, occurrences, occurrences unseen
      Set<String> known = slots(corpus, Split.TRAIN, true);
      Set<String> met = new HashSet<>();
      for (Utterance u : corpus.splits().get(Split.TEST)) {
        for (String slot : u.slots(true)) {
          int[] row = table.computeIfAbsent(slot.substring(0, slot.indexOf('=')), type -> new int[4]);
          int fresh = known.contains(slot) ? 0 : 1;
          if (met.add(slot)) {
            row[0]++;
            row[1] += fresh;
          }
          row[2]++;
          row[3] += fresh;
        }
      }
      int[] all = new int[4];
      line("%nvalues of test never seen in train as a value of the same slot, case ignored");
      line("%-16s %9s %7s %12s %7s", "slot", "distinct", "unseen", "occurrences", "unseen");
      table.forEach((type, row) -> {
        for (int i = 0; i < 4; i++) all[i] += row[i];
        line("%-16s %9d %7d %12d %7d", type, row[0], row[1], row[2], row[3]);
      });
      line("%-16s %9d %6.1f%% %12d %6.1f%%", "all", all[0], 100.0 * all[1] / all[0], all[2], 100.0 * all[3] / all[2]);
      int[] codes = table.get("booking_code"); // nearly always new, so the rest is told too
      double others = (all[1] - codes[1]) / (double) (all[0] - codes[0]);
      line("%-16s %9d %6.1f%%", "without codes", all[0] - codes[0], 100 * others);
      Set<String> exact = slots(corpus, Split.TEST, false);
      int distinct = exact.size();
      exact.removeAll(slots(corpus, Split.TRAIN, false));
      line("%-16s %9d %6.1f%%", "all, by case", distinct, 100.0 * exact.size() / distinct);
      promise(all[1] >= 0.3 * all[0], "fewer than 30 % of the distinct test values are unseen");
    }

    private static Set<String> slots(Corpus corpus, Split split, boolean lowerCase) {
      Set<String> slots = new HashSet<>();
      corpus.splits().get(split).forEach(u -> slots.addAll(u.slots(lowerCase)));
      return slots;
    }

    private void files(Corpus corpus, Path dir) throws IOException {
      line("%nSHA-256");
      for (Map.Entry<Split, String> file : corpus.csv().entrySet()) {
        String name = file.getKey().title() + ".csv";
        byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        promise(Arrays.equals(bytes, Files.readAllBytes(dir.resolve(name))), name + " is not what the grammar makes; write it anew");
        line("%s  %s", sha256(bytes), name);
      }
    }

    private static String sha256(byte[] bytes) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (NoSuchAlgorithmException e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
  }

  private TravelGrammar() {}
}
