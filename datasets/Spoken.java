import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes the pairs of datasets/dates and datasets/values: what people say, and the same as figures. From the top of the repository, with a JDK 17 and nothing else:
 *
 * <pre>
 *   java datasets/Spoken.java dates            writes train.csv, dev.csv and test.csv in datasets/dates
 *   java datasets/Spoken.java values           the same in datasets/values
 *   java datasets/Spoken.java --check          makes all of them anew in memory and compares
 * </pre>
 *
 * The same files every time: the seeds stand here, and the numbers are those of java.util.Random, whose algorithm its specification fixes.
 */
public final class Spoken {
  private static final Path FOLDER = Path.of("datasets");
  private static final List<String> SPLITS = List.of("train", "dev", "test");

  /** What is said, and what it means. */
  private record Pair(String source, String target) {}

  private interface Maker {
    Pair make();
  }

  public static void main(String[] args) throws IOException {
    boolean check = args.length == 1 && args[0].equals("--check");
    if (args.length != 1) {
      System.err.println("usage: java datasets/Spoken.java dates|values|--check");
      System.exit(2);
    }
    boolean same = true;
    if (check || args[0].equals("dates"))
      same &= corpus("dates", new Dates(new Random(20261127))::next, true, check, 2400, 400, 400);
    if (check || args[0].equals("values"))
      same &= corpus("values", new Values(new Random(20261128))::next, false, check, 4000, 400, 400);
    if (!same) System.exit(1);
  }

