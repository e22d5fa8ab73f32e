package dev.sluice.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small config of the tests, with every type a setting may have. */
record Sample(
    @Setting("A required name.") Mode mode,
    @Setting("A required section.") Files files,
    @Setting(
            value = "Whole numbers, one or many.",
            byDefault = "[100]",
            nonEmpty = true,
            min = 1,
            max = 4096)
        List<Integer> hidden,
    @Setting(value = "Whether.", byDefault = "true") boolean deep,
    @Setting(value = "Labels.", byDefault = "[]") List<String> labels,
    @Setting(value = "Inputs.", byDefault = "[{type: word}]") List<Input> inputs,
    @Setting("The training.") Training training)
    implements Consistent {

  enum Mode {
    SLOTS,
    PART_OF_SPEECH
  }

  record Files(
      @Setting("Train.") Path train,
      @Setting("Test.") Optional<Path> test,
      @Setting(value = "Between cells.", byDefault = "\",\"") String delimiter) {}

  sealed interface Input {}

  @Variant(value = "word", about = "A word.")
  record Word(@Setting(value = "Width.", byDefault = "100", min = 1, max = 4096) int dimension)
      implements Input {}

  @Variant(value = "flag", about = "A flag.")
  record FlagInput() implements Input {}

  sealed interface Optimizer {}

  @Variant(value = "adam", about = "Adam.")
  record Adam(
      @Setting(value = "Rate.", byDefault = "0.001", min = 0, max = 1000, aboveMin = true)
          double rate)
      implements Optimizer {}

  @Variant(value = "sgd", about = "Plain descent.")
  record Sgd(
      @Setting(value = "Rate.", byDefault = "0.1", min = 0, max = 1000, aboveMin = true)
          double rate,
      @Setting(value = "Momentum.", byDefault = "0.0", min = 0, max = 1, belowMax = true)
          double momentum)
      implements Optimizer {}

  record Training(
      @Setting(value = "Optimizer.", byDefault = "{type: adam}") Optimizer optimizer,
      @Setting(value = "Epochs.", byDefault = "50", min = 1, max = 100_000) int epochs,
      @Setting(value = "Seed.", min = 0, max = 9_007_199_254_740_991d) Optional<Long> seed,
      @Setting(value = "Limit.", min = 0, aboveMin = true) Optional<Double> limit,
      @Setting(value = "Threads.", min = 1, max = 64, local = true) Optional<Integer> threads) {
    Training {
      if (epochs == 13) throw new IllegalArgumentException("13 epochs are bad luck");
    }
  }

  @Override
  public void check(Conflicts to) {
    if (!deep && hidden.size() > 1) {
      to.conflict(
          "hidden", "training.epochs", "hidden lists several widths but deep is false", "set deep");
    }
  }

  static final String SMALLEST = "mode: slots\nfiles:\n  train: a.csv\n";
}
