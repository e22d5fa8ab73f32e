package dev.sluice.eval.picture;

import java.util.Locale;

/**
 * A colour by what it is for, once for light and once for dark surroundings. Each is a variable of the style sheet, {@link #variable}, which a page may set anew.
 *
 * <p>The steps of the heat scale are blues whose lightness falls evenly, so that neither colour blindness nor grey print disturbs their order. The colours of series keep apart under the usual
 * kinds of colour blindness (after Okabe and Ito 2008, darkened and lightened for contrast with the ground).
 */
public enum Paint {
  /** What lies behind everything. */
  GROUND(0xffffff, 0x0d1117),
  /** Titles and labels. */
  INK(0x1f2328, 0xe6edf3),
  /** Notes and numbers of axes. */
  MUTED(0x57606a, 0x9da7b3),
  /** Lines of a grid. */
  GRID(0xd8dee4, 0x30363d),
  /** Text on a heat below the middle. */
  ON_LOW(0x10151c, 0xffffff),
  /** Text on a heat above the middle. */
  ON_HIGH(0xffffff, 0x10151c),
  /** The lowest heat. */
  HEAT_0(0xf3f7fb, 0x142131),
  /** Heat. */
  HEAT_1(0xe1ecf6, 0x162c43),
  /** Heat. */
  HEAT_2(0xcbdff0, 0x193a5b),
  /** Heat. */
  HEAT_3(0xaccce6, 0x1e4a75),
  /** Heat. */
  HEAT_4(0x86b3d8, 0x265d93),
  /** The last heat that bears {@link #ON_LOW}. */
  HEAT_5(0x5f99c6, 0x3073ae),
  /** The first heat that bears {@link #ON_HIGH}. */
  HEAT_6(0x2f74ad, 0x6ba3d6),
  /** Heat. */
  HEAT_7(0x1f5c94, 0x8fbde4),
  /** Heat. */
  HEAT_8(0x12457a, 0xb6d5f0),
  /** The highest heat. */
  HEAT_9(0x082f5e, 0xe4f0fb),
  /** The first series: blue. */
  SERIES_0(0x0068a8, 0x5ab4ec),
  /** The second series: vermilion. */
  SERIES_1(0xc04a00, 0xff9d5c),
  /** The third series: green. */
  SERIES_2(0x007a58, 0x3ecfa3),
  /** The fourth series: purple. */
  SERIES_3(0xa0417a, 0xe79cc6),
  /** The fifth series: ochre. */
  SERIES_4(0x8a6500, 0xe3c04b),
  /** The sixth series: grey. */
  SERIES_5(0x4d5560, 0xb9c2cc);

  /** The number of heats. */
  static final int HEATS = 10;

  private static final int SERIES = 6;

  private final int light;
  private final int dark;

  Paint(int light, int dark) {
    this.light = light;
    this.dark = dark;
  }

  /**
   * The heat of a share.
   *
   * @param share in [0, 1]; what lies beside it gets the nearest heat
   */
  public static Paint heat(double share) {
    int step = (int) Math.floor(share * HEATS);
    return values()[HEAT_0.ordinal() + Math.max(0, Math.min(HEATS - 1, step))];
  }

  /** What can be read on a heat. */
  Paint text() {
    return ordinal() <= HEAT_5.ordinal() ? ON_LOW : ON_HIGH;
  }

  /** The colour of series n, from 0 on; after six the first returns. */
  public static Paint series(int n) {
    return values()[SERIES_0.ordinal() + n % SERIES];
  }

  /** The name in classes: {@code heat-3}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The variable of the style sheet, such as {@code --sp-heat-3}. */
  public String variable() {
    return "--sp-" + label();
  }

  /** The colour in light surroundings, {@code #rrggbb}. */
  String light() {
    return hex(light);
  }

  /** The colour in dark surroundings, {@code #rrggbb}. */
  String dark() {
    return hex(dark);
  }

  private static String hex(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}
