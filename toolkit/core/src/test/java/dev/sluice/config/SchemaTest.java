package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Editors that follow the schema and the binder accept the same configs. */
class SchemaTest {
  private static final com.networknt.schema.Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Schema.of(Sample.class));

  private static boolean schemaAccepts(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML).isEmpty();
  }

  private static boolean binderAccepts(String yaml) {
    try {
      Configs.parse(yaml, "test", Sample.class);
      return true;
    } catch (SluiceException e) {
      return false;
    }
  }

  private static final List<String> VALUES =
      List.of(
          "x",
          "'x'",
          "''",
          "slots",
          "part-of-speech",
          "adam",
          "3",
          "'3'",
          "0",
          "-1",
          "1",
          "0.5",
          "4096",
          "4097",
          "99999999999",
          "9007199254740992",
          "true",
          "'true'",
          "null",
          "[]",
          "[3]",
          "[0]",
          "[x]",
          "['x', 3]",
          "[[3]]",
          "{}",
          "{a: 1}",
          "{type: word}",
          "[{type: word}]",
          "[{type: flag}]",
          "[{type: flag, dimension: 3}]",
          "[{dimension: 3}]",
          "[{type: word, dimension: 0}]",
          "{type: sgd, momentum: 0.5}",
          "{type: sgd, momentum: 1}",
          "{momentum: 0.5}",
          "{rate: 0.5}",
          "{type: adam, momentum: 0.5}",
          "{type: nadam}");

  private static final List<String> SETTINGS =
      List.of(
          "mode",
          "files.train",
          "files.test",
          "files.delimiter",
          "files",
          "hidden",
          "deep",
          "labels",
          "inputs",
          "training",
          "training.optimizer",
          "training.epochs",
          "training.seed",
          "training.limit",
          "training.threads",
          "extra",
          "training.extra");

  /** The smallest config with one setting put to a value. */
  private static String with(String setting, String value) {
    Map<String, String> top = new TreeMap<>(Map.of("mode", "slots", "files", "{train: a}"));
    String[] steps = setting.split("\\.");
    boolean inFiles = steps.length == 2 && steps[0].equals("files") && !steps[1].equals("train");
    String nested =
        steps.length == 1
            ? value
            : "{" + (inFiles ? "train: a, " : "") + steps[1] + ": " + value + "}";
    top.put(steps[0], nested);
    StringBuilder yaml = new StringBuilder();
    top.forEach((key, text) -> yaml.append(key).append(": ").append(text).append('\n'));
    return yaml.toString();
  }

  @Test
  void schemaAndBinderAgreeOnEverySettingWithEveryKindOfValue() {
    int accepted = 0;
    for (String setting : SETTINGS) {
      for (String value : VALUES) {
        String yaml = with(setting, value);
        assertEquals(binderAccepts(yaml), schemaAccepts(yaml), yaml);
        if (binderAccepts(yaml)) accepted++;
      }
    }
    int all = SETTINGS.size() * VALUES.size();
    assertTrue(accepted > 60 && accepted < all / 2, accepted + " of " + all);
  }

  @Test
  void variablesMayStandForAnySingleValue() {
    String yaml =
        "mode: ${M}\nfiles: {train: '${T}/a', delimiter: '${D:-,}'}\nhidden: ['${H:-3}']\ndeep: ${B}\n"
            + "inputs: [{type: word, dimension: '${W}'}]\n"
            + "training: {epochs: '${E}', seed: '${S:-1}', optimizer: {type: '${O:-adam}'}}\n";
    assertTrue(schemaAccepts(yaml), SCHEMA.validate(yaml, InputFormat.YAML).toString());
    assertTrue(schemaAccepts(yaml.replace("['${H:-3}']", "${H:-3}")));
    assertFalse(schemaAccepts(yaml.replace("'${E}'", "'E'")));
  }

  @Test
  void aFileOverAnotherNeedNotBeComplete() {
    String part = "files: {delimiter: ';'}\ntraining: {optimizer: {momentum: 0.5}}\n";
    assertTrue(schemaAccepts("extends: base.yaml\n" + part));
    assertFalse(schemaAccepts(part));
    assertFalse(schemaAccepts("extends: base.yaml\ninputs: [{dimension: 3}]\n"));
  }
}
