package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Configs;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.FeatureColumn;
import dev.sluice.data.DataConfig.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the data section says of features and intents, and what it refuses. */
class DataConfigTest {
  private static DataConfig read(String format, String more) {
    String yaml = "format: " + format + "\ntrain: a/t\ndev: b/d\n" + more;
    return Configs.parse(yaml, "test", DataConfig.class).value();
  }

  private static void refused(String format, String more, String message) {
    SluiceException e = assertThrows(SluiceException.class, () -> read(format, more));
    assertEquals(1, e.problems().size(), e::getMessage);
    assertTrue(e.getMessage().startsWith("error[" + message), e::getMessage);
  }

  @Test
  void withoutTheSettingsThereAreNoFeaturesAndALabelIsOneIntent() {
    DataConfig config = read("conll", "");
    assertEquals(List.of(), config.features());
    assertEquals(Optional.empty(), config.intentSeparator());
  }

  @Test
  void aColumnIsANumberWithOrWithoutQuotesOrAName() {
    String features = "features: [{name: pos, column: 2}, {name: chunk, column: \"-2\"}]\n";
    DataConfig config = read("conll", features);
    List<FeatureColumn> expected =
        List.of(new FeatureColumn("pos", "2"), new FeatureColumn("chunk", "-2"));
    assertEquals(expected, config.features());
    assertEquals(expected, read("csv", features).features()); // a header may be a number, too
    String name = "features: [{name: case, column: feats:Case}]\n";
    assertEquals("feats:Case", read("conllu", name).features().get(0).column());
    Configs.check(config);
    assertEquals(config, Configs.parse(Configs.toYaml(config), "test", DataConfig.class).value());
  }

  @Test
  void whatOnlyLooksLikeAWholeNumberNeedsQuotes() {
    refused(
        "csv",
        "features: [{name: pos, column: 1.5}]\n",
        "CFG-008] test:4:32: features.0.column is 1.5, expected text or a whole number");
    refused(
        "csv",
        "features: [{name: 1, column: pos}]\n",
        "CFG-008] test:4:19: features.0.name is 1, expected text");
  }

  @Test
  void formatsWithoutColumnsHaveNoFeatures() {
    for (String format : List.of("triples", "jsonl", "text")) {
      refused(
          format,
          "features: [{name: pos, column: pos}]\n",
          "CFG-011] test:4:11: features are columns, but format "
              + format
              + " has none (features: test:4:11; format: test:1:9). Fix: ");
    }
  }

  /** A config made in Java is not checked before it is used. */
  @Test
  void readersOfSuchFormatsRefuseFeatures() {
    for (Format format : List.of(Format.TRIPLES, Format.JSONL, Format.TEXT)) {
      DataConfig config = TestData.withFeatures(TestData.config(format), "pos", "pos");
      assertThrows(SluiceException.class, () -> Configs.check(config));
      TestData.assertRefused(
          Path.of("data"), config, "DAT-006", "data", "data.features are columns, but format ");
    }
    DataConfig text = TestData.withFeatures(TestData.config(Format.TEXT), "pos", "pos");
    ByteArrayInputStream in = new ByteArrayInputStream(new byte[0]);
    assertThrows(
        SluiceException.class,
        () -> Readers.openWithoutTags("standard input", in, text, TestData.BLANKS));
  }

  @Test
  void columnsThatTheFormatCannotHaveAreRefused() {
    String wrong = "features: [{name: pos, column: lema}]\n";
    refused(
        "conll",
        wrong,
        "CFG-011] test:4:32: the column is \"lema\", but conll has numbers for names"
            + " (features.0.column: test:4:32; format: test:1:9). Fix: write 1 for the first");
    refused("conll", "features: [{name: pos, column: 0}]\n", "CFG-011] test:4:32: the column is");
    refused(
        "conllu",
        wrong,
        "CFG-011] test:4:32: the column is \"lema\", expected one of form, lemma, upos, xpos, feats,"
            + " deprel, feats:NAME (features.0.column: test:4:32; format: test:1:9)."
            + " Fix: did you mean lemma");
    refused("conllu", "features: [{name: x, column: \"feats:\"}]\n", "CFG-011] test:4:30: ");
  }

