package dev.sluice.eval.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.JudgedReader;
import dev.sluice.eval.analysis.JudgedWriter;
import dev.sluice.eval.metrics.MetricsFile;
import dev.sluice.eval.metrics.Part;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a metrics.json with its judged sentences. A split has a file of them; those of all files of an evaluation stand in one, one file after the other, and each tells its group.
 *
 * @param name the name of the split, file or group, or {@code pooled}
 * @param json what metrics.json says of it
 * @param file the file of judged sentences
 * @param skip how many sentences of it come before
 * @param count how many belong to it at most
 * @param group the value by which its sentences are known; nothing when all of them belong to it
 */
record JudgedPart(
    String name, JsonNode json, Path file, long skip, long count, Optional<String> group) {

  /** All parts of a folder by name: splits or files, what was pooled, then groups. A group that is called like a part before it is left out. */
  static Map<String, JudgedPart> of(Path folder, MetricsFile metrics) {
    Map<String, JudgedPart> parts = new LinkedHashMap<>();
    Path pooled = JudgedWriter.file(folder, Part.POOLED);
    boolean evaluation = metrics.json().path("pooled").isObject();
    long skip = 0;
    for (Map.Entry<String, JsonNode> part : metrics.parts().entrySet()) {
      String name = part.getKey();
      JsonNode json = part.getValue();
      boolean slice = evaluation && !name.equals(Part.POOLED);
      long count = json.path("scores").path("sentences").asLong();
      parts.put(
          name,
          slice
              ? new JudgedPart(name, json, pooled, skip, count, Optional.empty())
              : whole(name, json, JudgedWriter.file(folder, name)));
      if (slice) skip += count;
    }
    for (JsonNode group : metrics.json().path("groups").path("parts")) {
      String name = group.path("name").asText();
      parts.putIfAbsent(
          name, new JudgedPart(name, group, pooled, 0, Long.MAX_VALUE, Optional.of(name)));
    }
    return parts;
  }

  private static JudgedPart whole(String name, JsonNode json, Path file) {
    return new JudgedPart(name, json, file, 0, Long.MAX_VALUE, Optional.empty());
  }

  /**
   * Opens it.
   *
   * @throws SluiceException IOX-002 when the file cannot be read
   */
  Reader open() {
    return new Reader(new JudgedReader(file));
  }

  /** Reads the sentences that belong to the part. */
  final class Reader implements AutoCloseable {
    private final JudgedReader all;
    private long left = count;
    private boolean begun;

    private Reader(JudgedReader all) {
      this.all = all;
    }

    /**
     * The next sentence, null at the end.
     *
     * @throws SluiceException EVA-040 and IOX-002 as {@link JudgedReader#next}, EVA-041 when the groups of sentences were not written
     */
    Judged next() {
      for (long i = 0; !begun && i < skip; i++) all.next();
      begun = true;
      if (left-- <= 0) return null;
      Judged judged = all.next();
      while (judged != null && group.isPresent() && !judged.group().equals(group)) {
        if (judged.group().isEmpty()) throw noGroups();
        judged = all.next();
      }
      return judged;
    }

    private SluiceException noGroups() {
      return SluiceException.usage(
          "EVA-041",
          Location.of(file.toString()),
          "the sentences do not tell their group, so those of \"" + name + "\" are not known",
          "write the results again: sluice evaluate or score with --by and --out");
    }

    @Override
    public void close() {
      all.close();
    }
  }
}
