package dev.sluice.data;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The label of a sentence as a set of intents. */
public final class Intents {
  private Intents() {}

  /**
   * The intents that a label names: {@code atis_flight#atis_airfare} with the separator {@code #} names two. They stand in the order of the label, each once, without the
   * blanks around them; empty parts name none.
   *
   * @param separator what stands between intents; never empty; when there is none, the label as a whole is one intent
   * @return an immutable set, empty when the label names none
   */
  public static Set<String> split(String label, Optional<String> separator) {
    List<String> parts =
        separator.map(s -> List.of(label.split(Pattern.quote(s)))).orElse(List.of(label));
    Set<String> intents = new LinkedHashSet<>();
    for (String part : parts) intents.add(part.strip());
    intents.remove("");
    return Collections.unmodifiableSet(intents);
  }
}
