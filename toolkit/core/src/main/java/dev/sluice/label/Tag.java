package dev.sluice.label;

/**
 * A label taken apart.
 *
 * @param role what its prefix says
 * @param type the type; empty outside of spans
 */
record Tag(Role role, String type) {
  /** Outside of spans, and what a sentence's borders are treated as. */
  static final Tag OUTSIDE = new Tag(Role.OUTSIDE, "");

  boolean inside() {
    return role != Role.OUTSIDE;
  }

  /** Whether this tag and the one behind it lie in one span: the same reading for every scheme. */
  boolean joins(Tag next) {
    return role.mayContinue() && next.role.mayBeContinuation() && type.equals(next.type);
  }

  /** Whether both tags lie in spans of one type, joined or not. */
  boolean sameType(Tag other) {
    return inside() && other.inside() && type.equals(other.type);
  }
}
