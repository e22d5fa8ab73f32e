package dev.sluice.eval.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.metric.Ratio;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How inputs that read files of their own fit the training split, from what a model says of its training. */
public final class InputsJson {
  private static final Pattern KEY = Pattern.compile("inputs\\.(\\d+)\\..*");

  private final Map<String, String> provenance;

  private InputsJson(Map<String, String> provenance) {
    this.provenance = provenance;
  }

  /** An object for each such input, in the order of the config. */
  public static ArrayNode of(Map<String, String> provenance) {
    Set<Integer> numbers = new TreeSet<>();
    for (String key : provenance.keySet()) {
      Matcher matcher = KEY.matcher(key);
      if (matcher.matches()) numbers.add(Integer.parseInt(matcher.group(1)));
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    InputsJson json = new InputsJson(provenance);
    for (int number : numbers) array.add(json.input("inputs." + number));
    return array;
  }

  private ObjectNode input(String setting) {
    ObjectNode json = Json.object();
    json.put("setting", setting);
    json.put("sha256", provenance.get(setting + ".sha256"));
    boolean vectors = provenance.containsKey(setting + ".words.exact");
    json.set("words", vectors ? ScoresJson.lookups(words(setting + ".words.")) : null);
    for (String what : new String[] {"phrases", "tokens", "spans"})
      json.set(what, found(setting + "." + what));
    return json;
  }

  private LookupCounts words(String prefix) {
    LookupCounts counts = new LookupCounts();
    for (Vocabulary.Step step : Vocabulary.Step.values())
      counts.add(step, number(prefix + step.name().toLowerCase(Locale.ROOT)));
    return counts;
  }

  private ObjectNode found(String key) {
    if (!provenance.containsKey(key)) return null;
    Ratio ratio = new Ratio(number(key + ".found"), number(key));
    ObjectNode json = Json.object();
    Json.put(json, "value", ratio.value());
    return json.put("found", ratio.part()).put("of", ratio.whole());
  }

  private long number(String key) {
    return Long.parseLong(provenance.get(key));
  }
}
