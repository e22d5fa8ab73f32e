package dev.sluice.label;

/** A label that a scheme cannot read, or a sequence that it does not allow and nobody may repair. */
public final class LabelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The code of a label that cannot be read. */
  public static final String MALFORMED = "LAB-001";

  /** The code of an illegal sequence under {@link Repair#ERROR}. */
  public static final String ILLEGAL = "LAB-002";

  private final String code;
  private final int index;
  private final String label;
  private final String what;
  private final String fix;

  LabelException(String code, int index, String label, String what, String fix) {
    super("token " + index + ": " + what + ". Fix: " + fix);
    this.code = code;
    this.index = index;
    this.label = label;
    this.what = what;
    this.fix = fix;
  }

  /** {@link #MALFORMED} or {@link #ILLEGAL}. */
  public String code() {
    return code;
  }

  /** The token that carries the label, counted from 0. */
  public int index() {
    return index;
  }

  /** The label as it was found. */
  public String label() {
    return label;
  }

  /** What was found and what was expected, without a full stop. */
  public String what() {
    return what;
  }

  /** The nearest way out, without a full stop. */
  public String fix() {
    return fix;
  }
}
