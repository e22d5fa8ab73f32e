package dev.sluice.cli;

import dev.sluice.trainer.EpochReport;
import dev.sluice.trainer.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Training as it goes: a live bar for people, and a line per epoch for everybody. */
final class Progress implements TrainingListener {
  private static final int BAR = 20;
  private static final long EVERY = 100_000_000; // nanoseconds between two drawings

  private final Transcript transcript;
  private final String score;
  private final int epochs;
  private final DoubleFunction<String> shown;
  private long drawn;
  private long begun;
  private double startedAt = -1; // epochs that were done when this process began
  private int epoch;
  private double share;
  private String dev = "-";

  /**
   * A progress display.
   *
   * @param score what the dev score is called
   * @param epochs the most epochs there will be
   */
  Progress(Transcript transcript, String score, int epochs) {
    this(transcript, score, epochs, Words::percent);
  }

  /**
   * The same.
   *
   * @param shown what is shown of a dev score
   */
  Progress(Transcript transcript, String score, int epochs, DoubleFunction<String> shown) {
    this.shown = shown;
    this.transcript = transcript;
    this.score = score;
    this.epochs = epochs;
  }

  /** How far training has come, such as {@code epoch 3, 40 % of it done}. */
  String place() {
    return "epoch " + epoch + ", " + Math.round(100 * share) + " % of it done";
  }

  @Override
  public void batch(int newEpoch, double newShare, double loss, double tokensPerSecond) {
    long now = System.nanoTime();
    if (startedAt < 0) {
      begun = now;
      startedAt = newEpoch - 1 + newShare;
    }
    epoch = newEpoch;
    share = newShare;
    if (!transcript.live() || now - drawn < EVERY) return;
    drawn = now;
    int full = (int) (BAR * share);
    transcript.live(
        String.format(
            Locale.ROOT,
            "epoch %d of %d [%s%s] %,.0f tokens/s  loss %.4f  dev %s %s  at most %s left",
            epoch,
            epochs,
            "#".repeat(full),
            ".".repeat(BAR - full),
            tokensPerSecond,
            loss,
            score,
            dev,
            left(now)));
  }

  private String left(long now) {
    double done = epoch - 1 + share - startedAt;
    if (done <= 0) return "?";
    return Words.time((now - begun) * 1e-9 / done * (epochs - startedAt - done));
  }

  @Override
  public void epoch(EpochReport r) {
    dev = shown.apply(r.dev());
    epoch = r.epoch();
    share = 1;
    try {
      transcript.say(
          String.format(
              Locale.ROOT,
              "epoch %2d of %d  loss %.4f  dev %s %6s%s  %,.0f tokens/s  %.1f s",
              r.epoch(),
              epochs,
              r.loss(),
              score,
              dev,
              r.best() ? " *" : "  ",
              r.tokensPerSecond(),
              r.seconds()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
