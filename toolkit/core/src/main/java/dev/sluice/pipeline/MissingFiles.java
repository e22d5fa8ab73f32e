package dev.sluice.pipeline;

import dev.sluice.config.Loaded;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.embedding.Format;
import dev.sluice.embedding.VectorFile;
import dev.sluice.feature.Gazetteer;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.network.InputConfig;
import dev.sluice.text.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks whether the files that a config names are there and can be opened, all of them before any is read to its end. */
final class MissingFiles {
  /** What is wrong with a file as a whole, so that the place to look at is where its name was written. */
  private static final Set<String> OF_THE_NAME =
      Set.of("DAT-005", "IOX-002", "EMB-001", "EMB-002", "MOD-001", "MOD-002", "MOD-030");

  private final Loaded<SluiceConfig> loaded;
  private final List<Problem> problems = new ArrayList<>();
  private SluiceException.Kind kind = SluiceException.Kind.IO;

  private MissingFiles(Loaded<SluiceConfig> loaded) {
    this.loaded = loaded;
  }

  /**
   * Refuses a config that names files that are not there.
   *
   * @throws SluiceException with every file of data, tokenizer and inputs that is missing, or of inputs that cannot be opened; inputs with the place of their name
   */
  static void refuse(Loaded<SluiceConfig> loaded) {
    DataConfig data = loaded.value().data();
    List<Path> paths = new ArrayList<>(List.of(data.train()));
    data.dev().ifPresent(paths::add);
    data.test().ifPresent(paths::add);
    refuse(loaded, paths);
  }

  /** The same for a cross-validation, which reads train alone. */
  static void refuseForFolds(Loaded<SluiceConfig> loaded) {
    refuse(loaded, List.of(loaded.value().data().train()));
  }

  private static void refuse(Loaded<SluiceConfig> loaded, List<Path> data) {
    MissingFiles missing = new MissingFiles(loaded);
    missing.tokenizer();
    data.forEach(missing::data);
    List<InputConfig> inputs = loaded.value().inputs();
    for (int i = 0; i < inputs.size(); i++) missing.input(inputs.get(i), "inputs." + i);
    if (!missing.problems.isEmpty()) throw new SluiceException(missing.kind, missing.problems);
  }

  private void tokenizer() {
    String name = loaded.value().text().tokenizer();
    if (!Tokenizers.isPath(name) || Files.exists(Preparation.base(loaded).resolve(name))) return;
    try {
      Preparation.text(loaded);
    } catch (SluiceException e) {
      add(e.kind(), e.problems());
    }
  }

  private void data(Path path) {
    if (Files.exists(path)) return;
    add(
        SluiceException.Kind.USAGE,
        Mistakes.in(path, loaded.value().data(), text -> List.of())); // nothing to tokenize
  }

  private void input(InputConfig input, String key) {
    String setting = key + (input instanceof InputConfig.LanguageModel ? ".model" : ".file");
    try {
      if (input instanceof InputConfig.Gazetteer g) Gazetteer.requireReadable(g.file());
      if (input instanceof InputConfig.Pretrained p)
        VectorFile.open(p.file(), Format.valueOf(p.format().name()));
      if (input instanceof InputConfig.LanguageModel l) LanguageModelFile.read(l.model());
    } catch (SluiceException e) {
      add(e.kind(), e.problems().stream().map(problem -> placed(problem, setting)).toList());
    }
  }

  private Problem placed(Problem problem, String key) {
    if (!OF_THE_NAME.contains(problem.code())) return problem;
    return new Problem(
        problem.code(),
        Preparation.place(loaded, key),
        key + " is " + problem.where() + ": " + problem.what(),
        problem.fix());
  }

  private void add(SluiceException.Kind of, List<Problem> found) {
    if (of != SluiceException.Kind.IO) kind = of;
    problems.addAll(found);
  }
}
