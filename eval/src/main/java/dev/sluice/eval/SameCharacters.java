package dev.sluice.eval;

import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.eval.PairedFiles.Side;

/**
 * Sentences of gold data and predictions that hold the same characters, white space left out: as few as it takes until both sides have come equally far. Source: the rule of
 * the CoNLL 2018 shared task, Zeman et al. 2018, which compares words so.
 */
final class SameCharacters {
  private final CharacterText gold;
  private final CharacterText predicted;
  private int same;

  SameCharacters(Side gold, Side predicted) {
    this.gold = new CharacterText(gold);
    this.predicted = new CharacterText(predicted);
  }

  CharacterText gold() {
    return gold;
  }

  CharacterText predicted() {
    return predicted;
  }

  /** Whether the gold side has to come further, the prediction having more characters. */
  boolean goldIsShorter() {
    return gold.length() < predicted.length();
  }

  /** Whether both sides have come equally far. */
  boolean isEven() {
    return gold.length() == predicted.length();
  }

  /**
   * Adds the next sentence of the gold data.
   *
   * @param next null at the end
   * @throws SluiceException EVA-013 when a character is another one than on the other side, or missing
   */
  void addGold(Sentence next) {
    add(gold, next, predicted);
  }

  /** The same for the predictions. */
  void addPredicted(Sentence next) {
    add(predicted, next, gold);
  }

  private void add(CharacterText to, Sentence next, CharacterText other) {
    if (next == null) throw goesOn(other, to);
    to.add(next);
    int shared = Math.min(to.length(), other.length());
    CharSequence one = gold.characters(), two = predicted.characters();
    while (same < shared && one.charAt(same) == two.charAt(same)) same++;
    if (same < shared) throw differ();
  }

  private SluiceException differ() {
    int at = same;
    if (at > 0 && Character.isLowSurrogate(gold.characters().charAt(at))) at--;
    return SluiceException.usage(
        Codes.CHARACTERS,
        predicted.where(at),
        "the text goes on with \""
            + predicted.from(at)
            + "\", expected \""
            + gold.from(at)
            + "\" as at "
            + gold.where(at)
            + ", both without white space",
        "predict on the text of the gold data; only white space and borders of tokens may differ");
  }

  private SluiceException goesOn(CharacterText longer, CharacterText ended) {
    int at = ended.length();
    return SluiceException.usage(
        Codes.CHARACTERS,
        longer.where(at),
        "the text goes on with \""
            + longer.from(at)
            + "\", without white space, but "
            + ended.side().file()
            + " ends",
        "predict on all of the text of the gold data");
  }
}
