package dev.sluice.eval.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.Location;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.label.TagScheme;
import dev.sluice.pipeline.SplitFacts;
import dev.sluice.text.Token;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Shares of labels in two splits. */
class LabelShiftTest {
  private static SplitFacts split(String name, String... intents) {
    List<Sentence> sentences =
        Stream.of(intents)
            .map(
                intent ->
                    new Sentence(
                        "x",
                        List.of(new Token("x", 0, 1)),
                        List.of(),
                        Optional.of(intent),
                        Location.of("d")))
            .toList();
    return SplitFacts.of(
        new Dataset(name, Path.of("d"), sentences, Map.of(), ""), TagScheme.PLAIN, true);
  }

  /** p = (1/2, 1/2), q = (1, 0), m = (3/4, 1/4): ½ (½ log₂ 2/3 + ½ log₂ 2) + ½ log₂ 4/3 = .311278. */
  @Test
  void theDivergenceIsThatWorkedOutByHand() {
    LabelShift shift = LabelShift.of(split("train", "a", "b"), split("dev", "a", "a", "a"));
    assertEquals("dev", shift.split());
    assertEquals(.311278124, shift.divergence(), 1e-9);
    assertEquals(
        List.of(new LabelShift.Row("a", .5, 1), new LabelShift.Row("b", .5, 0)), shift.rows());
  }

  @Test
  void equalSharesDivergeByNothingAndDisjointOnesByOne() {
    SplitFacts train = split("train", "a", "b", "b");
    assertEquals(0, LabelShift.of(train, split("dev", "b", "a", "b", "b", "a", "b")).divergence());
    assertEquals(1, LabelShift.of(train, split("dev", "c", "d")).divergence(), 1e-15);
  }

  @Test
  void theLargestDifferenceStandsFirst() {
    LabelShift shift =
        LabelShift.of(
            split("train", "a", "a", "b", "b", "c"), split("dev", "a", "a", "d", "d", "d"));
    assertEquals(
        List.of("d", "b", "c", "a"), shift.rows().stream().map(LabelShift.Row::label).toList());
  }
}
