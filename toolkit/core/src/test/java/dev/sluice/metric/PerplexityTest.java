package dev.sluice.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Worked by hand. */
class PerplexityTest {
  /** p = 1/2, 1/4, 1/8 over three symbols that are five characters: 6 bits, 2 per symbol. */
  @Test
  void bitsPerplexityAndBitsPerCharacterFollowFromTheSum() {
    Perplexity p = new Perplexity(1 + 2 + 3, 3, 5, 0);
    assertEquals(2, p.bitsPerSymbol());
    assertEquals(4, p.value());
    assertEquals(0.25, p.meanProbability());
    assertEquals(1.2, p.bitsPerCharacter());
  }

  @Test
  void twoTextsTogetherAreNotTheMeanOfBoth() {
    Perplexity p = new Perplexity(6, 3, 5, 0).plus(new Perplexity(2, 1, 3, 1));
    assertEquals(new Perplexity(8, 4, 8, 1), p);
    assertEquals(4, p.value());
    assertEquals(1, p.bitsPerCharacter());
  }

  @Test
  void noTextTakesNoBits() {
    assertEquals(1, Perplexity.NONE.value());
    assertEquals(0, Perplexity.NONE.bitsPerCharacter());
  }
}
