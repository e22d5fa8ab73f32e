package dev.sluice.cli;

import dev.sluice.eval.picture.FreshCells;
import dev.sluice.eval.picture.GatePicture;
import dev.sluice.metric.TextLines;
import dev.sluice.model.Model;
import dev.sluice.network.GateTrace;
import dev.sluice.network.GateTrace.Activation;
import dev.sluice.network.GradientReach;
import dev.sluice.text.Token;
import dev.sluice.vocabulary.LookupCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the gates of a model do over a sentence and how far the gradient of its last state reaches, beside that of fresh cells; {@code sluice describe --gates}. As text it fits 100 columns, as
 * a picture it is one SVG.
 */
final class GatesReport {
  private static final int[] DISTANCES = {0, 1, 2, 5, 10, 20};
  private static final int MOST_TOKEN = 28; // columns
  private static final int CELL = 6; // columns of a number and the gap before it

  private final List<String> tokens;
  private final List<GateTrace> traces;
  private final List<GradientReach> reach;
  private final List<GradientReach> fresh = FreshCells.reach();

  /**
   * Runs the sentence through the model.
   *
   * @throws dev.sluice.config.SluiceException CLI-010 when the model reads what raw text does not have, CLI-021 when there is no token in the sentence, CLI-030 when the
   *     model has no recurrent layer
   */
  GatesReport(Model model, String sentence) {
    Results.requireTextIsEnough(model);
    tokens = model.text().tokenize(sentence).stream().map(Token::text).toList();
    if (tokens.isEmpty()) {
      throw Failures.usage(
          "CLI-021",
          "there is no word in the sentence of --gates, \"" + sentence + "\"",
          "give a sentence, as in --gates \"a flight from oslo to rome\"");
    }
    var example = model.encode(0, tokens, Map.of(), new LookupCounts());
    traces = GateTrace.of(model.network(), example);
    reach = GradientReach.of(model.network(), example);
    if (traces.isEmpty()) {
      throw Failures.usage(
          "CLI-030",
          "--gates shows recurrent layers, and this model has none",
          "describe a model that was trained with a recurrent encoder.cell and encoder.layers of at least 1");
    }
  }

  /** The picture. */
  String svg() {
    return GatePicture.svg(tokens, traces, reach, fresh, FreshCells.title());
  }

  /** The same as a page. */
  String html() {
    return GatePicture.page(svg());
  }

  /** Writes the tables. */
  void print(Console console) {
    for (int i = 0; i < traces.size(); ) {
      int end = i + 1;
      while (end < traces.size() && traces.get(end).layer() == traces.get(i).layer()) end++;
      layer(console, traces.subList(i, end));
      i = end;
    }
    console.title(
        "How far the gradient reaches", ": its norm by steps back in time, from a norm of 1");
    console.line(table("this network", reach));
    console.line(FreshCells.title() + ":\n");
    console.line(table("fresh cell", fresh).stripTrailing());
  }

  private void layer(Console console, List<GateTrace> directions) {
    GateTrace first = directions.get(0);
    String title = "Layer " + (first.layer() + 1);
    String per = directions.size() > 1 ? " per direction" : "";
    console.title(
        title, ": " + first.cell().description() + ", " + Words.count(first.units(), "unit") + per);
    int width = tokens.stream().mapToInt(GatesReport::columns).max().orElseThrow();
    width = Math.max(5, Math.min(MOST_TOKEN, width));
    StringBuilder above = new StringBuilder(" ".repeat(2 + width));
    StringBuilder names = new StringBuilder("  " + left("token", width));
    List<double[]> columns = new ArrayList<>();
    for (GateTrace trace : directions) {
      String gap = columns.isEmpty() ? "" : "   ";
      String way = directions.size() == 1 ? "" : trace.backward() ? "backward" : "forward";
      above.append(gap).append(left("  " + way, CELL * (trace.gates().size() + 1)));
      names.append(gap);
      for (Activation a : trace.gates()) {
        names.append(right(GatePicture.symbol(a.gate())));
        columns.add(a.sizes());
      }
      names.append(right("‖h‖"));
      columns.add(GatePicture.perUnit(trace));
    }
    if (directions.size() > 1) console.line(above.toString().stripTrailing());
    console.line(names.toString());
    int each = columns.size() / directions.size();
    for (int t = 0; t < tokens.size(); t++) {
      StringBuilder line = new StringBuilder("  " + left(cut(tokens.get(t), width), width));
      for (int c = 0; c < columns.size(); c++) {
        if (c > 0 && c % each == 0) line.append("   ");
        line.append(right(String.format(Locale.ROOT, "%.2f", columns.get(c)[t])));
      }
      console.line(line.toString());
    }
    console.line("");
    console.line(TextLines.wrap("  ", GatePicture.legend(first)));
  }

  private static String table(String head, List<GradientReach> all) {
    int T = all.get(0).norms().length;
    List<Integer> distances = new ArrayList<>();
    for (int k : DISTANCES) if (k < T - 1) distances.add(k);
    distances.add(T - 1);
    List<String> header = new ArrayList<>(List.of(head));
    distances.forEach(k -> header.add(String.valueOf(k)));
    header.add("per step");
    Table table = new Table(header.toArray(String[]::new));
    for (GradientReach r : all) {
      List<String> row = new ArrayList<>();
      row.add(head.startsWith("fresh") ? r.cell().description() : GatePicture.place(r));
      for (int k : distances) row.add(norm(r.norms()[k]));
      row.add(Double.isNaN(r.perStep()) ? "-" : String.format(Locale.ROOT, "x %.2f", r.perStep()));
      table.row(row.toArray(String[]::new));
    }
    return table.toString();
  }

  private static String norm(double norm) {
    boolean plain = norm == 0 || norm >= 0.01 && norm < 1000 || !Double.isFinite(norm);
    return String.format(Locale.ROOT, plain ? "%.2f" : "%.0e", norm);
  }

  private static int columns(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String cut(String text, int most) {
    return columns(text) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - columns(text)));
  }

  private static String right(String text) {
    return " ".repeat(Math.max(1, CELL - columns(text))) + text;
  }
}
