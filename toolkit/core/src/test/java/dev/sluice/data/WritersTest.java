package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.ConllLayout;
import dev.sluice.data.DataConfig.ConllLayout.Separator;
import dev.sluice.data.DataConfig.ConlluLayout;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.data.DataConfig.JsonlLayout;
import dev.sluice.data.DataConfig.JsonlLayout.Offsets;
import dev.sluice.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer wrote, the reader of its format reads back equal. */
class WritersTest {
  private static final String[] WORDS = {
    "Bonn",
    "\"",
    "'",
    ",",
    ";",
    "=1+1",
    "#",
    "𠮷",
    "a\u200bb",
    "e\u0301",
    "\u2028",
    "\u0085",
    "\u00a0",
    "<b>",
    "O",
    "_",
    "\\",
    "12",
    "-",
    "|",
    "\u202e",
    "{}",
    "SpaceAfter=No"
  };

  @TempDir Path folder;

  @RepeatedTest(20)
  void csvWithASentencePerRowIsReadBackEqual() throws IOException {
    roundTrip(TestData.config(TestData.csv(null, "tokens", "tags", "intent", null, ",")), true);
    roundTrip(TestData.config(TestData.csv("text", "tokens", "tags", "intent", null, "\\t")), true);
    roundTrip(TestData.config(TestData.csv("text", null, "tags", "intent", null, ";")), true);
  }

  @RepeatedTest(20)
  void csvWithATokenPerRowIsReadBackEqual() throws IOException {
    roundTrip(TestData.config(TestData.csv(null, "token", "tag", "intent", "id", ";")), true);
  }

  @RepeatedTest(20)
  void conllIsReadBackEqual() throws IOException {
    roundTrip(TestData.config(Format.CONLL), false);
    ConllLayout blanks = new ConllLayout(3, -1, Separator.BLANK, Optional.empty(), false);
    roundTrip(TestData.config(blanks), false);
  }

  @RepeatedTest(20)
  void conlluIsReadBackEqual() throws IOException {
    roundTrip(TestData.config(Format.CONLLU), false);
    roundTrip(TestData.config(new ConlluLayout("xpos")), false);
    roundTrip(TestData.config(new ConlluLayout("feats:Slot")), false);
  }

  @RepeatedTest(20)
  void triplesAreReadBackEqual() throws IOException {
    roundTrip(TestData.config(Format.TRIPLES), true);
  }

  @RepeatedTest(20)
  void jsonLinesAreReadBackEqual() throws IOException {
    roundTrip(TestData.config(Format.JSONL), true);
    JsonlLayout codePoints = new JsonlLayout("t", "s", "b", "e", "l", "i", Offsets.CODEPOINTS);
    roundTrip(TestData.config(codePoints), true);
  }

  @RepeatedTest(20)
  void featuresAreReadBackEqual() throws IOException {
    DataConfig perRow = TestData.config(TestData.csv("text", "tokens", "tags", null, null, ","));
    DataConfig perToken = TestData.config(TestData.csv(null, "token", "tag", null, "id", ","));
    for (DataConfig csv : List.of(perRow, perToken)) {
      roundTrip(TestData.withFeatures(csv, "a", "of speech", "b", "2"), false);
    }
    roundTrip(TestData.withFeatures(TestData.config(Format.CONLL), "a", "2", "b", "-2"), false);
    roundTrip(TestData.withFeatures(TestData.config(Format.CONLL), "a", "2", "b", "4"), false);
    DataConfig slot = TestData.config(new ConlluLayout("feats:Slot"));
    roundTrip(TestData.withFeatures(slot, "a", "feats:A", "b", "feats:B"), false);
    roundTrip(TestData.withFeatures(slot, "a", "lemma", "b", "deprel"), false);
  }

