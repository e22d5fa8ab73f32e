package dev.sluice.eval.metrics;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.pipeline.CurveRuns;
import dev.sluice.pipeline.FoldRuns;
import dev.sluice.pipeline.SeedRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The seeds.json, folds.json or learning-curve.json of a folder of several runs, written before. Immutable. */
public final class SeriesFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final Kind kind;
  private final JsonNode json;
  private final List<JsonNode> runs;

  /** What the runs of a series differ in. */
  public enum Kind {
    /** In their seed alone. */
    SEEDS(SeedRuns.FILE, "--seeds", "seed"),
    /** In the fold that is held out. */
    FOLDS(FoldRuns.FILE, "--folds", "fold"),
    /** In the share of train, and in their seed. */
    CURVE(CurveRuns.FILE, "--learning-curve", "run");

    private final String file;
    private final String option;
    private final String noun;

    Kind(String file, String option, String noun) {
      this.file = file;
      this.option = option;
      this.noun = noun;
    }

    /** The name of the file. */
    public String file() {
      return file;
    }
  }

  private SeriesFile(Path folder, Kind kind, JsonNode json, List<JsonNode> runs) {
    this.folder = folder;
    this.kind = kind;
    this.json = json;
    this.runs = List.copyOf(runs);
  }

  /** Which series a folder holds; nothing when it holds none, or has scores of its own. */
  public static Optional<Kind> kindOf(Path folder) {
    if (Files.exists(folder.resolve(MetricsJson.FILE))) return Optional.empty();
    for (Kind kind : Kind.values())
      if (Files.isRegularFile(folder.resolve(kind.file))) return Optional.of(kind);
    return Optional.empty();
  }

  /**
   * Reads that of a folder.
   *
   * @param kind as {@link #kindOf} told
   * @throws SluiceException EVA-031 when it is something else; of kind IO when it cannot be read
   */
  public static SeriesFile read(Path folder, Kind kind) {
    Path file = folder.resolve(kind.file);
    JsonNode json = tree(file, kind);
    List<JsonNode> runs = new ArrayList<>();
    json.path("runs").forEach(runs::add);
    for (JsonNode point : json.path("points")) point.path("runs").forEach(runs::add);
    boolean known = json.path("schemaVersion").asInt() == SeriesJson.SCHEMA_VERSION;
    boolean named = runs.stream().noneMatch(run -> run.path("name").asText().isEmpty());
    if (known && named && !runs.isEmpty()) return new SeriesFile(folder, kind, json, runs);
    throw other(file, kind, "it names no runs");
  }

  private static JsonNode tree(Path file, Kind kind) {
    try {
      JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
      if (tree != null && tree.isObject()) return tree;
      throw other(file, kind, "it holds no JSON object");
    } catch (JacksonException e) {
      throw other(file, kind, "it is no JSON");
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  private static SluiceException other(Path file, Kind kind, String what) {
    return SluiceException.usage(
        Codes.OTHER_FILE,
        Location.of(file.toString()),
        what + ", expected a " + kind.file + " of schemaVersion " + SeriesJson.SCHEMA_VERSION,
        "name the folder of a finished sluice train " + kind.option + " of this version");
  }

  /** The folder as it was named. */
  public Path folder() {
    return folder;
  }

  /** What the series is called: the name of its folder. */
  public String name() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }

  /** What the runs differ in. */
  public Kind kind() {
    return kind;
  }

  /** The whole document. */
  public JsonNode json() {
    return json;
  }

  /** What it says of each run, in their order, at least one. */
  public List<JsonNode> runs() {
    return runs;
  }

  /** The folder of each run. */
  public List<Path> folders() {
    return runs.stream().map(run -> folder.resolve(run.path("name").asText())).toList();
  }

  /** What it is, for a complaint: "this is a series of 3 seeds (train --seeds)". */
  public String told() {
    int n = runs.size();
    return "this is a series of "
        + n
        + " "
        + kind.noun
        + (n == 1 ? "" : "s")
        + " (train "
        + kind.option
        + ")";
  }

  /** What to do where one run is asked for. */
  SluiceException notOneRun() {
    return SluiceException.usage(
        Codes.NO_METRICS,
        Location.of(folder.toString()),
        told() + ", whose runs have a metrics.json each",
        "name one of its runs, e.g. "
            + folders().get(0)
            + (kind == Kind.SEEDS
                ? "; sluice report and sluice compare take the whole series"
                : "; the numbers of all are in " + kind.file));
  }
}
