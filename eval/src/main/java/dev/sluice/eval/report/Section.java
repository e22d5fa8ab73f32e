package dev.sluice.eval.report;

/** A part of the page under a heading of its own. */
interface Section {
  /** Where links to it lead: a word of small letters. */
  String id();

  /** Its heading, and what the table of contents calls it. */
  String title();

  /** Whether the document has anything to show; sections without data are left out. */
  boolean isThere(ReportData data);

  /** Writes what stands below the heading. */
  void write(ReportData data, Html html);
}
