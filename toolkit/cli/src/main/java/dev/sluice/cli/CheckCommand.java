package dev.sluice.cli;

import dev.sluice.Training;
import dev.sluice.config.Loaded;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Dataset;
import dev.sluice.label.Detection;
import dev.sluice.metric.Reading;
import dev.sluice.metric.TextLines;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.model.ModelKind;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.TensorFile;
import dev.sluice.model.TransducerFile;
import dev.sluice.model.TransducerModel;
import dev.sluice.pipeline.DataFile;
import dev.sluice.pipeline.GazetteerCoverage;
import dev.sluice.pipeline.LanguageCoverage;
import dev.sluice.pipeline.LanguagePreparation;
import dev.sluice.pipeline.Preparation;
import dev.sluice.pipeline.SluiceConfig;
import dev.sluice.pipeline.SplitFacts;
import dev.sluice.pipeline.Survey;
import dev.sluice.pipeline.TransductionPreparation;
import dev.sluice.pipeline.VectorCoverage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice check}. */
@Command(
    name = "check",
    description = {
      "Says what is wrong or odd with configs, models and data files before any time is spent.",
      "A config (.yaml) is checked with its data, a model (.safetensors) with its built-in examples."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  sluice check configs/quickstart.yaml",
      "  sluice check runs/quickstart/model.safetensors",
      "  sluice check requests.csv answers.conll",
      "  sluice check --format conll train.txt",
      "  sluice check --top 100 train.conll"
    })
