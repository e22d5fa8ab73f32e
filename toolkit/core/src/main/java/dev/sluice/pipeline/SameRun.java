package dev.sluice.pipeline;

import dev.sluice.config.Configs;
import dev.sluice.config.Loaded;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Dataset;
import dev.sluice.model.ModelFile;
import dev.sluice.text.TextPipeline;
import dev.sluice.text.Tokenizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Whether a finished run is the one that a config asks for. */
final class SameRun {
  private static final String SHA = ".sha256";

  private SameRun() {}

  /** The config that is to be run; where it has no seed, with that of the finished run. */
  static Loaded<SluiceConfig> withSeed(
      Loaded<SluiceConfig> loaded, SortedMap<String, String> provenance) {
    return loaded.value().training().seed().isPresent()
        ? loaded
        : loaded.with("training.seed", provenance.get("seed"), "the finished run");
  }

  /**
   * Compares.
   *
   * @param model the model of the finished run
   * @param config the config that is to be run, with a seed
   * @param splits its data
   * @param file what is in the model
   * @param inputs the checksums of what its inputs read beside the data; asked for only when there is any
   * @throws SluiceException RUN-005 with everything that changed
   */
  static void require(
      Path model,
      Loaded<SluiceConfig> config,
      Splits splits,
      ModelFile file,
      Supplier<SortedMap<String, String>> inputs) {
    SortedMap<String, String> facts = new TreeMap<>();
    boolean reads =
        file.provenance().keySet().stream()
            .anyMatch(key -> key.startsWith("inputs.") && key.endsWith(SHA));
    if (reads) facts.putAll(inputs.get());
    List<Dataset> all = new ArrayList<>(List.of(splits.train(), splits.dev()));
    splits.test().ifPresent(all::add);
    for (Dataset d : all) facts.put("data." + d.name() + SHA, d.fingerprint());
    require(model, config, file.config(), file.provenance(), file.model().text(), facts);
  }

  /**
   * Compares.
   *
   * @param model the model of the finished run
   * @param config the config that is to be run, with a seed
   * @param saved the config in the model
   * @param provenance the facts in the model
   * @param text how the model finds words
   * @param facts the checksums of what is to be read now, by the names that the model has for them
   * @throws SluiceException RUN-005 with everything that changed
   */
  static void require(
      Path model,
      Loaded<SluiceConfig> config,
      String saved,
      SortedMap<String, String> provenance,
      TextPipeline text,
      SortedMap<String, String> facts) {
    String source = model.toString();
    SortedMap<String, String> then =
        comparable(Configs.parse(saved, source, SluiceConfig.class).flat());
    SortedMap<String, String> now = comparable(config.flat());
    text.modelSha256().ifPresent(sha -> then.put("text.tokenizer.sha256", sha));
    Preparation.text(config).modelSha256().ifPresent(sha -> now.put("text.tokenizer.sha256", sha));
    provenance.forEach(
        (k, v) -> {
          boolean data = k.startsWith("data."), input = k.startsWith("inputs.");
          if ((data || input) && k.endsWith(SHA)) then.put(k, v);
        });
    now.putAll(facts);
    requireSame(source, then, now);
  }

  private static void requireSame(
      String source, SortedMap<String, String> then, SortedMap<String, String> now) {
    List<String> changed =
        Configs.changedKeys(then, now).stream()
            .map(key -> key + " was " + then.get(key) + " and is " + now.get(key))
            .toList();
    if (changed.isEmpty()) return;
    throw SluiceException.usage(
        "RUN-005",
        Location.of(source),
        "the finished run belongs to another config or other data: " + String.join("; ", changed),
        "undo the change, or name another folder with --out");
  }

  /** Without what may change: where the data are, and what is shown at the end. A tokenizer's file is known by its bytes. */
  private static SortedMap<String, String> comparable(SortedMap<String, String> flat) {
    SortedMap<String, String> kept = new TreeMap<>(flat);
    kept.keySet().removeIf(TrainingRun::mayChange);
    kept.computeIfPresent(
        "text.tokenizer", (key, name) -> Tokenizers.isPath(name) ? "a file" : name);
    return kept;
  }
}
