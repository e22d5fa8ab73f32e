package dev.sluice.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what a reader left out, by reason. */
final class Skips {
  private final Map<String, Long> counts = new LinkedHashMap<>();

  void add(String reason) {
    counts.merge(reason, 1L, Long::sum);
  }

  Map<String, Long> counts() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
