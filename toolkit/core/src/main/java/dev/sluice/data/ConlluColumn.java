package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;

/**
 * The column of CoNLL-U that holds the tags.
 *
 * @param index the column, counted from 0
 * @param feature the feature within it, or null when the column as a whole is the tag
 */
record ConlluColumn(int index, String feature) {

  /** From its name: upos, xpos or feats:NAME. */
  static ConlluColumn of(String name, String source) {
    if (name.equals("upos")) return new ConlluColumn(3, null);
    if (name.equals("xpos")) return new ConlluColumn(4, null);
    if (name.startsWith("feats:") && name.length() > "feats:".length()) {
      return new ConlluColumn(5, name.substring("feats:".length()));
    }
    throw SluiceException.usage(
        Codes.LAYOUT,
        Location.of(source),
        "data.conllu.column is \"" + Visible.of(name) + "\", expected upos, xpos or feats:NAME",
        "e.g. upos");
  }
}
