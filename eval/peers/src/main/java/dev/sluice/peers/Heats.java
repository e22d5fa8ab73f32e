package dev.sluice.peers;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which of the ways to write the tagger in libtorch are worth whole epochs: each trains on some batches, first a quarter of them for warming up. */
final class Heats {
  private final Map<LibtorchVariant, Double> millis = new LinkedHashMap<>(); // per batch

  private Heats() {}

  /** Tries every variant on so many batches. */
  static Heats run(EpochWork work, List<LibtorchVariant> variants, int batches) {
    Heats heats = new Heats();
    int many = Math.min(batches, work.epoch(1).length);
    for (LibtorchVariant variant : variants) {
      try (LibtorchEpochs peer = new LibtorchEpochs(work, variant)) {
        peer.train((many + 3) / 4);
        heats.millis.put(variant, 1e3 * peer.train(many) / many);
      }
      System.err.printf(
          Locale.ROOT, "heat  %s: %.1f ms per batch%n", variant, heats.millis.get(variant));
    }
    return heats;
  }

  /** The fastest variants, the fastest first. */
  List<LibtorchVariant> fastest(int count) {
    return ranked().limit(count).toList();
  }

  /** The fastest of those that are written as usual. */
  LibtorchVariant usual() {
    return ranked().filter(LibtorchVariant::isUsual).findFirst().orElseThrow();
  }

  private Stream<LibtorchVariant> ranked() {
    return millis.keySet().stream().sorted(Comparator.comparing(millis::get));
  }

  /** A Markdown table: for each choice the time per batch of the fastest variant that has it. */
  String markdown() {
    StringBuilder out = new StringBuilder("| libtorch with | ms per batch at best |\n|---|---|\n");
    Set<String> choices = new LinkedHashSet<>();
    int count = millis.keySet().iterator().next().choices().size();
    for (int c = 0; c < count; c++)
      for (LibtorchVariant variant : millis.keySet()) choices.add(variant.choices().get(c));
    for (String choice : choices) {
      double best =
          millis.entrySet().stream()
              .filter(e -> e.getKey().choices().contains(choice))
              .mapToDouble(Map.Entry::getValue)
              .min()
              .orElseThrow();
      out.append(String.format(Locale.ROOT, "| %s | %.1f |%n", choice, best));
    }
    return out.toString();
  }
}