  @Test
  void theColumnOfTheTagsIsNoFeature() {
    refused(
        "conll",
        "features: [{name: pos, column: -1}]\n",
        "CFG-011] test:4:32: the column \"-1\" holds the tags");
    refused(
        "conllu",
        "conllu: {column: xpos}\nfeatures: [{name: pos, column: xpos}]\n",
        "CFG-011] test:5:32: the column \"xpos\" holds the tags, which would be shown to the network"
            + " (features.0.column: test:5:32; conllu.column: test:4:18)");
    refused(
        "csv",
        "csv: {tokens: t, tags: g}\nfeatures: [{name: pos, column: g}]\n",
        "CFG-011] test:5:32: the column \"g\" holds the tags");
  }

  @Test
  void formatAndColumnsCanBeChangedTogether() {
    DataConfig config = read("conllu", "features: [{name: pos, column: xpos}]\n");
    List<String> settings = List.of("format=conll", "features.0.column=2");
    DataConfig other = Configs.of(config).with(settings, "command line").value();
    assertEquals(List.of(new FeatureColumn("pos", "2")), other.features());
    assertThrows(
        SluiceException.class, () -> Configs.of(config).with("format", "conll", "command line"));
  }

  @Test
  void everyFeatureHasANameOfItsOwn() {
    refused(
        "csv",
        "features: [{name: pos, column: a}, {name: pos, column: b}]\n",
        "CFG-011] test:4:43: two features have the name \"pos\""
            + " (features.1.name: test:4:43; features.0.name: test:4:19)");
    refused(
        "csv", "features: [{name: \" \", column: a}]\n", "CFG-009] test:4:12: features.0: name");
    refused("csv", "features: [{name: pos}]\n", "CFG-007] test:4:12: features.0.column is missing");
  }

  @Test
  void theNameOfAFileTellsItsFormatAndAFolderWhatIsInIt(@TempDir Path folder) throws IOException {
    for (String name : List.of("a.csv", "a.b.TSV"))
      assertEquals(Optional.of(Format.CSV), Format.of(Path.of(name)), name);
    assertEquals(Optional.of(Format.JSONL), Format.of(Path.of("x/a.jsonl")));
    assertEquals(Optional.of(Format.CONLLU), Format.of(Path.of("a.conllu")));
    assertEquals(Optional.of(Format.CONLL), Format.of(Path.of("a.bio")));
    for (String name : List.of("csv.txt", "csv.", "a"))
      assertEquals(Optional.empty(), Format.of(Path.of(name)), name);
    assertEquals(Optional.empty(), Format.of(folder));
    Files.writeString(folder.resolve("seq.in"), "a\n");
    assertEquals(Optional.of(Format.TRIPLES), Format.of(folder));
  }

  @Test
  void theSeparatorOfIntentsIsNotEmpty() {
    assertEquals(Optional.of("#"), read("csv", "intentSeparator: \"#\"\n").intentSeparator());
    refused("csv", "intentSeparator: \"\"\n", "CFG-009] ");
  }

  @Test
  void otherPathsOrColumnsLeaveTheRestAlone() throws IOException {
    DataConfig config =
        read("csv", "test: t\nintentSeparator: \"#\"\nfeatures: [{name: p, column: p}]\n");
    DataConfig moved =
        config.withPaths(
            Path.of("t"), Optional.of(Path.of("d")), config.test().map(Path::getFileName));
    assertEquals(Path.of("t"), moved.train());
    assertEquals(config, moved.withPaths(config.train(), config.dev(), config.test()));
    assertEquals(config, config.withCsv(TestData.CSV).withCsv(config.csv()));
    assertEquals(config.features(), config.withCsv(TestData.CSV).features());
    List<FeatureColumn> others = List.of(new FeatureColumn("q", "2"));
    assertEquals(others, config.withFeatures(others).features());
    assertEquals(config, config.withFeatures(others).withFeatures(config.features()));
  }
}
