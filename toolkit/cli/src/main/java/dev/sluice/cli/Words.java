package dev.sluice.cli;

import dev.sluice.network.NetworkShape;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary.Step;
import java.util.List;
import java.util.Locale;

/** Numbers and names as people read them. */
final class Words {
  private Words() {}

  /** 12,345. */
  static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** "1 epoch", "2,000 epochs". */
  static String count(long n, String noun) {
    return number(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /** A constant as configs spell it. */
  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A share as a percentage with two digits. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  /** How the words of a split were found in the vocabulary. */
  static String lookups(LookupCounts found) {
    return percent(found.share(Step.EXACT))
        + " % known as they are, "
        + percent(found.share(Step.LOWER))
        + " % in lower case, "
        + percent(found.share(Step.DIGITS))
        + " % with digits masked, "
        + percent(found.share(Step.UNKNOWN))
        + " % unknown";
  }

  /** 1:05 or 2:03:04. */
  static String time(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }

  /** The first names of a list, and how many more there are. */
  static String some(List<String> names, int most) {
    if (names.size() <= most) return String.join(", ", names);
    return String.join(", ", names.subList(0, most)) + ", and " + (names.size() - most) + " more";
  }

  /** A network in one line, such as {@code bidirectional lstm 100, word vectors of 100}. */
  static String network(NetworkShape shape) {
    StringBuilder text = new StringBuilder(shape.bidirectional() ? "bidirectional " : "");
    text.append(name(shape.cell()));
    for (int i = 0; i < shape.widths().size(); i++)
      text.append(i == 0 ? " " : " + ").append(shape.widths().get(i));
    for (NetworkShape.Input input : shape.inputs()) {
      text.append(", ").append(input.name());
      text.append(input.oneHot() ? " one-hot" : " vectors of " + input.dimension());
    }
    if (shape.pooling() != null) text.append(", pooling ").append(name(shape.pooling()));
    return text.toString();
  }
}
