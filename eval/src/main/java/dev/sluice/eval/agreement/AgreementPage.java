package dev.sluice.eval.agreement;

import dev.sluice.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;

/** The page of the study in Markdown. Its pictures lie in a folder beside it. */
final class AgreementPage {
  /** The folder of the pictures. */
  static final String PICTURES = "agreement";

  private final AgreementResults results;
  private final StringBuilder page = new StringBuilder();

  private AgreementPage(AgreementResults results) {
    this.results = results;
  }

  /**
   * The page.
   *
   * @param command what was typed
   * @param day when, such as 2026-11-26
   */
  static String of(AgreementResults results, String command, String day) {
    return new AgreementPage(results).write(command, day);
  }

  private String write(String command, String day) {
    StudySettings s = results.settings();
    AgreementSentence example = new AgreementTask(AgreementTask.Side.TEST, 1).next(9).singular();
    line("# Agreement over a distance").line("");
    line("    " + command).line("");
    line(
        format(
            "%s, %s %s, %d processors, %s kernels; %.0f s of processor time for training. The "
                + "same command gives the same numbers, speeds aside.",
            day,
            System.getProperty("java.vm.name"),
            Runtime.version(),
            Runtime.getRuntime().availableProcessors(),
            Kernels.create().name(),
            results.seconds()));
    line("");
    line(
        "How far apart may subject and verb be for a recurrent cell to make them agree? "
            + "Made-up sentences such as");
    line("").line("> " + example.text()).line("");
    line(
        format(
            "are read up to the verb, and the last state says was or were. Between the subject "
                + "and the verb stand exactly as many tokens as the distance says; the nouns among "
                + "them are of both numbers by the toss of a coin and of the same %d words as the "
                + "subjects, so nothing but the subject, the second token, tells the number. Half of "
                + "the sentences are in the plural. Chance is 50 %%. What stands between subject and "
                + "verb is never the same in training and in tests.",
            Words.NOUNS.size()));
    line("");
    line(
        format(
            "One layer reads forward; vectors of words have %d numbers; widths are chosen so "
                + "that each cell has %,d weights, as nearly as a whole number of units allows. The "
                + "window, the baseline without memory, sees the last token and the %d before it. Adam "
                + "with rate %s, norms of gradients clipped at %s, batches of %d. Taught all "
                + "distances: %d to %d by chance, %,d steps. Taught one distance: each distance its "
                + "own network, until the mean loss of %d steps is below %s, at most %,d steps. Tests "
                + "have %d sentences per distance. Seeds %s.",
            s.dimension(),
            s.weights(),
            AgreementTask.LEAST_DISTANCE,
            plain(s.rate()),
            plain(s.clip()),
            s.batch(),
            StudySettings.NEAR,
            StudySettings.FAR,
            s.steps(),
            AgreementRun.WINDOW,
            plain(AgreementRun.LEARNED),
            s.aloneSteps(),
            2 * s.testPairs(),
            String.join(", ", results.seeds().stream().map(String::valueOf).toList())));
    claims();
    section("Accuracy when one distance is taught");
    line("Mean and sample standard deviation over seeds, in percent.").line("");
    table("alone/%d/accuracy", StudySettings.distances(), AgreementPage::percent);
    line("");
    line("Steps until it was learned; the mean over seeds, where the most steps count for "
            + "those that did not.")
        .line("");
    table("alone/%d/steps", StudySettings.distances(), spread -> format("%,.0f", spread.mean()));
    picture("alone.svg", "Accuracy by distance, one distance taught");
    section("Accuracy when all distances are taught");
    line(format(
            "Mean and sample standard deviation over seeds, in percent. Distances beyond %d were "
                + "never seen in training.",
            StudySettings.FAR))
        .line("");
    table("after/accuracy/%d", StudySettings.tested(), AgreementPage::percent);
    picture("mixed.svg", "Accuracy by distance, all distances taught");
    picture("training.svg", "Loss by step, all distances taught");
    section("Norm of the gradient");
    line("The norm of what is left, so many steps back, of a gradient of norm 1 at the last "
            + "state, through everything by which the cell hands it on; the median over sentences "
            + "and seeds. At distance 50 it is the state of the subject. After training on all "
            + "distances:")
        .line("");
    table("after/gradient/%d", StudySettings.distances(), spread -> scientific(spread.median()));
    line("").line("Before training:").line("");
    table("before/gradient/%d", StudySettings.distances(), spread -> scientific(spread.median()));
    picture("gradient-before.svg", "Norm of the gradient by distance before training");
    picture("gradient-after.svg", "Norm of the gradient by distance after training");
    surfaces();
    cells();
    return page.toString();
  }

