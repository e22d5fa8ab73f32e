package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seeds as somebody would write them. */
class SeedListTest {
  @Test
  void listsRangesAndMixturesKeepTheirOrder() {
    assertEquals(List.of(3L), SeedList.parse("3"));
    assertEquals(List.of(1L, 2L, 7L), SeedList.parse("1,2,7"));
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), SeedList.parse("1..5"));
    assertEquals(List.of(9L, 0L, 1L, 4L), SeedList.parse("9, 0..1 ,4"));
    assertEquals(List.of(9007199254740991L), SeedList.parse("9007199254740991"));
    assertEquals(1000, SeedList.parse("1..1000").size());
  }

  @Test
  void whatIsNoSeedIsNamedWithWhatWasExpected() {
    assertRefused("x", "\"x\" is no seed");
    assertRefused("", "\"\" is no seed");
    assertRefused("1,,2", "\"\" is no seed");
    assertRefused("-1", "\"-1\" is no seed");
    assertRefused("1-5", "\"1-5\" is no seed");
    assertRefused("5..1", "5..1 goes downwards");
    assertRefused("1..3,2", "seed 2 is named twice");
    assertRefused("1..1001", "these are more than 1000");
    assertRefused("1..9007199254740991", "these are more than 1000");
    assertRefused("9007199254740992", "a seed is at most 9007199254740991");
  }

  private static void assertRefused(String text, String what) {
    SluiceException refused = assertThrows(SluiceException.class, () -> SeedList.parse(text));
    assertEquals(
        "error[CLI-003] command line: --seeds is \""
            + text
            + "\", but "
            + what
            + ". Fix: give whole numbers from 0, as in --seeds 1..5, --seeds 1,2,7 or --seeds 3",
        refused.getMessage());
    assertTrue(refused.kind() == SluiceException.Kind.USAGE);
  }
}
