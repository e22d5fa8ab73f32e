/**
 * Reports of metrics.json for people: HTML, Markdown, CSV, LaTeX and plain text. Every one is a pure rendering of that file and of what lies beside it, so numbers
 * can never differ between them.
 */
package dev.sluice.eval.report;
