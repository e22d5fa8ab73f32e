package dev.sluice.model;

import dev.sluice.config.SluiceException;

/** What a model file holds, by the task that stands in it. */
public enum ModelKind {
  /** A tagger or classifier. */
  LABELS("a model that labels", "sluice tag"),
  /** A language model. */
  LANGUAGE("a language model", "sluice generate or sluice score-text"),
  /** A transducer. */
  TRANSDUCER("a transducer", "sluice transduce");

  private final String words;
  private final String command;

  ModelKind(String words, String command) {
    this.words = words;
    this.command = command;
  }

  /** The kind of a file. */
  public static ModelKind of(TensorFile file) {
    String task = file.metadata().get("task");
    if (SymbolModel.TASK.equals(task)) return LANGUAGE;
    return TransducerModel.TASK.equals(task) ? TRANSDUCER : LABELS;
  }

  /**
   * Refuses a file of another kind.
   *
   * @throws SluiceException MOD-030
   */
  void require(TensorFile file) {
    ModelKind found = of(file);
    if (found == this) return;
    throw SluiceException.usage(
        "MOD-030",
        file.source(),
        "the file holds "
            + found.words
            + " of task "
            + TensorFileProblem.shown(file.require("task"))
            + ", expected "
            + words,
        "use it with " + found.command + ", or name another model");
  }
}
