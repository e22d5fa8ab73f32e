/** How numbers become JSON: every key always there, undefined as null, nothing rounded, the same bytes for the same numbers. */
package dev.sluice.eval.json;
