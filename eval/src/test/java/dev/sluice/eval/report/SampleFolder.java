package dev.sluice.eval.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run folder of made-up numbers in which nothing is missing. */
final class SampleFolder {
  private SampleFolder() {}

  /** Writes the folder and gives what a report of it shows, with a baseline. */
  static ReportData write(Path folder, int sentences) throws IOException {
    Files.writeString(
        folder.resolve("metrics.json"), SampleDocument.spans(sentences, 3).json().toString());
    Files.writeString(folder.resolve("training.csv"), SampleDocument.training(20));
    Files.writeString(folder.resolve("environment.json"), SampleDocument.environment());
    ReportData baseline = ReportData.of("baseline", SampleDocument.spans(sentences, 4).json());
    return ReportData.read(folder).baseline(baseline);
  }
}
