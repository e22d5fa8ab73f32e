package dev.sluice.eval.report;

import dev.sluice.data.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report as one page: opens from disk, asks for nothing over the network, works without script, by keyboard, on small screens, in the dark and on paper. It stays
 * below 2 MB, for which it leaves out sentences that do not fit, and says so.
 */
public final class HtmlReport {
  /** The name of the file in a run folder. */
  public static final String FILE = "report.html";

  /** The most bytes of a page. */
  static final int MOST_BYTES = 2_000_000;

  /** What is kept free for the frame around sentences, such as the lists of types and codes to choose from. */
  private static final int SPARE = 100_000;

  private HtmlReport() {}

  /** The page, as UTF-8 text. */
  public static String of(ReportData data) {
    return page(data, MOST_BYTES);
  }

  /** Writes the page to a file, whole or not at all. */
  public static void write(ReportData data, Path file) {
    byte[] bytes = of(data).getBytes(StandardCharsets.UTF_8);
    AtomicFile.at(file).write(out -> out.write(bytes));
  }

  private static String page(ReportData data, int most) {
    Page page = new Page(data.name(), "Evaluation of " + Summary.task(data));
    page.footer(
        "Made by sluice "
            + data.document().path("tool").path("version").asText()
            + " from metrics.json, whose scores are not rounded. "
            + data.signature());
    // first what has a size of its own, then as many sentences as still fit
    SentencesSection none = new SentencesSection(data, 0);
    int others = page.toString().length();
    for (Section section : sections(none))
      if (section.isThere(data))
        others += markup(section, data).getBytes(StandardCharsets.UTF_8).length;
    SentencesSection sentences = new SentencesSection(data, Math.max(0, most - others - SPARE));
    Map<Section, String> markups = new LinkedHashMap<>();
    for (Section section : sections(sentences))
      if (section.isThere(data)) markups.put(section, markup(section, data));
    markups.forEach((section, markup) -> page.section(section.id(), section.title(), markup));
    return page.toString();
  }

  private static List<Section> sections(SentencesSection sentences) {
    return List.of(
        new HeadlineSection(),
        new TypesSection(),
        new ConfusionSection(),
        new ErrorsSection(sentences.shown()),
        sentences,
        new BucketsSection(),
        new CalibrationSection(),
        new TrainingSection(),
        new NetworkSection(),
        new ComparisonSection(),
        new DataSection(),
        new ReproductionSection());
  }

  private static String markup(Section section, ReportData data) {
    Html html = new Html();
    section.write(data, html);
    return html.toString();
  }
}
