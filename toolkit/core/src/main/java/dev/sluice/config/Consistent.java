package dev.sluice.config;

/** A config record whose settings can contradict each other, each right in itself. */
public interface Consistent {

  /** Reports every contradiction. Paths of keys are relative to this record, such as {@code encoder.hidden}. */
  void check(Conflicts conflicts);

  /** Takes contradictions; the binder adds the position of each key. */
  @FunctionalInterface
  interface Conflicts {
    /**
     * Two settings contradict each other.
     *
     * @param key the key to blame first, as a path from the record being checked
     * @param otherKey the other one
     * @param what what is wrong, without a full stop
     * @param fix the way out, without a full stop
     */
    void conflict(String key, String otherKey, String what, String fix);
  }
}
