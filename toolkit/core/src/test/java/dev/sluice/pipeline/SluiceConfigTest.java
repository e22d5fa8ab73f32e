package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Configs;
import dev.sluice.config.SluiceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SluiceConfigTest {
  private static final String SMALLEST =
      "task: slots\ndata: {format: csv, train: a, dev: b, csv: {tokens: t, tags: g}}\n";

  private static SluiceConfig read(String yaml) {
    return Configs.parse(yaml, "test", SluiceConfig.class).value();
  }

  @Test
  void everyDefaultIsAllowedAndSurvivesBeingWritten() {
    SluiceConfig config = read(SMALLEST);
    Configs.check(config);
    assertEquals(config, read(Configs.toYaml(config)));
  }

  @Test
  void everyTypeNeedsNothingButItsName() {
    for (String type : List.of("sgd", "adagrad", "rmsprop", "adam", "adamw", "nadam")) {
      read(SMALLEST + "training: {optimizer: {type: " + type + "}}\n");
    }
    for (String type : List.of("constant", "step", "cosine")) {
      read(SMALLEST + "training: {schedule: {type: " + type + "}}\n");
    }
  }

  @Test
  void contradictionsNameTheSettingsAndTheirPlaces() {
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> read(SMALLEST + "encoder: {hidden: [1, 2], layers: 3, activation: relu}\n"));
    assertEquals(2, e.problems().size());
    assertTrue(
        e.getMessage()
            .startsWith(
                "error[CFG-011] test:3:19: encoder.hidden lists 2 widths but encoder.layers is 3"
                    + " (encoder.hidden: test:3:19; encoder.layers: test:3:35). Fix: "),
        e.getMessage());
  }
}
