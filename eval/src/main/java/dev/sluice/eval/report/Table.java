package dev.sluice.eval.report;

/**
 * Writes a table within a region of its own, which scrolls sideways where the screen is narrow and can be reached by keyboard. Rows are written between {@link #body}
 * and {@link #foot} or {@link #end}; those of the foot stay where they are when the others are sorted.
 */
final class Table {
  /** The most characters of a text of the user's. */
  private static final int MOST = 200;

  /** Heads of rows that are longer than this may be broken. */
  private static final int LONG = 28;

  private final Html html;
  private boolean inFoot;

  /**
   * Begins a table.
   *
   * @param caption what the table shows; it also names the region
   * @param sorts whether readers may sort the rows
   */
  Table(Html html, String caption, boolean sorts) {
    this(html, caption, sorts ? "sorts" : null);
  }

  /** The same, with the first column narrow enough to stay in view on any screen. */
  static Table pinned(Html html, String caption, boolean sorts) {
    return new Table(html, caption, sorts ? "sorts pinned" : "pinned");
  }

  private Table(Html html, String caption, String style) {
    this.html = html;
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    html.open("table", "class", style);
    html.element("caption", caption).open("thead").open("tr");
  }

  /** A column of text. */
  Table text(String title) {
    html.element("th", title, "scope", "col");
    return this;
  }

  /** A column of text under a title that is the user's. */
  Table userText(String title) {
    html.userElement("th", Visible.limited(title, MOST), "scope", "col");
    return this;
  }

  /** A column of numbers. */
  Table number(String title) {
    html.element("th", title, "scope", "col", "class", "n");
    return this;
  }

  /** Columns of numbers. */
  Table numbers(String... titles) {
    for (String title : titles) number(title);
    return this;
  }

  /** A column that is not for sorting. */
  Table plain(String title) {
    html.element("th", title, "scope", "col", "data-plain", "");
    return this;
  }

  /** Ends the head. */
  Table body() {
    html.close("tr").close("thead").line().open("tbody");
    return this;
  }

  /** Begins a row. */
  Table row() {
    html.open("tr");
    return this;
  }

  /** Begins a row whose numbers rest on few cases: they are greyed and marked. */
  Table row(boolean few) {
    html.open("tr", "class", few ? "few" : null);
    return this;
  }

  /** The head of a row, a text of the user's. */
  Table head(String text) {
    html.userElement(
        "th",
        Visible.limited(text, MOST),
        "scope",
        "row",
        "class",
        text.length() > LONG ? "long" : null);
    return this;
  }

  /** A text of ours. */
  Table cell(String text) {
    html.element("td", text);
    return this;
  }

  /** A text of the user's. */
  Table user(String text) {
    html.userElement("td", Visible.limited(text, MOST));
    return this;
  }

  /** A number. */
  Table value(String number) {
    html.element("td", number, "class", "n");
    return this;
  }

  /** A count. */
  Table value(long count) {
    return value(Figures.count(count));
  }

  /** Numbers. */
  Table values(String... numbers) {
    for (String number : numbers) value(number);
    return this;
  }

  /** Begins a cell; the caller closes it. */
  Html open(String... attributes) {
    return html.open("td", attributes);
  }

  /** Ends a row. */
  Table endRow() {
    html.close("tr").line();
    return this;
  }

  /** Begins the rows that stay below. */
  Table foot() {
    html.close("tbody").open("tfoot");
    inFoot = true;
    return this;
  }

  /** Ends the table. */
  void end() {
    html.close(inFoot ? "tfoot" : "tbody").close("table").close("div").line();
  }
}
