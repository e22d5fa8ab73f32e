package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sluice.config.Configs;
import dev.sluice.config.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every config of the project is read without complaint, by the binder and by editors. */
class ShippedConfigsTest {
  private static final Path CONFIGS = Path.of("../../configs");

  private static List<Path> configs() throws IOException {
    try (Stream<Path> files = Files.walk(CONFIGS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void everyConfigLoadsAndItsResolvedFormMeansTheSame() throws IOException {
    assertTrue(!configs().isEmpty(), "no config was found");
    for (Path file : configs()) {
      var loaded = Configs.load(file, SluiceConfig.class, List.of(), Map.of());
      var portable = Configs.parse(Configs.toYaml(loaded.value()), "model", SluiceConfig.class);
      assertEquals(loaded.flat(), portable.flat(), file.toString());
    }
  }

  @Test
  void everyConfigFollowsTheSchemaAndNamesIt() throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schema.of(SluiceConfig.class));
    for (Path file : configs()) {
      String yaml = Files.readString(file);
      assertEquals(List.of(), schema.validate(yaml, InputFormat.YAML), file.toString());
      String named = file.getParent().relativize(CONFIGS.resolve("schema.json")).toString();
      String line = "# yaml-language-server: $schema=" + named.replace('\\', '/');
      assertTrue(yaml.startsWith(line + "\n"), file + " should begin with " + line);
    }
  }
}
