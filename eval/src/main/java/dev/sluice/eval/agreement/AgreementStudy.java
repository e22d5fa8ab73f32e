package dev.sluice.eval.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.eval.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes recurrent cells of every kind learn which of was and were a subject wants that stands 5 to 50 tokens before its verb, and writes what came of it:
 * accuracy and norms of gradients by distance, error surfaces, and whether what textbooks say is seen. Run by {@code eval/agreement}.
 * <pre>
 *   runs/CELL-SEED.json            everything that was measured of a run; kept when the study is started again
 *   agreement/results.json         the same over seeds
 *   agreement/*.svg                pictures
 *   agreement.md                   the page
 * </pre>
 */
public final class AgreementStudy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USAGE = "eval/agreement OUTDIR [--steps N] [--rate R] [--seeds 1..3]";

  private static final String RUNS = "runs";

  private final Path folder;
  private final StudySettings settings;
  private final Consumer<String> progress;

  AgreementStudy(Path folder, StudySettings settings, Consumer<String> progress) {
    this.folder = folder;
    this.settings = settings;
    this.progress = progress;
  }

  /** Runs the study; exit code 2 when an argument or what the folder holds is wrong, 3 when a file cannot be read or written. */
  public static void main(String[] arguments) {
    try {
      run(arguments);
    } catch (SluiceException e) {
      System.err.println(e.getMessage());
      System.exit(e.kind() == SluiceException.Kind.USAGE ? 2 : 3);
    }
  }

  /**
   * The same, with complaints thrown.
   *
   * @throws SluiceException CLI-001 to CLI-003 when an argument is wrong, and those of {@link #run(List, int, int, String)}
   */
  static void run(String... arguments) {
    Path folder = null;
    StudySettings settings = StudySettings.DEFAULT;
    int first = 1, last = 3;
    for (int i = 0; i < arguments.length; i++) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : "";
      switch (arguments[i]) {
        case "--steps" -> {
          settings = settings.with(positive("--steps", value, value), settings.rate());
          i++;
        }
        case "--rate" -> {
          settings = settings.with(settings.steps(), rate(value));
          i++;
        }
        case "--seeds" -> {
          int dots = value.indexOf("..");
          first = positive("--seeds", dots < 0 ? value : value.substring(0, dots), value);
          last = dots < 0 ? first : positive("--seeds", value.substring(dots + 2), value);
          if (last < first) throw bad("--seeds", value);
          i++;
        }
        default -> {
          if (folder != null || arguments[i].startsWith("-")) throw unknown(arguments[i]);
          folder = Path.of(arguments[i]);
        }
      }
    }
    if (folder == null)
      throw SluiceException.usage("CLI-002", Location.of("OUTDIR"), "no folder is named", USAGE);
    new AgreementStudy(folder, settings, System.out::println)
        .run(
            List.of(StudiedCell.values()),
            first,
            last,
            format(
                "eval/agreement OUTDIR --steps %d --rate %s --seeds %d..%d",
                settings.steps(), settings.rate(), first, last));
  }

  private static double rate(String value) {
    if (!value.matches("1|0?\\.[0-9]{1,9}") || Double.parseDouble(value) == 0)
      throw bad("--rate", value);
    return Double.parseDouble(value);
  }

  private static int positive(String option, String digits, String value) {
    if (!digits.matches("[1-9][0-9]{0,8}")) throw bad(option, value);
    return Integer.parseInt(digits);
  }

  private static SluiceException bad(String option, String value) {
    return SluiceException.usage(
        "CLI-003",
        Location.of(option),
        "\"" + value + "\" found, expected " + expected(option),
        USAGE);
  }

  private static String expected(String option) {
    return switch (option) {
      case "--steps" -> "a whole number from 1 on";
      case "--rate" -> "a number above 0 and at most 1, such as 0.001";
      default -> "seeds such as 1..3";
    };
  }

  private static SluiceException unknown(String argument) {
    return SluiceException.usage(
        "CLI-001", Location.of(argument), "there is no such argument", USAGE);
  }

  /**
   * Does what is not done yet and writes the page.
   *
   * @param first the first seed
   * @param last the last seed
   * @param command what was typed
   * @throws SluiceException RUN-005 when the folder has runs of other settings; IOX codes when a file cannot be read or written
   */
  void run(List<StudiedCell> cells, int first, int last, String command) {
    Path beside = folder.resolve(AgreementPage.PICTURES);
    make(folder.resolve(RUNS));
    make(beside);
    Map<StudiedCell, List<JsonNode>> runs = new EnumMap<>(StudiedCell.class);
    for (int seed = first; seed <= last; seed++) {
      for (StudiedCell cell : cells)
        runs.computeIfAbsent(cell, c -> new ArrayList<>()).add(finished(cell, seed));
    }
    AgreementResults results = new AgreementResults(settings, runs);
    Json.write(results.json(), beside.resolve("results.json"));
    AgreementPictures.of(results).forEach((name, svg) -> write(beside.resolve(name), svg));
    String day = LocalDate.now(ZoneOffset.UTC).toString();
    Path page = folder.resolve("agreement.md");
    write(page, AgreementPage.of(results, command, day));
    progress.accept("written: " + page);
  }

  private JsonNode finished(StudiedCell cell, long seed) {
    Path file = folder.resolve(RUNS).resolve(cell.key() + "-" + seed + ".json");
    if (Files.exists(file)) {
      JsonNode run = read(file);
      if (!Json.text(run.path("settings")).equals(Json.text(settings.json())))
        throw SluiceException.usage(
            "RUN-005",
            Location.of(file.toString()),
            "a finished run of other settings found",
            "name another folder, or take the same --steps and --rate");
      return run;
    }
    ObjectNode run = AgreementRun.of(settings, cell, seed);
    Json.write(run, file);
    progress.accept(
        format(
            "%s, seed %d: accuracy at distance %d %.1f %%, taught alone %.1f %%; %.0f s of training",
            cell.title(),
            seed,
            StudySettings.FAR,
            100 * run.at("/after/accuracy/" + StudySettings.FAR).doubleValue(),
            100 * run.at("/alone/" + StudySettings.FAR + "/accuracy").doubleValue(),
            run.path("seconds").doubleValue()));
    return run;
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw SluiceException.io(
          "RUN-003",
          Location.of(folder.toString()),
          "the folder cannot be made",
          "check the rights of the folder above, or name another one",
          e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  private static void write(Path file, String text) {
    AtomicFile.at(file).write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