  @Test
  void aFeatureThatIsNotThereOrContradictsAnotherIsRefused() {
    Sentence sentence = sentence(List.of("a"), List.of("O"), null);
    for (Format format : List.of(Format.CSV, Format.CONLL, Format.CONLLU)) {
      String column = format == Format.CONLL ? "2" : "lemma";
      DataConfig config = TestData.withFeatures(TestData.config(format), "pos", column);
      SluiceException e =
          assertThrows(SluiceException.class, () -> check(config, List.of(sentence)));
      TestData.assertProblem(e, "DAT-070", "test:1", "the sentence has no feature pos");
    }
    Sentence featured = sentence.withFeatures(Map.of("f", List.of("b|c"), "g", List.of("d")));
    DataConfig conllu = TestData.config(Format.CONLLU);
    for (String column : List.of("form", "feats:F")) {
      DataConfig config = TestData.withFeatures(conllu, "f", column);
      assertThrows(SluiceException.class, () -> check(config, List.of(featured)));
    }
    DataConfig conll = TestData.withFeatures(TestData.config(Format.CONLL), "f", "2", "g", "2");
    assertThrows(SluiceException.class, () -> check(conll, List.of(featured)));
    DataConfig both = TestData.withFeatures(conllu, "g", "feats:G", "f", "feats");
    assertThrows(SluiceException.class, () -> check(both, List.of(featured)));
  }

  @Test
  void anIndexIsGluedOnWhereItWillBeCutOff() throws IOException {
    ConllLayout layout = new ConllLayout(1, -1, Separator.AUTO, Optional.empty(), true);
    check(TestData.config(layout), List.of(sentence(List.of("茶", "7"), List.of("O", "B-x"), null)));
    assertThrows(
        SluiceException.class,
        () -> check(TestData.config(layout), List.of(sentence(List.of("a1"), List.of("O"), null))));
  }

  @Test
  void whatAFormatCannotHoldIsRefused() {
    Sentence blank = sentence(List.of("New York"), List.of("O"), null);
    Sentence document = sentence(List.of("-DOCSTART-"), List.of("O"), null);
    Sentence untagged = sentence(List.of("a"), List.of(), null);
    for (DataConfig config :
        List.of(
            TestData.config(Format.TRIPLES),
            TestData.config(Format.CSV),
            TestData.config(new ConllLayout(1, -1, Separator.BLANK, Optional.empty(), false)))) {
      assertThrows(SluiceException.class, () -> check(config, List.of(blank)));
      assertThrows(SluiceException.class, () -> check(config, List.of(untagged)));
    }
    assertThrows(
        SluiceException.class, () -> check(TestData.config(Format.CONLL), List.of(document)));
  }

  @Test
  void textIsWrittenALineEach() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SentenceWriter writer = Writers.open("out", out, TestData.config(Format.TEXT))) {
      writer.write(sentence(List.of("a", "b"), List.of(), null));
    }
    assertEquals("a b\n", out.toString(java.nio.charset.StandardCharsets.UTF_8));
  }

  private void roundTrip(DataConfig config, boolean intents) throws IOException {
    SplittableRandom random = Seeds.next();
    List<Sentence> sentences = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      List<String> tags = new ArrayList<>();
      int size = 1 + random.nextInt(6);
      for (int t = 0; t < size; t++) {
        words.add(WORDS[random.nextInt(WORDS.length)]);
        boolean inside = t > 0 && !tags.get(t - 1).equals("O") && random.nextBoolean();
        tags.add(
            inside
                ? "I-" + tags.get(t - 1).substring(2)
                : random.nextBoolean() ? "O" : "B-" + random.nextInt(3));
      }
      Map<String, List<String>> features = new TreeMap<>();
      for (DataConfig.FeatureColumn feature : config.features()) {
        features.put(feature.name(), words.stream().map(w -> "f" + random.nextInt(3)).toList());
      }
      String label = intents ? "label " + random.nextInt(3) : null;
      sentences.add(sentence(words, tags, label).withFeatures(features));
    }
    check(config, sentences);
  }

  private void check(DataConfig config, List<Sentence> sentences) throws IOException {
    Path file = folder.resolve(config.format() == Format.TRIPLES ? "triples" : "file");
    try (SentenceWriter writer = Writers.open(file, config)) {
      for (Sentence sentence : sentences) writer.write(sentence);
    }
    List<Sentence> read = TestData.read(file, config);
    assertEquals(
        sentences.stream().map(TestData::content).toList(),
        read.stream().map(TestData::content).toList(),
        Seeds::describe);
  }

  private static Sentence sentence(List<String> words, List<String> tags, String intent) {
    return Words.joined(words, tags, Optional.ofNullable(intent), Location.of("test", 1));
  }
}
