package dev.sluice.model;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.config.SluiceException.Kind;
import java.util.List;
import java.util.Locale;

/** Everything that can be wrong with a model file, each with its stable code and the way out. */
enum TensorFileProblem {
  NOT_REGULAR("MOD-001", Kind.CORRUPT, "give the path of a model file"),
  UNREADABLE("MOD-002", Kind.IO, "check the path and its permissions"),
  TRUNCATED("MOD-003", Kind.CORRUPT, "copy or download the file again"),
  EXTRA_BYTES("MOD-004", Kind.CORRUPT, "copy or download the file again"),
  FOREIGN("MOD-005", Kind.CORRUPT, "give a file that sluice train has written"),
  HEADER_LENGTH("MOD-006", Kind.CORRUPT, "give a file that sluice train has written"),
  NOT_UTF8("MOD-007", Kind.CORRUPT, "copy or download the file again"),
  BAD_JSON("MOD-008", Kind.CORRUPT, "copy or download the file again"),
  DUPLICATE_KEY("MOD-009", Kind.CORRUPT, "write the file again with one entry for each name"),
  LIMIT("MOD-010", Kind.CORRUPT, "keep large values in U8 tensors, not in the header"),
  BAD_ENTRY("MOD-011", Kind.CORRUPT, "copy or download the file again"),
  OTHER_FORMAT("MOD-012", Kind.CORRUPT, "give a file that sluice train has written"),
  OTHER_VERSION("MOD-013", Kind.CORRUPT, "use a toolkit that reads this version, or train again"),
  FEATURE("MOD-014", Kind.CORRUPT, "upgrade the toolkit"),
  DTYPE("MOD-015", Kind.CORRUPT, "write the tensor as F32, F64, I32, I64 or U8"),
  SHAPE("MOD-016", Kind.CORRUPT, "copy or download the file again"),
  SIZE("MOD-017", Kind.CORRUPT, "copy or download the file again"),
  OFFSETS("MOD-018", Kind.CORRUPT, "copy or download the file again"),
  OVERLAP("MOD-019", Kind.CORRUPT, "copy or download the file again"),
  HOLE("MOD-020", Kind.CORRUPT, "copy or download the file again"),
  SECTION_CHECKSUM("MOD-021", Kind.CORRUPT, "copy or download the file again"),
  FILE_CHECKSUM("MOD-022", Kind.CORRUPT, "copy or download the file again"),
  NOT_FINITE("MOD-023", Kind.CORRUPT, "train again with a lower rate or clipping"),
  MEMORY("MOD-024", Kind.IO, "give Java more memory with -Xmx"),
  MISSING("MOD-025", Kind.CORRUPT, "train again with this version of the toolkit"),
  UNEXPECTED("MOD-026", Kind.CORRUPT, "train again with this version of the toolkit"),
  TEXT("MOD-027", Kind.CORRUPT, "train again with this version of the toolkit"),
  DESCRIPTION("MOD-028", Kind.CORRUPT, "copy or download the file again"),
  EXAMPLE(
      "MOD-029",
      Kind.CORRUPT,
      "copy or download the file again, or tell us of this machine if the file is whole");

  private static final int SHOWN = 80;

  private final String code;
  private final Kind kind;
  private final String fix;

  TensorFileProblem(String code, Kind kind, String fix) {
    this.code = code;
    this.kind = kind;
    this.fix = fix;
  }

  String code() {
    return code;
  }

  /** The exception to throw; {@code what} is a format for {@link Locale#ROOT}. */
  SluiceException in(Location file, String what, Object... values) {
    return new SluiceException(
        kind, List.of(problem(file, String.format(Locale.ROOT, what, values))));
  }

  /** The problem itself, where several are reported together. */
  Problem problem(Location file, String words) {
    return new Problem(code, file, words, fix);
  }

  /** A name out of a file nobody trusts, quoted, cut and with everything unusual escaped. */
  static String shown(String name) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < Math.min(name.length(), SHOWN); i++) {
      char c = name.charAt(i);
      if (c >= ' ' && c <= '~') out.append(c);
      else out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return out.append(name.length() > SHOWN ? "…\"" : "\"").toString();
  }
}
