package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.eval.picture.FreshCells;
import dev.sluice.eval.picture.HeatMap;
import dev.sluice.eval.picture.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The network at work on one sentence: its gates as heat maps, and how far the gradient reaches, in it and in fresh cells. Every picture has its numbers beside it. */
final class NetworkSection implements Section {
  private static final String DISTANCE = "Steps back";

  /** A line of a chart and a column of its table. */
  private record Curve(String name, JsonNode reach) {
    double[] norms() {
      return numbers(reach.path("norms"));
    }

    String legend() {
      JsonNode factor = reach.path("perStep");
      return factor.isNumber() ? name + ", × " + Figures.fixed(factor, 2) + " per step" : name;
    }
  }

  @Override
  public String id() {
    return "network";
  }

  @Override
  public String title() {
    return "Inside the network";
  }

  @Override
  public boolean isThere(ReportData data) {
    JsonNode gates = gates(data);
    return !gates.path("layers").isEmpty() && !gates.path("sentence").path("words").isEmpty();
  }

  private static JsonNode gates(ReportData data) {
    return data.document().path("gates");
  }

  @Override
  public void write(ReportData data, Html html) {
    JsonNode gates = gates(data);
    List<String> words = new ArrayList<>();
    gates.path("sentence").path("words").forEach(word -> words.add(word.asText()));
    sentence(gates.path("sentence"), words, html);
    List<JsonNode> layers = new ArrayList<>();
    gates.path("layers").forEach(layers::add);
    html.element("p", reading(layers), "class", "note").line();
    for (int i = 0; i < layers.size(); ) {
      int end = i + 1;
      while (end < layers.size() && number(layers.get(end)) == number(layers.get(i))) end++;
      layer(layers.subList(i, end), words, html);
      i = end;
    }
    reach(layers, gates.path("fresh"), html);
  }

  private static void sentence(JsonNode sentence, List<String> words, Html html) {
    boolean shown = sentence.path("from").asText().equals("show");
    html.open("p", "class", "note");
    html.text(
        "What the network did while it read a sentence "
            + (shown ? "from the show list of the config" : "of dev")
            + ": ");
    html.open("q").user(String.join(" ", words)).close();
    long omitted = sentence.path("omitted").asLong();
    if (omitted > 0)
      html.text(
          " The sentence was read as far as that; "
              + Figures.count(omitted, "token")
              + " more are left out.");
    html.close("p").line();
  }

  private static int number(JsonNode layer) {
    return layer.path("layer").asInt();
  }

  private static String cell(JsonNode json) {
    String cell = json.path("cell").asText();
    return cell.equals("window") ? cell : cell.toUpperCase(Locale.ROOT); // a word, no acronym
  }

  private static String place(JsonNode layer) {
    return "layer " + number(layer) + " " + layer.path("direction").asText();
  }

  // --- gates

  private static void layer(List<JsonNode> directions, List<String> words, Html html) {
    JsonNode first = directions.get(0);
    html.element(
        "h3",
        "Layer "
            + number(first)
            + ": "
            + cell(first)
            + ", "
            + Figures.count(first.path("units").asLong(), "unit")
            + (directions.size() > 1 ? " per direction" : ""));
    double most = 1;
    for (JsonNode direction : directions)
      for (JsonNode column : columns(direction))
        for (double value : numbers(column.path("values")))
          if (Double.isFinite(value)) most = Math.max(most, value);
    String what = cell(first).equals("RNN") ? "States" : "Gates";
    html.open("div", "class", "figures");
    for (JsonNode direction : directions) {
      html.open("figure");
      String title = what + " of " + place(direction);
      html.open(
          "div",
          "class",
          "scroll natural",
          "tabindex",
          "0",
          "role",
          "region",
          "aria-label",
          title + ", a picture");
      html.markup(heatMap(title, columns(direction), words, most)).close("div");
      html.open("details").element("summary", "Numbers of the " + what.toLowerCase(Locale.ROOT));
      table(title, columns(direction), words, html);
      html.close("details").close("figure").line();
    }
    html.close("div").line();
  }

  private static List<JsonNode> columns(JsonNode direction) {
    List<JsonNode> columns = new ArrayList<>();
    direction.path("gates").forEach(columns::add);
    columns.add(direction.path("state"));
    return columns;
  }

  private static String heatMap(
      String title, List<JsonNode> columns, List<String> words, double most) {
    List<String> symbols = new ArrayList<>(), legend = new ArrayList<>();
    double[][] cells = new double[words.size()][columns.size()];
    for (int c = 0; c < columns.size(); c++) {
      JsonNode column = columns.get(c);
      symbols.add(column.path("symbol").asText());
      legend.add(column.path("symbol").asText() + " " + column.path("name").asText());
      for (int t = 0; t < cells.length; t++) cells[t][c] = value(column.path("values").path(t));
    }
    return HeatMap.of(words, symbols, cells)
        .titled(title, "A row for each token. The numbers are in the table below.")
        .range(0, most)
        .note(String.join(", ", legend) + "; means over the units.")
        .inline();
  }

