package dev.sluice.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlatConfigTest {
  @Test
  void settingsHaveTheirPath() {
    assertEquals(
        Map.of("encoder.hidden", "8", "inputs.0.type", "word", "normalize", "[]", "seed", "null"),
        FlatConfig.of("encoder: {hidden: 8}\ninputs: [{type: word}]\nnormalize: []\nseed:\n"));
  }

  @Test
  void whatIsNoConfigHasNone() {
    for (String text : List.of("", "word", "a: [", "\u0000", "42"))
      assertEquals(Map.of(), FlatConfig.of(text), text);
  }

  @Test
  void settingsDifferWhereAnyIsMissingOrAnother() {
    assertEquals(
        List.of("b", "c"),
        FlatConfig.differing(
            List.of(
                Map.of("a", "1", "b", "2"),
                new java.util.TreeMap<>(Map.of("a", "1", "b", "3", "c", "4")))));
  }
}
