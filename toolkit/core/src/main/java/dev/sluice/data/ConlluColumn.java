package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A column of CoNLL-U that holds tags or a feature.
 *
 * @param index the column, counted from 0
 * @param feature the feature within it, or null when the column as a whole is meant
 */
record ConlluColumn(int index, String feature) {
  /** What may stand in a config, as messages list it. */
  static final String NAMES = "form, lemma, upos, xpos, feats, deprel, feats:NAME";

  private static final int FEATS = 5;
  private static final String WITHIN = "feats:";
  private static final Map<String, Integer> COLUMNS =
      Map.of("form", 1, "lemma", 2, "upos", 3, "xpos", 4, "feats", FEATS, "deprel", 7);

  /** The column of the tags, from its name: upos, xpos or feats:NAME. */
  static ConlluColumn ofTags(String name, String source) {
    return named(name)
        .filter(column -> column.feature != null || column.index == 3 || column.index == 4)
        .orElseThrow(
            () ->
                SluiceException.usage(
                    Codes.LAYOUT,
                    Location.of(source),
                    "data.conllu.column is \""
                        + Visible.of(name)
                        + "\", expected upos, xpos or feats:NAME",
                    "e.g. upos"));
  }

  /** The column of a feature. */
  static ConlluColumn of(DataConfig.FeatureColumn feature, String source) {
    return named(feature.column())
        .orElseThrow(
            () -> feature.noSuchColumn(source, "one of " + NAMES, nearest(feature.column())));
  }

  /** The column of a name, when there is one. */
  static Optional<ConlluColumn> named(String name) {
    if (name.startsWith(WITHIN) && name.length() > WITHIN.length()) {
      return Optional.of(new ConlluColumn(FEATS, name.substring(WITHIN.length())));
    }
    return Optional.ofNullable(COLUMNS.get(name)).map(index -> new ConlluColumn(index, null));
  }

  /** The way out for a name that is none. */
  static String nearest(String name) {
    List<String> names = COLUMNS.keySet().stream().sorted().toList();
    return Nearest.of(name, names).map(near -> "did you mean " + near).orElse("e.g. upos");
  }

  /** What a line says in this column: _ for a feature that is absent. */
  String in(String[] cells) {
    if (feature == null) return cells[index];
    return Arrays.stream(cells[index].split("\\|"))
        .filter(one -> one.startsWith(feature + "="))
        .map(one -> one.substring(feature.length() + 1))
        .findFirst()
        .orElse("_");
  }
}
