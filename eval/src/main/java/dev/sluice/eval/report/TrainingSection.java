package dev.sluice.eval.report;

import dev.sluice.eval.picture.LineChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The course of training by epoch, by step and by time; radio buttons choose which, by style alone. */
final class TrainingSection implements Section {
  /** The weight of what was before in a smoothed line. */
  private static final double INERTIA = 0.6;

  /** From so many epochs on a smoothed line says more than the raw one. */
  private static final int SMOOTHED_FROM = 5;

  private record Curve(String column, String title, String unit, double factor, boolean smoothed) {}

  /**
   * What curves can be drawn over.
   *
   * @param key the class of style and the value of the choice
   * @param choice what the choice says
   * @param name what stands below the axis
   * @param counts whether it counts something
   * @param places where the epochs stand, ascending; one each
   */
  private record Axis(String key, String choice, String name, boolean counts, double[] places) {}

  private static final List<Curve> CURVES =
      List.of(
          new Curve("loss", "Loss on train", "mean −log p", 1, true),
          new Curve("dev_score", "Score on dev", "%", 100, true),
          new Curve("rate", "Learning rate", "rate", 1, false),
          new Curve("gradient_norm", "Gradient norm", "mean over batches", 1, true),
          new Curve("tokens_per_second", "Speed", "tokens per second", 1, true));

  @Override
  public String id() {
    return "training";
  }

  @Override
  public String title() {
    return "Training";
  }

  @Override
  public boolean isThere(ReportData data) {
    return !data.epochs().isEmpty();
  }

  @Override
  public void write(ReportData data, Html html) {
    List<Epoch> epochs = data.epochs();
    int best = best(data);
    html.element(
        "p",
        Figures.count(epochs.size(), "epoch")
            + (best > 0 ? ", the best one on dev is " + best : "")
            + ".",
        "class",
        "note");
    List<Axis> axes = axes(epochs);
    html.open("fieldset", "class", "scales").element("legend", "Axis of the curves");
    for (Axis axis : axes) choice(html, axis.key(), axis.choice(), axis.equals(axes.get(0)));
    for (Axis axis : axes) {
      html.open("div", "class", "figures by-" + axis.key());
      charts(html, epochs, best, axis);
      html.close("div");
    }
    html.close("fieldset").line();
    html.open("details").element("summary", "Numbers of the epochs");
    table(html, epochs, best);
    html.close("details").line();
  }

  /** Epochs always, steps and time where the file has them. */
  private static List<Axis> axes(List<Epoch> epochs) {
    List<Axis> axes = new ArrayList<>();
    double[] numbers = epochs.stream().mapToDouble(Epoch::epoch).toArray();
    axes.add(new Axis("epoch", "epochs", "epoch", true, numbers));
    double[] steps = epochs.stream().mapToDouble(e -> e.get("steps").orElse(Double.NaN)).toArray();
    if (Arrays.stream(steps).allMatch(Double::isFinite))
      axes.add(new Axis("step", "steps", "updates of the weights", true, steps));
    double[] minutes = new double[epochs.size()];
    double seconds = 0;
    for (int i = 0; i < minutes.length; i++) {
      seconds += epochs.get(i).get("seconds").orElse(0);
      minutes[i] = seconds / 60;
    }
    if (seconds > 0)
      axes.add(new Axis("time", "time since the start", "minutes since the start", false, minutes));
    return axes;
  }

  private static void choice(Html html, String axis, String text, boolean chosen) {
    html.empty(
        "input",
        "type",
        "radio",
        "class",
        axis,
        "name",
        "axis",
        "id",
        "axis-" + axis,
        "checked",
        chosen ? "checked" : null);
    html.element("label", text, "for", "axis-" + axis).text(" ");
  }

  /** The document's best epoch, or else the last one that was best when it ended; 0 for none. */
  private static int best(ReportData data) {
    int best = data.document().path("run").path("bestEpoch").asInt();
    if (best > 0) return best;
    for (Epoch epoch : data.epochs()) if (epoch.best()) best = epoch.epoch();
    return best;
  }

  private static void charts(Html html, List<Epoch> epochs, int best, Axis axis) {
    for (Curve curve : CURVES) {
      double[] y =
          epochs.stream()
              .mapToDouble(e -> e.get(curve.column()).orElse(Double.NaN) * curve.factor())
              .toArray();
      if (Arrays.stream(y).allMatch(Double::isNaN)) continue;
      html.open("figure").markup(chart(curve, y, epochs, best, axis)).close();
    }
  }

  private static String chart(Curve curve, double[] y, List<Epoch> epochs, int best, Axis axis) {
    double[] x = axis.places();
    boolean smoothed = curve.smoothed() && y.length >= SMOOTHED_FROM;
    LineChart chart =
        new LineChart(axis.name(), curve.unit())
            .titled(
                curve.title(),
                curve.title()
                    + " by "
                    + axis.key()
                    + ", a point per epoch; the numbers are in the table below.")
            .series(smoothed ? "each epoch" : "", x, y);
    if (smoothed) chart.series("smoothed", x, smooth(y));
    if (axis.counts()) chart.counting();
    if (x.length == 1 || !axis.key().equals("epoch")) chart.xRange(0, x[x.length - 1]);
    for (int i = 0; i < x.length; i++)
      if (epochs.get(i).epoch() == best && Double.isFinite(y[i])) chart.mark(x[i], y[i], "best");
    return chart.inline();
  }

  /** Exponential moving average, freed from the weight of its start: mᵢ = w·mᵢ₋₁ + (1-w)·yᵢ, divided by 1 - wⁱ. */
  static double[] smooth(double[] y) {
    double[] smooth = new double[y.length];
    double mean = 0, weight = 1;
    for (int i = 0; i < y.length; i++) {
      if (Double.isFinite(y[i])) {
        mean = INERTIA * mean + (1 - INERTIA) * y[i];
        weight *= INERTIA;
      }
      smooth[i] = weight == 1 ? Double.NaN : mean / (1 - weight);
    }
    return smooth;
  }

  private static void table(Html html, List<Epoch> epochs, int best) {
    Table table = new Table(html, "Epochs", false);
    boolean steps = epochs.stream().anyMatch(epoch -> epoch.get("steps").isPresent());
    table.number("Epoch");
    if (steps) table.number("Steps");
    table
        .numbers("Loss", "Dev score", "Rate", "Gradient norm", "Clipped", "Tokens/s", "Seconds")
        .body();
    for (Epoch epoch : epochs) {
      table.row().head(epoch.epoch() + (epoch.epoch() == best ? " best" : ""));
      if (steps) table.value(count(epoch.get("steps")));
      table.values(
          fixed(epoch.get("loss"), 4),
          Figures.percent(epoch.get("dev_score")),
          fixed(epoch.get("rate"), 6),
          fixed(epoch.get("gradient_norm"), 3),
          Figures.percent(epoch.get("clipped_share")),
          count(epoch.get("tokens_per_second")),
          fixed(epoch.get("seconds"), 1));
      table.endRow();
    }
    table.end();
  }

  private static String count(OptionalDouble number) {
    return number.isPresent() ? Figures.count(Math.round(number.getAsDouble())) : Figures.UNDEFINED;
  }

  private static String fixed(OptionalDouble number, int decimals) {
    return number.isPresent() ? Figures.fixed(number.getAsDouble(), decimals) : Figures.UNDEFINED;
  }
}
