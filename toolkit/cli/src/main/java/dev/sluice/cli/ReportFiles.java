package dev.sluice.cli;

import dev.sluice.eval.Environment;
import dev.sluice.eval.metrics.Gate;
import dev.sluice.eval.report.HtmlReport;
import dev.sluice.eval.report.ReportData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What stands beside the numbers in a folder of results: under which circumstances they came about, and the page that shows them. */
final class ReportFiles {
  private final String command;
  private final Instant started = Instant.now();

  /** Those of a command that begins now. */
  ReportFiles(CommandSpec spec) {
    List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
    command = "sluice " + typed.stream().map(ShellWord::of).collect(Collectors.joining(" "));
  }

  /** What was typed. */
  String command() {
    return command;
  }

  /**
   * Writes both, from the metrics.json that is in the folder.
   *
   * @param threads how many the work used
   * @return the page
   */
  Path write(Path folder, int threads) {
    return write(folder, threads, List.of(), Optional.empty());
  }

  /**
   * The same.
   *
   * @param gates what came of the gates
   * @param baseline the folder or file of earlier scores
   */
  Path write(Path folder, int threads, List<Gate.Verdict> gates, Optional<Path> baseline) {
    Environment.write(folder, command, started, threads);
    ReportData data = ReportData.read(folder).gates(gates);
    if (baseline.isPresent()) data = data.baseline(ReportData.read(baseline.get()));
    Path page = folder.resolve(HtmlReport.FILE);
    HtmlReport.write(data, page);
    return page;
  }
}
