package dev.sluice.eval;

import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.eval.PairedFiles.Side;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.label.Decoded;
import dev.sluice.label.Span;
import dev.sluice.metric.TagPair;
import dev.sluice.text.Token;
import dev.sluice.text.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * Sentences of gold data and predictions that hold the same characters, white space left out: as few as it takes until both sides have come equally far. Source: the rule of
 * the CoNLL 2018 shared task, Zeman et al. 2018, which compares words so.
 */
final class SameCharacters {
  private final CharacterText gold;
  private final CharacterText predicted;
  private int same;

  SameCharacters(Side gold, Side predicted, Tokenizer tokenizer) {
    this.gold = new CharacterText(gold, tokenizer);
    this.predicted = new CharacterText(predicted, tokenizer);
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

  /** The text in pieces that lie between any two borders of tokens of either side, with the spans of both sides. */
  Judged judged(PairedReadings readings, Set<String> ignored) {
    SortedSet<Integer> borders = gold.borders();
    borders.addAll(predicted.borders());
    List<Integer> places = List.copyOf(borders);
    List<Token> pieces = new ArrayList<>();
    for (int i = 0; i + 1 < places.size(); i++) {
      int from = places.get(i), to = places.get(i + 1);
      pieces.add(new Token(gold.characters().subSequence(from, to).toString(), from, to));
    }
    Decoded expected = inPieces(gold.decode(readings.gold()), places);
    Decoded found = inPieces(predicted.decode(readings.predicted()), places);
    TagPair pair = new TagPair(false, expected, found, List.of(), List.of()).without(ignored);
    Sentence sentence =
        new Sentence(
            gold.characters().toString(), pieces, List.of(), Optional.empty(), gold.where(0));
    return Judged.tagged(sentence, pair, List.of(), Map.of(), List.of(), Optional.empty());
  }

  private static Decoded inPieces(Decoded decoded, List<Integer> places) {
    return new Decoded(
        inPieces(decoded.spans(), places),
        inPieces(decoded.wellFormed(), places),
        decoded.violations());
  }

  private static List<Span> inPieces(List<Span> spans, List<Integer> places) {
    List<Span> found = new ArrayList<>();
    for (Span s : spans)
      found.add(
          new Span(
              s.type(),
              Collections.binarySearch(places, s.start()),
              Collections.binarySearch(places, s.end())));
    return found;
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
