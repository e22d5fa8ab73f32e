package dev.sluice.eval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import dev.sluice.kernel.Kernels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What may differ between two runs that give the same numbers: the command, the machine and the time. It stands in a file of its own, so that the others are the same, byte for byte. */
public final class Environment {
  /** The name of the file in a folder of results. */
  public static final String FILE = "environment.json";

  private Environment() {}

  /**
   * Writes the file.
   *
   * @param folder where the results are
   * @param command what was typed
   * @param started when the work began; it ends now
   * @param threads how many threads were used
   * @throws dev.sluice.config.SluiceException when it cannot be written
   */
  public static void write(Path folder, String command, Instant started, int threads) {
    ObjectNode json = Json.object();
    json.put("command", command);
    json.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
    json.put("seconds", Duration.between(started, Instant.now()).toMillis() / 1000.0);
    json.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    json.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"));
    json.put("processors", Runtime.getRuntime().availableProcessors());
    json.put("kernels", Kernels.create().name());
    json.put("threads", threads);
    Json.write(json, folder.resolve(FILE));
  }
}
