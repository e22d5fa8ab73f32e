package dev.sluice.text;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tokenizer models that OpenNLP publishes as Maven artifacts, one for each language. They are found on the class path by the name
 * of their resource; nothing is ever downloaded.
 */
final class OpenNlpModels {
  private static final String RELEASE = "1.3";
  private static final String TRAINED_WITH = "2.5.4";

  /** The treebank each language's model was trained on, which is part of the resource's name. */
  private static final Map<String, String> TREEBANKS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("af", "afribooms"),
              Map.entry("bg", "btb"),
              Map.entry("ca", "ancora"),
              Map.entry("cs", "pdtc"),
              Map.entry("da", "ddt"),
              Map.entry("de", "gsd"),
              Map.entry("el", "gdt"),
              Map.entry("en", "ewt"),
              Map.entry("es", "gsd"),
              Map.entry("et", "edt"),
              Map.entry("eu", "bdt"),
              Map.entry("fa", "perdt"),
              Map.entry("fi", "tdt"),
              Map.entry("fr", "gsd"),
              Map.entry("ga", "idt"),
              Map.entry("hr", "set"),
              Map.entry("hy", "bsut"),
              Map.entry("id", "gsd"),
              Map.entry("is", "icepahc"),
              Map.entry("it", "vit"),
              Map.entry("ka", "glc"),
              Map.entry("kk", "ktb"),
              Map.entry("ko", "kaist"),
              Map.entry("lv", "lvtb"),
              Map.entry("nl", "alpino"),
              Map.entry("no", "bokmaal"),
              Map.entry("pl", "pdb"),
              Map.entry("pt", "gsd"),
              Map.entry("ro", "rrt"),
              Map.entry("ru", "gsd"),
              Map.entry("sk", "snk"),
              Map.entry("sl", "ssj"),
              Map.entry("sr", "set"),
              Map.entry("sv", "talbanken"),
              Map.entry("tr", "boun"),
              Map.entry("uk", "iu")));

  private OpenNlpModels() {}

  /** The model's file, read from the class path. */
  static byte[] read(String language, Location where) {
    if (!TREEBANKS.containsKey(language)) {
      throw SluiceException.usage(
          "TOK-002",
          where,
          "OpenNLP has no tokenizer model for the language " + Characters.quoted(language),
          "use one of "
              + String.join(", ", TREEBANKS.keySet())
              + "; or character, break-iterator, or a path to a model of your own");
    }
    String resource = resource(language);
    try (InputStream in = open(resource)) {
      if (in == null) {
        throw SluiceException.usage(
            "TOK-003",
            where,
            "the tokenizer model " + resource + " is not on the class path",
            "add the Maven dependency " + coordinates(language));
      }
      return OpenNlpModelFile.readAtMost(in, Location.of(resource));
    } catch (IOException e) {
      throw OpenNlpModelFile.unreadable(Location.of(resource), e);
    }
  }

  static String resource(String language) {
    return "/opennlp-%s-ud-%s-tokens-%s-%s.bin"
        .formatted(language, TREEBANKS.get(language), RELEASE, TRAINED_WITH);
  }

  static String coordinates(String language) {
    return "org.apache.opennlp:opennlp-models-tokenizer-%s:%s.0".formatted(language, RELEASE);
  }

  private static InputStream open(String resource) {
    InputStream in = OpenNlpModels.class.getResourceAsStream(resource);
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    return in != null || application == null
        ? in
        : application.getResourceAsStream(resource.substring(1));
  }
}
