package dev.sluice.model;

import dev.sluice.feature.Gazetteer;
import dev.sluice.model.Tensor.Dtype;

/** The sources of inputs by their names in model files. */
final class Sources {
  private static final int LONGEST_AFFIX = 12;

  private Sources() {}

  /** The bytes that a source needs beside its name stand under this tensor. */
  static String tensor(String input) {
    return "gazetteer." + input;
  }

  /**
   * The source of a name.
   *
   * @param input the name of its input
   */
  static Source named(String name, String input, TensorFile file) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    String parameter = colon < 0 ? "" : name.substring(colon + 1);
    return switch (kind) {
      case "word" -> new Source.Word();
      case "vectors" -> new Source.Pretrained();
      case "casing" -> new Source.Casing();
      case "shape" -> new Source.Shape();
      case "prefix" -> new Source.Prefix(length(parameter, file));
      case "suffix" -> new Source.Suffix(length(parameter, file));
      case "feature" -> new Source.Feature(parameter);
      case "gazetteer" ->
          new Source.Gazetteer(
              Gazetteer.fromBytes(
                  file.require(tensor(input), Dtype.U8, -1).bytes(), file.source()));
      default ->
          throw ModelDescription.damaged(
              file, "an input looks at " + TensorFileProblem.shown(name));
    };
  }

  private static int length(String parameter, TensorFile file) {
    int length = Attributes.number(file, "the length of an affix", parameter);
    if (length > LONGEST_AFFIX)
      throw ModelDescription.damaged(file, "an affix of " + length + " letters");
    return length;
  }
}
