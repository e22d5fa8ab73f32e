package dev.sluice.eval.analysis;

import dev.sluice.config.Location;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A surface form that is labelled in more than one way: as spans of several types, or as a span here and as none there. Ambiguous forms look so, and mistakes
 * too.
 *
 * @param text the form, a blank between its words
 * @param types how often it is a span of which type
 * @param untagged how often it stands outside of all spans
 * @param unusual how often it is not labelled as it mostly is
 * @param places where the first few of these stand, by type; those outside of all spans under {@link #UNTAGGED}
 */
public record Inconsistency(
    String text,
    SortedMap<String, Long> types,
    long untagged,
    long unusual,
    SortedMap<String, List<Location>> places) {
  /** What stands for no span; no type is empty. */
  public static final String UNTAGGED = "";

  /** Copies the maps. */
  public Inconsistency {
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
  }
}