  private static void table(String caption, List<JsonNode> columns, List<String> words, Html html) {
    Table table = new Table(html, caption, false);
    table.text("Token");
    for (JsonNode column : columns) table.number(column.path("symbol").asText());
    table.body();
    for (int t = 0; t < words.size(); t++) {
      table.row().head(words.get(t));
      for (JsonNode column : columns) table.value(Figures.fixed(column.path("values").path(t), 4));
      table.endRow();
    }
    table.end();
  }

  /** How the heat maps are read. */
  private static String reading(List<JsonNode> layers) {
    String gates =
        switch (cell(layers.get(0))) {
          case "LSTM" ->
              "A forget gate (f) near 1 keeps the memory as it is, one near 0 clears it. An input gate (i) near 1 beside a large candidate writes the token into it; an output gate (o)"
                  + " near 0 hides the memory without losing it.";
          case "GRU" ->
              "An update gate (z) near 1 keeps the state as it is, one near 0 replaces it by the candidate; in some books z and 1 − z change places. A reset gate (r) near 0 lets the"
                  + " candidate forget what came before.";
          default ->
              "A simple recurrent network has no gates: each step computes its whole state anew. Near 1, units of tanh are saturated, and little of the gradient comes back through them.";
        };
    boolean backward =
        layers.stream().anyMatch(layer -> layer.path("direction").asText().equals("backward"));
    return gates
        + (backward
            ? " A row is a token in both directions; the backward one has read what stands below."
            : " A row is a token.")
        + " Means hide much: 0.5 may be half of the units at 0 and half at 1.";
  }

  // --- the gradient

  private static void reach(List<JsonNode> layers, JsonNode fresh, Html html) {
    html.element("h3", "How far the gradient reaches");
    html.element(
        "p",
        "Gradients of norm 1 at the state that the sentence ends with are sent back through time; a curve is what arrives of them at each distance. On the logarithmic axis a factor"
            + " per step is a straight line: where it falls, what far tokens have to do with each other is hard to learn; a curve that rises is an exploding gradient.",
        "class",
        "note");
    List<Curve> trained = new ArrayList<>(), untrained = new ArrayList<>();
    for (JsonNode layer : layers) trained.add(new Curve(place(layer), layer.path("reach")));
    for (JsonNode cell : fresh.path("cells"))
      untrained.add(new Curve(cell(cell), cell.path("reach")));
    html.open("div", "class", "figures");
    figure("In this network, over the sentence", trained, html);
    if (!untrained.isEmpty()) figure("In fresh cells, over random input", untrained, html);
    html.close("div").line();
    if (untrained.isEmpty()) return;
    String title =
        FreshCells.title(
            fresh.path("units").asInt(), fresh.path("steps").asInt(), fresh.path("seed").asLong());
    html.element(
        "p",
        title
            + ", with weights as training begins with them. In the RNN every step multiplies by the weights and by the slope of tanh, so the gradient falls exponentially. In the LSTM it"
            + " loses most at the first step; what has reached the memory then passes by the forget gate alone. The GRU lies between.",
        "class",
        "note");
  }

  private static void figure(String title, List<Curve> curves, Html html) {
    LineChart chart =
        new LineChart("steps back in time", "norm of the gradient of the state")
            .logarithmic()
            .titled(
                title,
                "Norm of the gradient by distance in time. The numbers are in the table below.");
    int most = 0;
    for (Curve curve : curves) {
      double[] norms = curve.norms(), distances = new double[norms.length];
      for (int k = 0; k < distances.length; k++) distances[k] = k;
      chart.series(curve.legend(), distances, norms);
      most = Math.max(most, norms.length);
    }
    html.open("figure").markup(chart.inline());
    html.open("details").element("summary", "Numbers of the curves");
    Table table = new Table(html, title, false).number(DISTANCE);
    for (Curve curve : curves) table.number(curve.name());
    table.body();
    for (int k = 0; k < most; k++) {
      table.row().head(String.valueOf(k));
      for (Curve curve : curves) table.value(norm(curve.reach().path("norms").path(k)));
      table.endRow();
    }
    table.end();
    html.close("details").close("figure").line();
  }

  /** Three digits, whatever the size. */
  private static String norm(JsonNode norm) {
    if (!norm.isNumber()) return Figures.UNDEFINED;
    return String.format(
        Locale.ROOT, norm.doubleValue() == 0 ? "%.0f" : "%.3g", norm.doubleValue());
  }

  /** Numbers of the document; what is none there is none here. */
  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) numbers[i] = value(array.get(i));
    return numbers;
  }

  private static double value(JsonNode number) {
    return number.isNumber() ? number.doubleValue() : Double.NaN;
  }
}
