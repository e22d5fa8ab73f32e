package dev.sluice.eval.picture;

import dev.sluice.eval.picture.HeatMap.Group;
import dev.sluice.network.CellConfig;
import dev.sluice.network.GateTrace;
import dev.sluice.network.GateTrace.Activation;
import dev.sluice.network.GateTrace.Gate;
import dev.sluice.network.GradientReach;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One picture of a network over a sentence: a heat map of its gates for each layer, and how far the gradient reaches, in the network and in fresh cells. */
public final class GatePicture {
  /** The head of the column of {@link #perUnit}. */
  public static final String STATE = "‖h‖";

  /** What that column shows. */
  public static final String STATE_MEANING = "norm of the state / √units";

  private GatePicture() {}

  /**
   * Draws.
   *
   * @param tokens the sentence, [T]
   * @param traces by layer and direction, as {@link GateTrace#of} gives them
   * @param reach by layer and direction
   * @param fresh untrained cells beside each other, named by their cells
   * @param freshTitle says what was measured in them
   * @return an SVG document
   */
  public static String svg(
      List<String> tokens,
      List<GateTrace> traces,
      List<GradientReach> reach,
      List<GradientReach> fresh,
      String freshTitle) {
    List<Svg> parts = new ArrayList<>();
    for (int i = 0; i < traces.size(); ) {
      int end = i + 1;
      while (end < traces.size() && traces.get(end).layer() == traces.get(i).layer()) end++;
      parts.add(heatMap(tokens, traces.subList(i, end)).draw());
      i = end;
    }
    parts.add(
        chart(reach, GatePicture::place)
            .titled("How far the gradient reaches in this network", "")
            .draw());
    parts.add(chart(fresh, r -> name(r.cell())).titled(freshTitle, "").draw());

    double width = parts.stream().mapToDouble(Svg::width).max().orElseThrow();
    double height = parts.stream().mapToDouble(Svg::height).sum();
    Svg all = new Svg(width, height);
    double y = 0;
    for (Svg part : parts) {
      all.place(part, 0, y);
      y += part.height();
    }
    return all.document("Gates over: " + String.join(" ", tokens), description(traces, reach));
  }

  /** A page that holds a picture and nothing else, which browsers show in the colours that the reader prefers. */
  public static String page(String svg) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width\"/><meta name=\"color-scheme\" content=\"light dark\"/><title>Gates</title></head>\n<body>\n"
        + svg
        + "</body>\n</html>\n";
  }

  private static String description(List<GateTrace> traces, List<GradientReach> reach) {
    StringBuilder text =
        new StringBuilder("Heat maps, tokens by gates, for each layer of the network; ");
    text.append("then two charts of the norm of the gradient by distance in time.");
    for (int i = 0; i < traces.size(); i++) {
      text.append(' ').append(capital(place(reach.get(i)))).append(": mean over all tokens of ");
      List<String> means = new ArrayList<>();
      for (Activation a : traces.get(i).gates()) {
        double mean = java.util.Arrays.stream(a.sizes()).average().orElseThrow();
        means.add(symbol(a.gate()) + String.format(Locale.ROOT, " %.2f", mean));
      }
      text.append(String.join(", ", means)).append('.');
    }
    return text.toString();
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static HeatMap heatMap(List<String> tokens, List<GateTrace> directions) {
    GateTrace first = directions.get(0);
    List<String> columns = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    for (GateTrace trace : directions) {
      for (Activation a : trace.gates()) {
        columns.add(symbol(a.gate()));
        values.add(a.sizes());
      }
      columns.add(STATE);
      values.add(perUnit(trace));
      String name = directions.size() == 1 ? "" : trace.backward() ? "backward" : "forward";
      groups.add(new Group(name, trace.gates().size() + 1));
    }
    double[][] cells = new double[tokens.size()][columns.size()];
    double most = 1;
    for (int t = 0; t < cells.length; t++) {
      for (int c = 0; c < cells[t].length; c++) {
        cells[t][c] = values.get(c)[t];
        if (Double.isFinite(cells[t][c])) most = Math.max(most, cells[t][c]);
      }
    }
    String title =
        "Layer "
            + (first.layer() + 1)
            + ": "
            + name(first.cell())
            + ", "
            + first.units()
            + " units";
    return HeatMap.of(tokens, columns, cells)
        .titled(directions.size() == 1 ? title : title + " per direction", "")
        .range(0, most)
        .groups(groups)
        .note(legend(first));
  }

  /** ‖h‖ / √P at each token: the root mean square of the state, P its width. */
  public static double[] perUnit(GateTrace trace) {
    double[] norms = trace.hiddenNorms();
    for (int t = 0; t < norms.length; t++) norms[t] /= Math.sqrt(trace.hidden()[t].length);
    return norms;
  }

  /** What the columns of a trace mean. */
  public static String legend(GateTrace trace) {
    List<String> parts = new ArrayList<>();
    for (Activation a : trace.gates()) parts.add(symbol(a.gate()) + " " + meaning(a.gate()));
    parts.add(STATE + " " + STATE_MEANING);
    return String.join(", ", parts) + "; means over the units.";
  }

  /** A gate at the head of a column: its letter, between bars where sizes are shown. */
  public static String symbol(Gate gate) {
    return gate.isShare() ? gate.symbol() : "|" + gate.symbol() + "|";
  }

  /** What a column shows: {@code forget gate}, or where sizes are shown {@code size of the candidate}. */
  public static String meaning(Gate gate) {
    return switch (gate) {
      case INPUT -> "input gate";
      case FORGET -> "forget gate";
      case CELL, CANDIDATE -> "size of the candidate";
      case OUTPUT -> "output gate";
      case RESET -> "reset gate";
      case UPDATE -> "update gate";
      case HIDDEN -> "size of the state";
    };
  }

  /** A layer and its direction, such as {@code layer 1 backward}. */
  public static String place(GradientReach reach) {
    return "layer " + (reach.layer() + 1) + (reach.backward() ? " backward" : " forward");
  }

  /** A cell with its acronym in capitals, such as {@code LSTM with peepholes}. */
  private static String name(CellConfig cell) {
    if (cell instanceof CellConfig.Window) return cell.description(); // a word
    String name = cell.name(), rest = cell.description().substring(name.length());
    return name.toUpperCase(Locale.ROOT) + rest;
  }

  private static LineChart chart(
      List<GradientReach> all, java.util.function.Function<GradientReach, String> name) {
    LineChart chart =
        new LineChart("steps back in time", "norm of the gradient of the state").logarithmic();
    for (GradientReach r : all) {
      double[] k = new double[r.norms().length];
      for (int i = 0; i < k.length; i++) k[i] = i;
      String factor =
          Double.isNaN(r.perStep())
              ? ""
              : String.format(Locale.ROOT, ", × %.2f per step", r.perStep());
      chart.series(name.apply(r) + factor, k, r.norms());
    }
    return chart;
  }
}
