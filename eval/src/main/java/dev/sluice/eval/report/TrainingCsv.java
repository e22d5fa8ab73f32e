package dev.sluice.eval.report;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads training.csv, which has a row per epoch. */
final class TrainingCsv {
  /** The name of the file in a run folder. */
  static final String FILE = "training.csv";

  private TrainingCsv() {}

  /**
   * All rows, in their order.
   *
   * @throws SluiceException EVA-033 when there is no column {@code epoch} with whole numbers; of kind IO when the file cannot be read
   */
  static List<Epoch> read(Path file) {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser rows = CSVParser.parse(reader, format)) {
      if (!rows.getHeaderMap().containsKey("epoch"))
        throw wrong(file, 1, "no column \"epoch\" found");
      List<Epoch> epochs = new ArrayList<>();
      for (CSVRecord row : rows) epochs.add(epoch(file, rows, row));
      return epochs;
    } catch (IllegalArgumentException
        | java.io.UncheckedIOException e) { // two columns of one name, an open quote
      throw wrong(file, 1, "it is no table");
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
  }

  private static Epoch epoch(Path file, CSVParser rows, CSVRecord row) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (String column : rows.getHeaderNames()) {
      if (!row.isSet(column)) continue;
      try {
        double number = Double.parseDouble(row.get(column));
        if (Double.isFinite(number)) numbers.put(column, number);
      } catch (NumberFormatException e) {
        continue; // a word, such as whether the epoch was the best
      }
    }
    Double number = numbers.get("epoch");
    if (number == null || number != Math.rint(number))
      throw wrong(file, (int) rows.getCurrentLineNumber(), "the epoch is no whole number");
    boolean best = row.isSet("best") && Boolean.parseBoolean(row.get("best"));
    return new Epoch(number.intValue(), best, numbers);
  }

  private static SluiceException wrong(Path file, int line, String what) {
    return SluiceException.usage(
        Codes.BESIDE,
        Location.of(file.toString(), line),
        what + ", expected a row per epoch as sluice train writes them",
        "restore the file, or move it away to leave the curves out");
  }
}
