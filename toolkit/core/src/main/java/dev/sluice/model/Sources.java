package dev.sluice.model;

/** The names of sources in model files, in one place. */
final class Sources {
  private Sources() {}

  static Source named(String name, TensorFile file) {
    if (name.equals("word")) return new Source.Word();
    throw ModelDescription.damaged(file, "an input looks at " + TensorFileProblem.shown(name));
  }
}
