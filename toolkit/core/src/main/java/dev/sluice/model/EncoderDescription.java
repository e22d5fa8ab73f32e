package dev.sluice.model;

import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The recurrent layers of a network as metadata of its file. */
final class EncoderDescription {
  private static final String NO_LAYER = "none";

  private EncoderDescription() {}

  static void put(SortedMap<String, String> m, Encoder e) {
    for (int l = 0; l < e.layers(); l++) m.put("network.cell." + l, Cells.text(e.cells().get(l)));
    m.put(
        "network.widths",
        e.layers() == 0
            ? NO_LAYER
            : String.join(",", e.widths().stream().map(String::valueOf).toList()));
    m.put("network.bidirectional", String.valueOf(e.bidirectional()));
    m.put("network.connection", Attributes.name(e.connection()));
    m.put("network.layerNorm", String.valueOf(e.layerNorm()));
    e.attention()
        .ifPresent(
            a ->
                m.put(
                    "network.attention",
                    new Attributes().put("width", a.width()).put("heads", a.heads()).toString()));
  }

  static Encoder read(TensorFile file) {
    String written = file.require("network.widths");
    List<Integer> widths =
        written.equals(NO_LAYER)
            ? List.of()
            : Arrays.stream(written.split(",", -1))
                .map(w -> Attributes.number(file, "network.widths", w))
                .toList();
    List<CellConfig> cells = new ArrayList<>();
    for (int l = 0; l < widths.size(); l++)
      cells.add(Cells.read(new Attributes(file, "network.cell." + l)));
    return new Encoder(
        cells,
        widths,
        Attributes.flag(file, "network.bidirectional", file.require("network.bidirectional")),
        Attributes.choice(
            file,
            "network.connection",
            file.require("network.connection"),
            EncoderConfig.Connection.class),
        Attributes.flag(file, "network.layerNorm", file.require("network.layerNorm")),
        attention(file));
  }

  private static Optional<NetworkShape.Attention> attention(TensorFile file) {
    if (!file.metadata().containsKey("network.attention")) return Optional.empty();
    Attributes a = new Attributes(file, "network.attention");
    return Optional.of(new NetworkShape.Attention(a.number("width"), a.number("heads")));
  }
}
