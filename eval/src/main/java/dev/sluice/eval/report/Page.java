package dev.sluice.eval.report;

import dev.sluice.eval.picture.Svg;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A page that is one file and asks for no other: its style and its script stand in it, and its content security policy allows these two, by their SHA-256, and nothing
 * else. What it shows is there without the script, which only sorts, filters and turns pages.
 */
final class Page {
  private static final String STYLE = "report.css";
  private static final String SCRIPT = "report.js";

  private record Entry(String id, String title, String markup) {}

  private final String title;
  private final String subtitle;
  private final List<Entry> entries = new ArrayList<>();
  private String footer = "";

  /**
   * An empty page.
   *
   * @param title its name, which may be the user's text
   * @param subtitle what stands above the title
   */
  Page(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  /** Adds a section below the others. */
  Page section(String id, String heading, String markup) {
    entries.add(new Entry(id, heading, markup));
    return this;
  }

  /** Says what stands below all sections. */
  Page footer(String text) {
    footer = text;
    return this;
  }

  /** The whole page. */
  @Override
  public String toString() {
    String style = "\n" + Svg.STYLE + ReportData.resource(STYLE);
    String script = "//<![CDATA[\n" + ReportData.resource(SCRIPT) + "//]]>";
    Html html = new Html();
    html.markup("<!DOCTYPE html>\n").open("html", "lang", "en");
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src '"
            + hash(style)
            + "'; script-src '"
            + hash(script)
            + "'; base-uri 'none'; form-action 'none'");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", Visible.of(title) + " · " + subtitle).line();
    html.open("style").markup(style).close().close("head").line();
    html.open("body").element("a", "Skip to the content", "class", "skip", "href", "#content");
    html.open("header", "class", "top").element("p", subtitle, "class", "subtitle");
    html.userElement("h1", title).close("header").line();
    contents(html);
    html.open("main", "id", "content", "tabindex", "-1");
    for (Entry entry : entries) {
      html.line().open("section", "id", entry.id(), "aria-labelledby", "h-" + entry.id());
      html.element("h2", entry.title(), "id", "h-" + entry.id()).line();
      html.markup(entry.markup()).close("section");
    }
    html.line().close("main");
    html.open("footer").userElement("p", footer).close();
    html.line().open("script").markup(script).close().line().close("body").close("html").line();
    return html.toString();
  }

  private void contents(Html html) {
    html.open("nav", "class", "toc", "aria-label", "Contents").open("ol");
    for (Entry entry : entries)
      html.open("li").element("a", entry.title(), "href", "#" + entry.id()).close();
    html.close("ol").close("nav").line();
  }

  /** How a policy names an inline style or script: the SHA-256 of its text. */
  static String hash(String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] sum = digest.digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
