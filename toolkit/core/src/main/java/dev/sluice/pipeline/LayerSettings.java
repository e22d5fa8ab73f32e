package dev.sluice.pipeline;

import dev.sluice.config.Consistent.Conflicts;
import dev.sluice.network.CellConfig;
import dev.sluice.network.DecoderConfig;
import dev.sluice.network.EncoderConfig;
import java.util.List;

/**
 * The layers of a section: lists of one entry per layer, and what an entry for all layers must fit.
 *
 * @param section its key
 * @param cells one cell per layer, or one for all
 * @param hidden one width per layer, or one for all
 * @param layers how many layers, when neither is a list
 */
record LayerSettings(String section, List<CellConfig> cells, List<Integer> hidden, int layers) {

  static LayerSettings of(EncoderConfig c) {
    return new LayerSettings("encoder", c.cell(), c.hidden(), c.layers());
  }

  static LayerSettings of(DecoderConfig c) {
    return new LayerSettings("decoder", c.cell(), c.hidden(), c.layers());
  }

  void check(Conflicts to) {
    if (hidden.size() > 1 && layers != 1 && layers != hidden.size()) {
      to.conflict(
          section + ".hidden",
          section + ".layers",
          section
              + ".hidden lists "
              + hidden.size()
              + " widths but "
              + section
              + ".layers is "
              + layers,
          "give one width per layer, or one number for all");
    }
    if (cells.size() > 1 && layers != 1 && layers != cells.size()) {
      to.conflict(
          section + ".cell",
          section + ".layers",
          section
              + ".cell lists "
              + cells.size()
              + " cells but "
              + section
              + ".layers is "
              + layers,
          "give one cell per layer, or one for all");
    }
    if (cells.size() > 1 && hidden.size() > 1 && cells.size() != hidden.size()) {
      to.conflict(
          section + ".cell",
          section + ".hidden",
          section
              + ".cell lists "
              + cells.size()
              + " cells but "
              + section
              + ".hidden "
              + hidden.size()
              + " widths",
          "give as many of both, or one for all layers");
    } else {
      projections(to);
    }
  }

  private void projections(Conflicts to) {
    int least = hidden.stream().mapToInt(h -> h).min().orElseThrow();
    for (int l = 0; l < cells.size(); l++) {
      if (!(cells.get(l) instanceof CellConfig.Lstm lstm) || lstm.projection().isEmpty()) continue;
      int width = cells.size() > 1 && hidden.size() > 1 ? hidden.get(l) : least;
      if (lstm.projection().get() < width) continue;
      to.conflict(
          section + ".cell." + l + ".projection",
          section + ".hidden",
          "a projection to "
              + lstm.projection().get()
              + " is not below the "
              + width
              + " units of its layer",
          "lower projection or raise " + section + ".hidden");
    }
  }
}
