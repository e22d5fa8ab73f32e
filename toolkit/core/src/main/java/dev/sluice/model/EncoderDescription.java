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

/** Recurrent layers as metadata of a file, under keys that begin with a name: {@code network} for those of the network itself. */
final class EncoderDescription {
  /** The layers of the network itself. */
  static final String NETWORK = "network";

  private static final String NO_LAYER = "none";

  private EncoderDescription() {}

  static void put(SortedMap<String, String> m, String name, Encoder e) {
    for (int l = 0; l < e.layers(); l++) m.put(name + ".cell." + l, Cells.text(e.cells().get(l)));
    m.put(
        name + ".widths",
        e.layers() == 0
            ? NO_LAYER
            : String.join(",", e.widths().stream().map(String::valueOf).toList()));
    m.put(name + ".bidirectional", String.valueOf(e.bidirectional()));
    m.put(name + ".connection", Attributes.name(e.connection()));
    m.put(name + ".layerNorm", String.valueOf(e.layerNorm()));
    e.attention()
        .ifPresent(
            a ->
                m.put(
                    name + ".attention",
                    new Attributes().put("width", a.width()).put("heads", a.heads()).toString()));
  }

  static Encoder read(TensorFile file, String name) {
    String widthsKey = name + ".widths",
        bidirectional = name + ".bidirectional",
        connection = name + ".connection",
        layerNorm = name + ".layerNorm";
    String written = file.require(widthsKey);
    List<Integer> widths =
        written.equals(NO_LAYER)
            ? List.of()
            : Arrays.stream(written.split(",", -1))
                .map(w -> Attributes.number(file, widthsKey, w))
                .toList();
    List<CellConfig> cells = new ArrayList<>();
    for (int l = 0; l < widths.size(); l++)
      cells.add(Cells.read(new Attributes(file, name + ".cell." + l)));
    return new Encoder(
        cells,
        widths,
        Attributes.flag(file, bidirectional, file.require(bidirectional)),
        Attributes.choice(
            file, connection, file.require(connection), EncoderConfig.Connection.class),
        Attributes.flag(file, layerNorm, file.require(layerNorm)),
        attention(file, name + ".attention"));
  }

  private static Optional<NetworkShape.Attention> attention(TensorFile file, String key) {
    if (!file.metadata().containsKey(key)) return Optional.empty();
    Attributes a = new Attributes(file, key);
    return Optional.of(new NetworkShape.Attention(a.number("width"), a.number("heads")));
  }
}
