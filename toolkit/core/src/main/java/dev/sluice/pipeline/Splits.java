package dev.sluice.pipeline;

import dev.sluice.config.Loaded;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Dataset;
import dev.sluice.data.Fingerprint;
import dev.sluice.text.TextPipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The data of a run, read.
 *
 * @param train what is learned from
 * @param dev what decides when to stop
 * @param test what is scored once, at the end
 */
public record Splits(Dataset train, Dataset dev, Optional<Dataset> test) {

  /**
   * Reads the splits that a config names.
   *
   * @throws SluiceException with every mistake of every split
   */
  static Splits read(Loaded<SluiceConfig> loaded, TextPipeline text) {
    DataConfig data = loaded.value().data();
    List<Problem> mistakes = new ArrayList<>();
    Dataset train = read("train", data.train(), text, loaded, mistakes);
    Optional<Dataset> dev = data.dev().map(path -> read("dev", path, text, loaded, mistakes));
    Optional<Dataset> test = data.test().map(path -> read("test", path, text, loaded, mistakes));
    if (!mistakes.isEmpty()) throw new SluiceException(SluiceException.Kind.USAGE, mistakes);
    return dev.isPresent()
        ? new Splits(train, dev.get(), test)
        : cut(train, data.holdOut().orElseThrow(), test, loaded);
  }

  /** The last sentences of train become dev. */
  private static Splits cut(
      Dataset all, int holdOut, Optional<Dataset> test, Loaded<SluiceConfig> loaded) {
    int border = all.size() - holdOut;
    if (border < 1) {
      throw SluiceException.usage(
          "TRN-017",
          Preparation.place(loaded, "data.holdOut"),
          "data.holdOut is "
              + holdOut
              + ", but train has only "
              + all.size()
              + " sentences, of which one must be left",
          "hold out fewer, e.g. " + Math.max(1, all.size() / 10));
    }
    return new Splits(part(all, "train", 0, border), part(all, "dev", border, all.size()), test);
  }

  private static Dataset part(Dataset all, String name, int from, int to) {
    Map<String, Long> skipped = name.equals("train") ? all.skipped() : Map.of();
    return new Dataset(
        name, all.path(), all.sentences().subList(from, to), skipped, all.fingerprint());
  }

  /** Some sentences of a data set; the fingerprint is that of the data's together with the places of its sentences. */
  static Dataset some(Dataset all, String name, List<Integer> places) {
    String listed = places.stream().map(String::valueOf).collect(Collectors.joining(","));
    return new Dataset(
        name,
        all.path(),
        places.stream().map(all.sentences()::get).toList(),
        Map.of(),
        Fingerprint.of(all.fingerprint() + "\n" + listed + "\n"));
  }

  /** Reads the training split alone. */
  static Dataset readTrain(Loaded<SluiceConfig> loaded, TextPipeline text) {
    List<Problem> mistakes = new ArrayList<>();
    Dataset train = read("train", loaded.value().data().train(), text, loaded, mistakes);
    if (!mistakes.isEmpty()) throw new SluiceException(SluiceException.Kind.USAGE, mistakes);
    return train;
  }

  /** Reads a split; what is wrong with it goes to the mistakes, all of it, so that one run shows every mistake of every split. */
  private static Dataset read(
      String name,
      Path path,
      TextPipeline text,
      Loaded<SluiceConfig> loaded,
      List<Problem> mistakes) {
    DataConfig data = loaded.value().data();
    Dataset dataset;
    try {
      dataset = Dataset.read(name, path, data, text::tokenize);
    } catch (SluiceException e) {
      if (e.kind() != SluiceException.Kind.USAGE) throw e;
      List<Problem> all = Mistakes.in(path, data, text::tokenize);
      mistakes.addAll(all.isEmpty() ? e.problems() : all);
      return new Dataset(name, path, List.of(), Map.of(), "");
    }
    if (dataset.size() == 0) {
      throw SluiceException.usage(
          "TRN-010",
          Preparation.place(loaded, "data." + name),
          "0 usable examples in "
              + path
              + (dataset.skipped().isEmpty() ? "" : ", skipped: " + dataset.skipped()),
          "check data.format and the file");
    }
    return dataset;
  }
}
