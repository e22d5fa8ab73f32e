package dev.sluice.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Makes tokens of the pieces that a tokenizer cut a text into. Three rules hold for every tokenizer: a token has at least one visible
 * character; it neither begins nor ends with a blank; and no cut goes through a character as a reader sees it (a surrogate pair, a
 * letter with its accents, an emoji sequence): pieces that touch there are joined.
 */
final class Pieces {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private BitSet clusterEnds; // computed when first asked for
  private int start; // the last piece: it grows as long as the next one has to be joined to it
  private int end;

  Pieces(String text) {
    this.text = text;
  }

  /** The next piece; pieces come in order and do not overlap. */
  void add(int from, int to) {
    if (from == to) return;
    if (from == end && from > start && !mayCut(from)) {
      end = to;
      return;
    }
    finishPiece();
    start = from;
    end = to;
  }

  /** The tokens of all pieces. */
  List<Token> tokens() {
    finishPiece();
    start = end;
    return List.copyOf(tokens);
  }

  private boolean mayCut(int at) {
    if (Graphemes.plainlyApart(text.charAt(at - 1), text.charAt(at))) return true;
    if (clusterEnds == null) clusterEnds = Graphemes.ends(text);
    return clusterEnds.get(at);
  }

  private void finishPiece() {
    int from = start, to = end;
    while (from < to && Characters.isBlank(text.charAt(from))) from++; // every blank is one char
    while (to > from && Characters.isBlank(text.charAt(to - 1))) to--;
    if (Characters.anyVisible(text, from, to))
      tokens.add(new Token(text.substring(from, to), from, to));
  }
}
