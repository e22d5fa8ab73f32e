package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.ConllLayout;
import dev.sluice.data.DataConfig.ConllLayout.Separator;
import dev.sluice.data.DataConfig.ConlluLayout;
import dev.sluice.data.DataConfig.CsvLayout;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.data.DataConfig.JsonlLayout;
import dev.sluice.data.DataConfig.JsonlLayout.Offsets;
import dev.sluice.data.DataConfig.PairLayout;
import dev.sluice.text.Token;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Configs and tiny files for the tests of this package. */
final class TestData {
  /** Splits at blanks. */
  static final Tokenizer BLANKS =
      text -> {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        for (String word : Words.split(text)) {
          at = text.indexOf(word, at);
          tokens.add(new Token(word, at, at + word.length()));
          at += word.length();
        }
        return tokens;
      };

  static final CsvLayout CSV = csv(null, "tokens", "tags", null, null, ",");
  static final ConllLayout CONLL = new ConllLayout(1, -1, Separator.AUTO, Optional.empty(), false);
  static final ConlluLayout CONLLU = new ConlluLayout("upos");
  static final JsonlLayout JSONL =
      new JsonlLayout("text", "spans", "start", "end", "label", "intent", Offsets.UTF16);

  private TestData() {}

  static CsvLayout csv(
      String text, String tokens, String tags, String intent, String sentence, String delimiter) {
    return new CsvLayout(
        Optional.ofNullable(text),
        Optional.ofNullable(tokens),
        Optional.ofNullable(tags),
        Optional.ofNullable(intent),
        Optional.ofNullable(sentence),
        delimiter,
        "\"");
  }

  static DataConfig config(Format format) {
    return config(format, CSV, CONLL, CONLLU, JSONL);
  }

  static DataConfig config(CsvLayout csv) {
    return config(Format.CSV, csv, CONLL, CONLLU, JSONL);
  }

  static DataConfig config(ConllLayout conll) {
    return config(Format.CONLL, CSV, conll, CONLLU, JSONL);
  }

  static DataConfig config(ConlluLayout conllu) {
    return config(Format.CONLLU, CSV, CONLL, conllu, JSONL);
  }

  static DataConfig config(JsonlLayout jsonl) {
    return config(Format.JSONL, CSV, CONLL, CONLLU, jsonl);
  }

  static DataConfig config(PairLayout pairs) {
    CsvLayout plain = csv(null, null, null, null, null, ",");
    return config(Format.CSV, plain, CONLL, CONLLU, JSONL, Optional.of(pairs));
  }

  private static DataConfig config(
      Format format, CsvLayout csv, ConllLayout conll, ConlluLayout conllu, JsonlLayout jsonl) {
    return config(format, csv, conll, conllu, jsonl, Optional.empty());
  }

  private static DataConfig config(
      Format format,
      CsvLayout csv,
      ConllLayout conll,
      ConlluLayout conllu,
      JsonlLayout jsonl,
      Optional<PairLayout> pairs) {
    return new DataConfig(
        format,
        Path.of("train"),
        Optional.of(Path.of("dev")),
        Optional.empty(),
        Optional.empty(),
        DataConfig.SchemeChoice.AUTO,
        DataConfig.RepairChoice.CONLLEVAL,
        DataConfig.Overlap.WARN,
        csv,
        conll,
        conllu,
        jsonl,
        new DataConfig.TextLayout(),
        pairs,
        List.of(),
        Optional.empty());
  }

  /** The same with features, given as name, column, name, column. */
  static DataConfig withFeatures(DataConfig c, String... namesAndColumns) {
    List<DataConfig.FeatureColumn> features = new ArrayList<>();
    for (int i = 0; i < namesAndColumns.length; i += 2) {
      features.add(new DataConfig.FeatureColumn(namesAndColumns[i], namesAndColumns[i + 1]));
    }
    return c.withFeatures(features);
  }

  static Path file(Path folder, String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  static List<Sentence> read(Path file, DataConfig config) {
    return Dataset.read("test", file, config, BLANKS).sentences();
  }

  /** The one problem of reading a file: its code, its place without the folder, and how its words begin. */
  static void assertRefused(
      Path file, DataConfig config, String code, String place, String whatStart) {
    SluiceException e = assertThrows(SluiceException.class, () -> read(file, config));
    assertProblem(e, code, place, whatStart);
  }

  static void assertProblem(SluiceException e, String code, String place, String whatStart) {
    Problem problem = e.problems().get(0);
    String where = problem.where().toString();
    assertEquals(place, where.substring(where.lastIndexOf('/') + 1), e::getMessage);
    assertEquals(code, problem.code(), e::getMessage);
    assertTrue(problem.what().startsWith(whatStart), e::getMessage);
    assertTrue(e.getMessage().contains("Fix: "), e::getMessage);
    assertEquals(2, e.kind().exitCode());
  }

  /** What a round trip must keep: all but the place. */
  static List<Object> content(Sentence sentence) {
    return List.of(
        sentence.text(),
        sentence.tokens(),
        sentence.tags(),
        sentence.features(),
        sentence.intent());
  }
}