  private void claims() {
    section("What textbooks say");
    int n = results.seeds().size();
    line(
        "A claim holds when every seed of what should be larger is above every seed of what "
            + "should be smaller; it is contradicted when every one is below."
            + (n < 2
                ? " With one seed all are open."
                : format(
                    " With %d seeds each, chance alone makes one of equals seem larger in one case of "
                        + "%d. Figures are medians (smallest..largest).",
                    n, choose(2 * n, n))));
    line("");
    List<Claim> claims = Claim.of(results);
    StringJoiner counts = new StringJoiner(", ", "Of " + claims.size() + " claims: ", ".");
    for (Claim.Verdict v : Claim.Verdict.values())
      counts.add(v + " " + claims.stream().filter(c -> c.verdict() == v).count());
    line(counts.toString()).line("");
    line("| claim | verdict | should be larger | should be smaller |").line("|---|---|---|---|");
    for (Claim c : claims)
      line(format("| %s | **%s** | %s | %s |", c.text(), c.verdict(), c.larger(), c.smaller()));
  }

  private static long choose(int n, int k) {
    long ways = 1;
    for (int i = 1; i <= k; i++) ways = ways * (n - k + i) / i;
    return ways;
  }

  private void surfaces() {
    section("Error surfaces");
    line(
        format(
            "The loss of %d sentences of distance %d on a grid of %d by %d points around the "
                + "recurrent weights U, along two random directions D₁ and D₂, each as long as U, from "
                + "-1 to 1. A factor is the larger of the losses of two neighbouring points by the "
                + "smaller; losses below %s count as that. Medians over seeds (smallest..largest). "
                + "A network that has learned nothing has a loss of 0.693 at U.",
            2 * results.settings().surfacePairs(),
            StudySettings.FAR,
            results.settings().grid(),
            results.settings().grid(),
            scientific(ErrorSurface.FLOOR)));
    line("");
    line(
        "| cell | weights | loss at U | median factor | 99th percentile | largest factor | "
            + "largest step, nats |");
    line("|---|---|---|---|---|---|---|");
    List<StudiedCell> drawn =
        results.runs().keySet().stream().filter(StudiedCell::hasSurface).toList();
    for (StudiedCell cell : drawn) {
      for (String when : List.of("before", "after")) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |");
        row.add(cell.title()).add(when + " training");
        for (String key :
            List.of("center", "median", "percentile99", "largestFactor", "largestStep"))
          row.add(range(results.spread(cell, when + "/surface/" + key)));
        line(row.toString());
      }
    }
    for (StudiedCell cell : drawn) {
      for (String when : List.of("before", "after"))
        picture(
            "surface-" + cell.key() + "-" + when + ".svg",
            "Error surface of " + cell.title() + " " + when + " training");
    }
  }

  private void cells() {
    section("Cells");
    line("Norms are of the whole gradient of a step before it was clipped. Speed is in steps "
            + "per second of processor time, when all distances are taught.")
        .line("");
    line(
        "| cell | units | weights of the cell | all weights | steps/s | steps clipped, % | "
            + "median norm | largest norm |");
    line("|---|---|---|---|---|---|---|---|");
    for (StudiedCell cell : results.runs().keySet())
      line(
          format(
              "| %s | %,d | %,d | %,d | %.0f | %.1f | %s | %s |",
              cell.title(),
              results.common(cell, "units"),
              results.common(cell, "cellWeights"),
              results.common(cell, "parameters"),
              results.spread(cell, "stepsPerSecond").mean(),
              100 * results.spread(cell, "clippedShare").mean(),
              figure(results.spread(cell, "medianNorm").median()),
              figure(results.spread(cell, "largestNorm").most())));
  }

  /** A row per cell, a column per distance. */
  private void table(String path, int[] distances, Function<Spread, String> shown) {
    StringJoiner head = new StringJoiner(" | ", "| cell | ", " |");
    Arrays.stream(distances).forEach(d -> head.add(String.valueOf(d)));
    line(head.toString()).line("|---".repeat(distances.length + 1) + "|");
    for (StudiedCell cell : results.runs().keySet()) {
      StringJoiner row = new StringJoiner(" | ", "| " + cell.title() + " | ", " |");
      for (int d : distances)
        row.add(shown.apply(results.spread(cell, String.format(Locale.ROOT, path, d))));
      line(row.toString());
    }
  }

  private void section(String title) {
    line("").line("## " + title).line("");
  }

  private void picture(String file, String about) {
    line("").line("![" + about + "](" + PICTURES + "/" + file + ")");
  }

  private AgreementPage line(String text) {
    page.append(text).append('\n');
    return this;
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }

  private static String percent(Spread spread) {
    return spread.count() < 2
        ? format("%.1f", 100 * spread.mean())
        : format("%.1f ± %.1f", 100 * spread.mean(), 100 * spread.deviation());
  }

  /** The median, and of several the smallest and the largest. */
  static String range(Spread spread) {
    String median = figure(spread.median());
    return spread.count() < 2
        ? median
        : format("%s (%s..%s)", median, figure(spread.least()), figure(spread.most()));
  }

  /** Three digits; far from 1 with a power of ten. */
  private static String figure(double value) {
    boolean plain = value == 0 || Math.abs(value) >= 0.001 && Math.abs(value) < 1000;
    return plain ? format("%.3f", value) : scientific(value);
  }

  private static String scientific(double value) {
    return format("%.1e", value);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? format("%.0f", value) : String.valueOf(value);
  }
}
