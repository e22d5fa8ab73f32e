package dev.sluice.pipeline;

/** Told how a series of runs goes, from the thread that trains. What happens inside a run its {@link dev.sluice.trainer.TrainingListener} is told. */
public interface SeriesListener {
  /** Hears nothing. */
  SeriesListener NONE = new SeriesListener() {};

  /** A run is ready to start: its data are prepared, its folder is there. */
  default void prepared(String name, TrainingRun run) {}

  /** A run is trained, saved and scored. */
  default void finished(FinishedRun run, TrainingRun.Result result) {}

  /** A run that was finished before is kept: its model was read and scored again. */
  default void kept(FinishedRun run) {}
}
