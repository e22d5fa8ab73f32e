/**
 * Pictures as SVG from plain data: heat maps and line charts for reports and for teaching. They hold no script, no reference to anything outside, no inline style, and follow the
 * light or dark of the page.
 */
package dev.sluice.eval.picture;