final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "CONFIG|MODEL|DATA", description = "Files to check.")
  private List<Path> paths = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Changes a setting of the config, as in data.scheme=bio; may be given several times.")
  private List<String> settings = List.of();

  @Mixin private FormatOption format;

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "How many of the surface forms that are labelled in more than one way are listed; ${DEFAULT-VALUE} when left out.",
      defaultValue = "5")
  private int top;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (top < 0)
      throw Failures.usage(
          "CLI-003",
          "--top is " + top + ", expected a whole number of at least 0",
          "name how many forms to list, as in --top 20");
    List<SluiceException> failures = new ArrayList<>();
    for (Path path : paths) {
      try {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) config(path);
        else if (name.endsWith(".safetensors")) model(path);
        else data(path);
      } catch (SluiceException e) {
        failures.add(e);
      }
    }
    if (failures.isEmpty()) return 0;
    List<Problem> problems = failures.stream().flatMap(e -> e.problems().stream()).toList();
    throw new SluiceException(failures.get(0).kind(), problems);
  }

  private void config(Path path) {
    Training training = Training.from(path).environment(console.environment());
    settings.forEach(training::set);
    Loaded<SluiceConfig> loaded = training.config();
    if (loaded.value().task() == SluiceConfig.Task.LANGUAGE_MODEL) {
      language(path, LanguagePreparation.of(loaded));
      return;
    }
    if (loaded.value().task() == SluiceConfig.Task.TRANSDUCTION) {
      transduction(path, TransductionPreparation.of(loaded));
      return;
    }
    Preparation p = Preparation.of(loaded);
    Survey survey = Survey.of(p);
    console.line(path + ": a config, task " + p.model().task() + "\n");
    console.line(Findings.sizes(survey.splits()));
    for (Dataset d : p.splits()) {
      if (!d.skipped().isEmpty()) console.line(Findings.skipped(d.name(), d.skipped()));
    }
    scheme(p.detection());
    console.line(Findings.labels(survey.splits()));
    List<Dataset> others = p.splits().subList(1, p.splits().size());
    LabelFindings labels = new LabelFindings(p.train(), p.gold());
    console.line(labels.against(survey.splits(), others));
    String inconsistent = labels.inconsistencies(top);
    if (!inconsistent.isEmpty()) console.line(inconsistent);
    console.line(Findings.lookups(survey));
    Model model = p.model();
    for (VectorCoverage found : p.vectors())
      console.line(TextLines.wrap("  vectors ", Words.coverage(found)));
    for (GazetteerCoverage found : p.gazetteers())
      console.line(TextLines.wrap("  gazetteer ", Words.coverage(found)));
    for (LanguageCoverage found : p.languages())
      console.line(TextLines.wrap("  language model ", Words.coverage(found)));
    console.line(TextLines.wrap("  network ", Words.network(model.network().shape())));
    console.line(
        "  "
            + Words.count(survey.parameters(), "parameter")
            + ", "
            + Words.count(Words.labels(model).size(), "label")
            + ", "
            + Words.count(model.words().size() - 1L, "known word"));
    console.line(
        "  memory about "
            + megabytes(survey.trainingBytes())
            + " to train, "
            + megabytes(survey.batchBytes())
            + " of them for a batch of the longest sentences, "
            + megabytes(survey.taggingBytes())
            + " to tag");
    conclude(path, Findings.warnings(survey), survey.splits());
  }

  private void language(Path path, LanguagePreparation p) {
    console.line(path + ": a config, task " + SymbolModel.TASK + "\n");
    for (var split : p.splits()) console.line("  " + LanguageTraining.describe(split));
    console.line("  symbols    " + LanguageTraining.symbols(p.model()));
    console.line(Computing.network(p.model().network()));
    console.line(batch(p.batchBytes()));
    console.line("\n" + path + ": no mistakes");
  }

  private void transduction(Path path, TransductionPreparation p) {
    console.line(path + ": a config, task " + TransducerModel.TASK + "\n");
    for (String line : TransductionTraining.describe(p)) console.line("  " + line);
    console.line(Computing.network(p.model().network()));
    console.line(batch(p.batchBytes()));
    conclude(path, p.overlaps().stream().map(Findings::overlap).toList(), List.of());
  }

  private void scheme(Detection found) {
    console.line(TextLines.wrap("  scheme ", found.scheme() + ": " + found.reason()) + "\n");
  }

  /** What is odd, and in the last line what to make of the file. */
  private void conclude(Path path, List<String> warnings, List<SplitFacts> splits) {
    List<String> all = new ArrayList<>(warnings);
    for (SplitFacts split : splits) {
      if (split.duplicates().count() > 0) all.add(Findings.overlap(split.duplicates()));
    }
    for (String warning : all) console.line("\n" + warning.stripTrailing());
    String odd =
        all.isEmpty() ? "no mistakes" : "usable, with " + Words.count(all.size(), "warning");
    console.line("\n" + path + ": " + odd);
  }

  private static String batch(long bytes) {
    return "  memory     about " + megabytes(bytes) + " for a batch in training";
  }

  private static String megabytes(long bytes) {
    return Words.number(Math.max(1, bytes >> 20)) + " MB";
  }

  private void model(Path path) {
    TensorFile tensors = TensorFile.read(path);
    Location where = Location.of(path.toString());
    switch (ModelKind.of(tensors)) {
      case LANGUAGE -> {
        LanguageModelFile file = LanguageModelFile.read(tensors);
        model(path, SymbolModel.TASK, file.examples().size(), file.checkExamples(where));
      }
      case TRANSDUCER -> {
        TransducerFile file = TransducerFile.read(tensors);
        model(path, TransducerModel.TASK, file.examples().size(), file.checkExamples(where));
      }
      case LABELS -> {
        ModelFile file = ModelFile.read(tensors);
        model(path, file.model().task(), file.examples().size(), file.checkExamples(where));
      }
    }
  }

  private void model(Path path, String task, int examples, List<Problem> problems) {
    if (!problems.isEmpty()) throw new SluiceException(SluiceException.Kind.CORRUPT, problems);
    console
        .out()
        .println(
            path
                + ": a model, task "
                + task
                + "; checksums are right, and "
                + Words.count(examples, "built-in example")
                + " came out as when it was saved");
  }

  private void data(Path path) {
    DataFile file = DataFile.read(path, format.format());
    console.line(path + ": " + file.format().inConfig() + " data\n");
    console.line(Findings.sizes(List.of(file.facts())));
    if (!file.dataset().skipped().isEmpty())
      console.line(Findings.skipped(path.toString(), file.dataset().skipped()));
    scheme(file.detection());
    String inconsistent =
        new LabelFindings(file.dataset(), Reading.of(file.detection().scheme()))
            .inconsistencies(top);
    String labels = Findings.labels(List.of(file.facts()));
    console.line((labels + "\n" + inconsistent).stripTrailing());
    List<String> warnings = new ArrayList<>();
    Findings.illegal(file.facts(), warnings);
    conclude(path, warnings, List.of(file.facts()));
  }
}
