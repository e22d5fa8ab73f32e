package dev.sluice.eval.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a config as single values by their path. */
final class FlatConfig {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private FlatConfig() {}

  /** The settings, {@code inputs.0.dimension} for those within lists; none when the text is no YAML, since a page is not the place to complain about it. */
  static Map<String, String> of(String yaml) {
    Map<String, String> settings = new LinkedHashMap<>();
    try {
      JsonNode tree = YAML.readTree(yaml);
      if (tree != null && tree.isContainerNode()) flatten("", tree, settings);
    } catch (JsonProcessingException e) {
      return Map.of();
    }
    return settings;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> settings) {
    String below = path.isEmpty() ? "" : path + ".";
    if (node.isObject() && !node.isEmpty()) {
      node.properties().forEach(e -> flatten(below + e.getKey(), e.getValue(), settings));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) flatten(below + i, node.get(i), settings);
    } else {
      settings.put(path, node.isValueNode() ? node.asText() : node.toString());
    }
  }

  /** The paths, in their order, at which not all have the same value or some have none. */
  static List<String> differing(List<Map<String, String>> all) {
    Map<String, String> seen = new LinkedHashMap<>();
    for (Map<String, String> each : all) each.forEach(seen::putIfAbsent);
    List<String> paths = new ArrayList<>();
    seen.forEach(
        (path, value) -> {
          if (!all.stream().allMatch(each -> value.equals(each.get(path)))) paths.add(path);
        });
    return paths;
  }
}
