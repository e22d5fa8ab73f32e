package dev.sluice.data;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.PairLayout;
import dev.sluice.text.Token;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pairs of a split, in the order of the file.
 *
 * @param sources what is read, a sentence each
 * @param targets what is written of each, as it stands in the file
 */
public record Pairs(Dataset sources, List<String> targets) {
  private static final int MOST = 20;

  /** Copies the list and checks that the sides fit. */
  public Pairs {
    targets = List.copyOf(targets);
    if (targets.size() != sources.size())
      throw new IllegalArgumentException(
          sources.size() + " sources but " + targets.size() + " targets");
  }

  /**
   * Reads a split of CSV.
   *
   * @param tokenizer splits sources
   * @throws SluiceException when it is not there, cannot be read, lacks a column or has a side that is empty
   */
  public static Pairs read(String name, Path path, DataConfig config, Tokenizer tokenizer) {
    PairLayout layout = config.pairs().orElseThrow();
    Fingerprint fingerprint = new Fingerprint();
    List<Sentence> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Skips skips = new Skips();
    CsvDialect dialect = CsvDialect.of(config.csv(), path.toString());
    try (CsvRows rows = new CsvRows(fingerprint.open(path), dialect)) {
      CsvRows.Row first = rows.header();
      if (first != null) {
        CsvHeader header = new CsvHeader(first, dialect, 2);
        int source = header.index(layout.source().column(), "data.pairs");
        int target = header.index(layout.target().column(), "data.pairs");
        for (CsvRows.Row row = rows.next(); row != null; row = rows.next()) {
          if (row.empty()) {
            skips.add("empty lines");
            continue;
          }
          String raw = row.cells().get(source), written = row.cells().get(target);
          List<Token> tokens = tokenizer.tokenize(raw);
          if (tokens.isEmpty()) problems.add(empty("source", row.where(source)));
          if (written.isBlank()) problems.add(empty("target", row.where(target)));
          if (problems.size() >= MOST) break;
          sources.add(new Sentence(raw, tokens, List.of(), Optional.empty(), row.where()));
          targets.add(written);
        }
      }
    } catch (IOException e) {
      throw SluiceException.notRead(path, e);
    }
    if (!problems.isEmpty()) throw new SluiceException(SluiceException.Kind.USAGE, problems);
    Dataset read = new Dataset(name, path, sources, skips.counts(), fingerprint.hex());
    return new Pairs(read, targets);
  }

  private static Problem empty(String side, Location where) {
    return new Problem(
        Codes.EMPTY, where, "the " + side + " is empty", "fill the cell or drop the row");
  }

  /** The number of pairs. */
  public int size() {
    return targets.size();
  }

  /** The name of the split. */
  public String name() {
    return sources.name();
  }
}
