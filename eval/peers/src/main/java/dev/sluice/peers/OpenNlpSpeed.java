package dev.sluice.peers;

import dev.sluice.config.SluiceException;
import dev.sluice.kernel.Kernels;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import opennlp.tools.util.Version;

/**
 * Trains Apache OpenNLP on public corpora and compares accuracy and speed with trained models of ours, in one process; the report is Markdown on standard output, progress goes to
 * standard error. {@link OpenNlpOptions} tells the arguments.
 */
public final class OpenNlpSpeed {
  private OpenNlpSpeed() {}

  /** Runs the comparison. */
  public static void main(String... arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      OpenNlpOptions options;
      Path data;
      List<OurModel> models;
      try {
        options = OpenNlpOptions.read(arguments);
        data = data(System.getenv("SLUICE_DATA"));
        models = models(options);
      } catch (IllegalArgumentException wrong) {
        System.err.println(wrong.getMessage());
        System.err.println(OpenNlpOptions.USAGE);
        System.exit(2);
        return;
      }
      write(options, data, models, out);
    } catch (SluiceException wrong) { // a file that is missing or cannot be used
      System.err.println(wrong.getMessage());
      System.exit(2);
    }
  }

  /**
   * The folder of the corpora.
   *
   * @throws IllegalArgumentException when none is named
   */
  static Path data(String variable) {
    return Optional.ofNullable(variable)
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "SLUICE_DATA is not set. Fix: let it name the folder that holds ud-en-ewt and conll2003; datasets/README.md says how to get them"));
  }

  private static List<OurModel> models(OpenNlpOptions options) {
    List<OurModel> models = options.models();
    for (OurModel model : models) {
      String task = model.model().task();
      if (options.tasks().stream().noneMatch(t -> t.config.equals(task)))
        throw new IllegalArgumentException(
            model.name() + " is of task " + task + ", for which there is no corpus in --tasks");
    }
    return models;
  }

  private static void write(
      OpenNlpOptions options, Path data, List<OurModel> models, PrintStream out)
      throws InterruptedException {
    out.println("# Beside Apache OpenNLP\n");
    out.printf(
        Locale.ROOT,
        "%d rounds of %d ms in turns: median (smallest..largest). From words to labels; of each algorithm of OpenNLP the setting that is best on dev is timed.%n%n",
        options.rounds(),
        options.duration().toMillis());
    out.print(
        Machine.markdown(
            "OpenNLP: "
                + Version.currentVersion()
                + "; sluice: "
                + Kernels.create().name()
                + " kernels"));
    for (TaggingTask task : options.tasks())
      new CorpusReport(task, task.corpus(data), options, models, out).write();
  }
}
