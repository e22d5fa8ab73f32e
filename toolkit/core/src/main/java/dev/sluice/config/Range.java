package dev.sluice.config;

/** The numbers a setting allows. */
record Range(double min, double max, boolean aboveMin, boolean belowMax) {

  static Range of(Setting setting) {
    return new Range(setting.min(), setting.max(), setting.aboveMin(), setting.belowMax());
  }

  /** Whether the type alone limits it. */
  boolean isOpen() {
    return Double.isInfinite(min) && Double.isInfinite(max);
  }

  boolean contains(double x) {
    return (aboveMin ? x > min : x >= min) && (belowMax ? x < max : x <= max);
  }

  /** The bounds of a whole number, behind "a whole number". */
  String wholeWords(boolean isLong) {
    long low = isLong ? Long.MIN_VALUE : Integer.MIN_VALUE;
    long high = isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
    if (!Double.isInfinite(min)) low = (long) min;
    if (!Double.isInfinite(max)) high = (long) max;
    return " from " + low + " to " + high;
  }

  /** What number is expected. */
  String realWords() {
    boolean below = Double.isInfinite(max);
    if (Double.isInfinite(min) && below) return "a finite number";
    if (below) return "a number " + (aboveMin ? "above " : "of at least ") + Words.number(min);
    String open = Double.isInfinite(min) ? "(-inf" : (aboveMin ? "(" : "[") + Words.number(min);
    return "a number in " + open + ", " + Words.number(max) + (belowMax ? ")" : "]");
  }
}