  /**
   * Makes and writes a corpus, or compares it with what is there.
   *
   * @param apart whether a full date of one split is kept away from the others, however it is said
   */
  private static boolean corpus(
      String name, Maker maker, boolean apart, boolean check, int... sizes) throws IOException {
    List<List<Pair>> splits = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Random dealer = new Random(name.hashCode());
    Set<String> sources = new HashSet<>();
    Map<String, Integer> home = new HashMap<>(); // the split of a full date
    int all = 0;
    for (int size : sizes) all += size;
    while (sources.size() < all) {
      Pair pair = maker.make();
      int at = dealer.nextInt(all), split = at < sizes[0] ? 0 : at < sizes[0] + sizes[1] ? 1 : 2;
      if (apart && pair.target.matches("\\d{4}-\\d\\d-\\d\\d")) {
        Integer before = home.putIfAbsent(pair.target, split);
        if (before != null) split = before;
      }
      if (splits.get(split).size() == sizes[split] || !sources.add(pair.source)) continue;
      splits.get(split).add(pair);
    }
    boolean same = true;
    for (int s = 0; s < sizes.length; s++) {
      StringBuilder csv = new StringBuilder("id,source,target\n");
      int id = 0;
      for (Pair p : splits.get(s))
        csv.append(String.format(Locale.ROOT, "%s-%04d,%s,%s\n", SPLITS.get(s), ++id, p.source, p.target));
      byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
      Path file = FOLDER.resolve(name).resolve(SPLITS.get(s) + ".csv");
      if (check) same &= java.util.Arrays.equals(bytes, Files.readAllBytes(file));
      else Files.write(file, bytes);
      System.out.printf(Locale.ROOT, "%s %5d pairs  %s%n", sha256(bytes), sizes[s], file);
    }
    if (!same) System.err.println(name + ": the files are not what this program makes");
    return same;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Numbers in words, and choices. */
  private static class Speech {
    static final String[] SMALL = {
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
      "nineteen"
    };
    private static final String[] TENS = {
      "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };
    private static final Map<String, String> ORDINALS =
        Map.of(
            "one", "first", "two", "second", "three", "third", "five", "fifth", "eight", "eighth",
            "nine", "ninth", "twelve", "twelfth", "twenty", "twentieth", "thirty", "thirtieth");

    final Random random;

    Speech(Random random) {
      this.random = random;
    }

    /** True in so many of a hundred cases. */
    boolean in100(int cases) {
      return random.nextInt(100) < cases;
    }

    String one(String... of) {
      return of[random.nextInt(of.length)];
    }

    int between(int least, int most) {
      return least + random.nextInt(most - least + 1);
    }

    /** A number below a hundred. */
    String below100(int n) {
      if (n < 20) return SMALL[n];
      if (n % 10 == 0) return TENS[n / 10];
      return TENS[n / 10] + (in100(8) ? "-" : " ") + SMALL[n % 10];
    }

    /** A whole number below a million. */
    String number(int n) {
      if (n >= 1000) {
        String thousands = (n / 1000 == 1 && in100(40) ? "a" : number(n / 1000)) + " thousand";
        int rest = n % 1000;
        if (rest == 0) return thousands;
        return thousands + (rest < 100 ? and() : " ") + number(rest);
      }
      if (n >= 100) {
        String hundreds = (n / 100 == 1 && in100(40) ? "a" : SMALL[n / 100]) + " hundred";
        return n % 100 == 0 ? hundreds : hundreds + and() + below100(n % 100);
      }
      return below100(n);
    }

    private String and() {
      return in100(70) ? " and " : " ";
    }

    String ordinal(int n) {
      String words = below100(n);
      int last = Math.max(words.lastIndexOf(' '), words.lastIndexOf('-')) + 1;
      String stem = words.substring(last);
      return words.substring(0, last) + ORDINALS.getOrDefault(stem, stem + "th");
    }
  }

  /** Dates of 1900 to 2099 and parts of dates. */
  private static final class Dates extends Speech {
    private static final String[] MONTHS = {
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december"
    };
    private static final String[] SHORT = {
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"
    };

    Dates(Random random) {
      super(random);
    }

    Pair next() {
      LocalDate d = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(73049)); // to the end of 2099
      if (in100(50)) d = d.withYear(between(1980, 2039)); // most dates are near
      int kind = random.nextInt(100);
      if (kind < 8) return new Pair(on(dayAndMonth(d)), d.toString().replaceFirst("\\d{4}", "-"));
      if (kind < 18) return new Pair(monthAndYear(d), d.toString().substring(0, 7));
      if (kind < 22) return new Pair(yearAlone(d.getYear()), String.valueOf(d.getYear()));
      if (kind < 26) return named(d.getYear());
      if (kind < 29) {
        LocalDate last = YearMonth.from(d).atEndOfMonth();
        String day = one("the last day of ", "the last of ", "the end of ");
        return new Pair(day + month(d) + " " + year(d.getYear()), last.toString());
      }
      return new Pair(on(full(d)), d.toString());
    }

    private String on(String date) {
      return in100(15) ? "on " + date : date;
    }

    private String day(LocalDate d) {
      int n = d.getDayOfMonth();
      if (!in100(12)) return ordinal(n);
      String ending =
          n / 10 == 1 ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
      return n + ending;
    }

    private String month(LocalDate d) {
      return (in100(10) ? SHORT : MONTHS)[d.getMonthValue() - 1];
    }

    /** A year as people say it. */
    private String year(int y) {
      int century = y / 100, rest = y % 100;
      if (century == 20 && (rest < 10 || in100(35))) {
        if (rest == 0) return "two thousand";
        if (rest < 10 && in100(20)) return "twenty oh " + below100(rest);
        return "two thousand " + (in100(60) ? "and " : "") + below100(rest);
      }
      String first = below100(century);
      if (rest == 0) return first + " hundred";
      if (rest >= 10) return first + " " + below100(rest);
      return first + (in100(70) ? " oh " : " hundred and ") + below100(rest);
    }

    private String dayAndMonth(LocalDate d) {
      return switch (random.nextInt(4)) {
        case 0 -> "the " + day(d) + " of " + month(d);
        case 1 -> month(d) + " the " + day(d);
        case 2 -> month(d) + " " + day(d);
        default -> day(d) + " " + one("", "of ") + month(d);
      };
    }

    private String monthAndYear(LocalDate d) {
      return one("", "", "in ", "some time in ")
          + month(d)
          + one(" ", " ", " of ", " in the year ")
          + year(d.getYear());
    }

    private String yearAlone(int y) {
      return one("", "in ", "the year ", "in the year ") + year(y);
    }

    private String full(LocalDate d) {
      String y = year(d.getYear());
      String weekday = d.getDayOfWeek().name().toLowerCase(Locale.ROOT);
      return switch (random.nextInt(11)) {
        case 0 -> weekday + " the " + day(d) + " of " + month(d) + " " + y;
        case 1 -> weekday + " " + month(d) + " " + day(d) + " " + y;
        case 2 -> y + " " + month(d) + " the " + day(d);
        case 3 -> "the " + day(d) + " day of " + month(d) + one(" ", " in ", " in the year ") + y;
        case 4 -> "the " + day(d) + " of the " + ordinal(d.getMonthValue()) + " " + y;
        case 5 -> month(d) + " " + day(d) + " in the year " + y;
        case 6 -> "the " + day(d) + " of " + month(d) + " in " + y;
        default -> dayAndMonth(d) + " " + y;
      };
    }

    private Pair named(int y) {
      String[][] days = {
        {"new year's day", "01-01"}, {"valentine's day", "02-14"}, {"april fools' day", "04-01"},
        {"midsummer's day", "06-24"}, {"halloween", "10-31"}, {"christmas eve", "12-24"},
        {"christmas day", "12-25"}, {"christmas", "12-25"}, {"boxing day", "12-26"},
        {"new year's eve", "12-31"}
      };
      String[] day = days[random.nextInt(days.length)];
      return new Pair(one("", "", "on ") + day[0] + one(" ", " ", " in ") + year(y), y + "-" + day[1]);
    }
  }

  /** Values of slots: what kind of value it is, and how it was said. */
  private static final class Values extends Speech {
    private static final String[][] CURRENCIES = {
      {"EUR", "euro", "euros"}, {"EUR", "euro", "euros"}, {"USD", "dollar", "dollars"},
      {"USD", "us dollar", "us dollars"}, {"USD", "buck", "bucks"}, {"GBP", "pound", "pounds"},
      {"GBP", "quid", "quid"}, {"JPY", "yen", "yen"}, {"CHF", "franc", "francs"},
      {"CHF", "swiss franc", "swiss francs"}, {"NOK", "norwegian krone", "norwegian kroner"},
      {"SEK", "swedish krona", "swedish kronor"}, {"INR", "rupee", "rupees"},
      {"CNY", "yuan", "yuan"}, {"PLN", "zloty", "zlotys"}
    };

    Values(Random random) {
      super(random);
    }

    Pair next() {
      return switch (random.nextInt(8)) { // times are said in the most ways
        case 0, 1, 2 -> typed("time", time());
        case 3 -> typed("money", money());
        case 4 -> typed("duration", duration());
        case 5 -> typed("number", count());
        case 6 -> typed("distance", distance());
        default -> typed("temperature", temperature());
      };
    }

    private static Pair typed(String type, Pair value) {
      return new Pair(type + " " + value.source, value.target);
    }

    // times

    private Pair time() {
      int h = random.nextInt(24), m = in100(70) ? 5 * random.nextInt(12) : random.nextInt(60);
      String at = in100(20) ? one("at ", "around ", "about ", "by ") : "";
      if (in100(4)) return new Pair(at + one("noon", "midday"), "12:00");
      if (in100(2)) return new Pair(at + "midnight", "00:00");
      if (h >= 13 && in100(25)) return new Pair(at + military(h, m), clock(h, m));
      int said = h % 12 == 0 ? 12 : h % 12;
      if (said != 12 && in100(35)) // as it was said, without a part of the day
        return new Pair(at + hours(said, m), clock(said, m));
      return new Pair(at + hours(said, m) + " " + part(h), clock(h, m));
    }

    private static String clock(int h, int m) {
      return String.format(Locale.ROOT, "%02d:%02d", h, m);
    }

    private String military(int h, int m) {
      if (m == 0) return below100(h) + " hundred" + one("", " hours");
      return below100(h) + " " + (m < 10 ? "oh " : "") + below100(m);
    }

    /** Such as half past seven, on a dial. */
    private String hours(int h, int m) {
      String next = SMALL[h % 12 + 1], here = SMALL[h];
      if (m == 0) return here + one("", " o'clock");
      if (m == 15 && in100(60)) return one("", "a ") + "quarter past " + here;
      if (m == 30 && in100(60)) return "half past " + here;
      if (m == 45 && in100(60)) return one("", "a ") + "quarter to " + next;
      boolean dial = m % 5 == 0 && m % 15 != 0 && in100(50);
      if (dial && m < 30) return below100(m) + one("", " minutes") + " past " + here;
      if (dial) return below100(60 - m) + one("", " minutes") + " to " + next;
      return here + " " + (m < 10 ? "oh " : "") + below100(m);
    }

    private String part(int h) {
      if (in100(50)) return h < 12 ? one("am", "a m") : one("pm", "p m");
      if (h == 0) return "at night";
      if (h < 12) return "in the morning";
      if (h < 17) return "in the afternoon";
      if (h < 20) return "in the evening";
      return one("in the evening", "at night");
    }

    // amounts of money

    private Pair money() {
      String[] c = CURRENCIES[random.nextInt(CURRENCIES.length)];
      String less = in100(20) ? one("under ", "up to ", "at most ", "about ", "no more than ") : "";
      int kind = random.nextInt(100);
      if (kind < 6) {
        int cents = between(1, 99);
        String unit = c[0].equals("GBP") ? "pence" : c[1] + " cents";
        boolean coined = c[0].equals("GBP") || c[0].equals("EUR") || c[1].equals("us dollar");
        if (coined) return new Pair(less + below100(cents) + " " + unit, fraction(0, cents) + " " + c[0]);
      }
      if (kind < 22 && !c[0].equals("JPY")) {
        int whole = between(1, 60), cents = between(1, 99);
        String said = number(whole) + " " + unit(c, whole);
        String part = c[0].equals("GBP") ? " pence" : " cents";
        boolean full = cents < 10 || in100(60);
        said += full ? " and " + below100(cents) + part : " " + below100(cents);
        return new Pair(less + said, fraction(whole, cents) + " " + c[0]);
      }
      if (kind < 27) {
        int n = between(1, 20);
        return new Pair(less + number(n) + " and a half thousand " + c[2], n + "500 " + c[0]);
      }
      if (kind < 32) {
        int n = between(11, 19);
        return new Pair(less + SMALL[n] + " hundred " + c[2], n + "00 " + c[0]);
      }
      int n = amount();
      return new Pair(less + number(n) + " " + unit(c, n), n + " " + c[0]);
    }

    private static String unit(String[] c, int n) {
      return n == 1 ? c[1] : c[2];
    }

    private static String fraction(int whole, int hundredths) {
      return String.format(Locale.ROOT, "%d.%02d", whole, hundredths);
    }

    /** Most amounts are small or round. */
    private int amount() {
      return switch (random.nextInt(6)) {
        case 0, 1 -> between(1, 99);
        case 2 -> 10 * between(1, 99);
        case 3 -> between(100, 999);
        case 4 -> 50 * between(20, 99);
        default -> between(1000, 9999);
      };
    }

    // durations in the form of ISO 8601

    private Pair duration() {
      String wrap = in100(20) ? one("for ", "about ", "at least ", "roughly ") : "";
      Pair p = plainDuration();
      return new Pair(wrap + p.source, p.target);
    }

    private Pair plainDuration() {
      int n = in100(60) ? between(1, 12) : between(1, 60);
      switch (random.nextInt(16)) {
        case 0:
          return new Pair("half an hour", "PT30M");
        case 1:
          return in100(50)
              ? new Pair("three quarters of an hour", "PT45M")
              : new Pair("a quarter of an hour", "PT15M");
        case 2:
          return new Pair(one("an", "one") + " hour and a half", "PT1H30M");
        case 3:
          return new Pair(below100(n) + " and a half hours", "PT" + n + "H30M");
        case 4:
          return new Pair("a fortnight", "P2W");
        case 5:
          int m = between(1, 59);
          return new Pair(
              units(n, "hour") + one(" and ", " ") + units(m, "minute"), "PT" + n + "H" + m + "M");
        case 6:
          int months = between(1, 11);
          return new Pair(
              units(n, "year") + " and " + units(months, "month"), "P" + n + "Y" + months + "M");
        case 7:
          return in100(50)
              ? new Pair("half a year", "P6M")
              : new Pair(one("a", "one") + " year and a half", "P1Y6M");
        case 8:
          return new Pair(units(n, "week"), "P" + n + "W");
        case 9:
          return new Pair(units(n, "month"), "P" + n + "M");
        case 10:
          return new Pair(units(n, "year"), "P" + n + "Y");
        case 11:
          return new Pair(units(n, "day"), "P" + n + "D");
        case 12:
        case 13:
          return new Pair(units(n, "night"), "P" + n + "D");
        case 14:
          return new Pair(units(n, "hour"), "PT" + n + "H");
        default:
          int minutes = in100(50) ? 5 * between(1, 24) : between(1, 120);
          return new Pair(units(minutes, "minute"), "PT" + minutes + "M");
      }
    }

    private String units(int n, String unit) {
      if (n == 1) return one(unit.equals("hour") ? "an" : "a", "one") + " " + unit;
      return number(n) + " " + unit + "s";
    }

    // numbers

    private Pair count() {
      switch (random.nextInt(12)) {
        case 0:
          int dozens = between(1, 9);
          return in100(15)
              ? new Pair("half a dozen", "6")
              : new Pair((dozens == 1 ? one("a", "one") : SMALL[dozens]) + " dozen", String.valueOf(12 * dozens));
        case 1:
          int hundreds = between(11, 19);
          return new Pair(SMALL[hundreds] + " hundred", hundreds + "00");
        case 2:
        case 3:
          return decimal("", "");
        case 4:
          int below = between(1, 99);
          return new Pair(one("minus ", "negative ") + below100(below), "-" + below);
        case 5:
          return in100(50)
              ? new Pair(one("a couple", "a pair", "the two of us", "both of us"), "2")
              : new Pair(one("none", "nobody", "no one", "zero"), "0");
        case 6:
          int n = between(3, 9);
          return new Pair("the " + SMALL[n] + " of us", String.valueOf(n));
        default:
          int amount = amount();
          return new Pair(number(amount), String.valueOf(amount));
      }
    }

    /** Such as three point one four. */
    private Pair decimal(String unit, String symbol) {
      int whole = between(0, 60), digits = between(1, 2);
      StringBuilder said = new StringBuilder(number(whole)).append(" point");
      StringBuilder target = new StringBuilder().append(whole).append('.');
      for (int i = 0; i < digits; i++) {
        int digit = i == digits - 1 ? between(1, 9) : between(0, 9);
        said.append(' ').append(digit == 0 ? one("oh", "zero") : SMALL[digit]);
        target.append(digit);
      }
      return new Pair(said + unit, target + symbol);
    }

    // distances

    private Pair distance() {
      String[][] units = {
        {"km", "kilometre", "kilometres"}, {"km", "kilometer", "kilometers"}, {"m", "metre", "metres"},
        {"m", "meter", "meters"}, {"mi", "mile", "miles"}
      };
      String[] u = units[random.nextInt(units.length)];
      String within = in100(20) ? one("within ", "about ", "less than ", "up to ") : "";
      int n = u[0].equals("m") ? 10 * between(1, 99) : between(1, 99);
      switch (random.nextInt(7)) {
        case 0:
          return u[0].equals("m")
              ? distance()
              : new Pair(within + "half a " + u[1], "0.5 " + u[0]);
        case 1:
          return u[0].equals("m")
              ? distance()
              : new Pair(within + one("a", "one") + " " + u[1] + " and a half", "1.5 " + u[0]);
        case 2:
          return u[0].equals("m")
              ? distance()
              : new Pair(within + below100(n) + " and a half " + u[2], n + ".5 " + u[0]);
        case 3:
          if (u[0].equals("m")) return distance();
          Pair p = decimal(" " + u[2], " " + u[0]);
          return new Pair(within + p.source, p.target);
        default:
          String many = n == 1 ? one("a", "one") + " " + u[1] : number(n) + " " + u[2];
          return new Pair(within + many, n + " " + u[0]);
      }
    }

    // temperatures

    private Pair temperature() {
      boolean fahrenheit = in100(35);
      int n = fahrenheit ? between(-20, 110) : between(-25, 45);
      String sign = n < 0 ? one("minus ", "minus ", "negative ") : "";
      String said = sign + number(Math.abs(n)), unit = Math.abs(n) == 1 ? " degree" : " degrees";
      if (n < 0 && in100(30)) said = number(-n) + " below zero";
      else said += one(unit, unit, "");
      String scale = fahrenheit ? " fahrenheit" : one("", "", " celsius", " centigrade");
      return new Pair(said + scale, n + (fahrenheit ? " F" : " C"));
    }
  }

  private Spoken() {}
}
