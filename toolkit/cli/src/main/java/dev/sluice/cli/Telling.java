package dev.sluice.cli;

import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Tells of training as it goes; the display of its progress may be made later than this. */
final class Telling implements TrainingListener {
  private final Transcript transcript;
  private final Supplier<Progress> progress;

  Telling(Transcript transcript, Supplier<Progress> progress) {
    this.transcript = transcript;
    this.progress = progress;
  }

  @Override
  public void batch(int epoch, double share, double loss, double tokensPerSecond) {
    progress.get().batch(epoch, share, loss, tokensPerSecond);
  }

  @Override
  public void epoch(EpochReport report) {
    progress.get().epoch(report);
  }

  @Override
  public void warning(String what) {
    try {
      transcript.warn("note: " + what);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
