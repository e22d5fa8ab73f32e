package dev.sluice.peers;

import dev.sluice.config.SluiceException;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.model.Model;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.network.EncoderConfig;
import dev.sluice.pipeline.Preparation;
import dev.sluice.pipeline.SluiceConfig;
import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Our own toolkit. Each epoch is a run of the trainer that goes on from the checkpoint of the epoch before; what counts is the time that the trainer itself states for the epoch. */
final class SluiceEpochs implements EpochPeer {
  private final EpochWork work;
  private final Preparation preparation;
  private final Model model;
  private final Workers workers;
  private final Path folder;
  private double loss = Double.NaN;

  SluiceEpochs(EpochWork work, int threads) {
    this.work = work;
    preparation = work.prepare();
    model = preparation.model();
    model.network().initialise(work.seed());
    model.network().pack(Kernels.create(), true);
    try {
      folder = Files.createTempDirectory("sluice-epochs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    workers = new Workers(threads);
  }

  @Override
  public String system() {
    return "sluice";
  }

  @Override
  public String variant() {
    return workers.threads() + (workers.threads() == 1 ? " thread" : " threads");
  }

  @Override
  public long weights() {
    return model.network().parameters().count();
  }

  @Override
  public double loss() {
    return loss;
  }

  /**
   * @throws SluiceException TRN-001 or TRN-002 when training runs away
   */
  @Override
  public double trainEpoch() {
    SluiceConfig config = work.config();
    EncoderConfig.Dropout drop = config.encoder().dropout();
    try (Trainer trainer =
        new Trainer(
            model,
            config.training(),
            work.seed(),
            new Trainer.Rates(
                drop.word(),
                drop.input(),
                drop.layer(),
                drop.recurrent(),
                config.vocabulary().unknownRate()),
            preparation.losses(),
            preparation.examples(),
            preparation.train().sentences(),
            workers.threads())) {
      TrainingListener stopping =
          new TrainingListener() {
            @Override
            public void epoch(EpochReport report) {
              trainer.stop();
            }
          };
      Path checkpoint = folder.resolve("checkpoint");
      List<EpochReport> history =
          trainer.run(() -> 0, Optional.of(checkpoint), new TreeMap<>(), true, stopping).history();
      EpochReport last = history.get(history.size() - 1);
      loss = last.loss();
      return work.tokens() / last.tokensPerSecond();
    }
  }

  @Override
  public double tagTokensPerSecond(Duration duration) {
    return Rate.perSecond(
        duration,
        () ->
            Arrays.stream(model.predict(work.test(), Detail.LABELS, workers))
                .mapToInt(p -> p.tokens().orElseThrow().labels().length)
                .sum());
  }

  @Override
  public void close() {
    workers.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) Files.delete(file);
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
