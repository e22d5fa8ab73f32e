package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.config.SluiceException.Kind;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.feature.Gazetteer;
import dev.sluice.label.TagScheme;
import dev.sluice.model.ModelFile.Sample;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.testing.Seeds;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Model files whose checksums are right and whose description lies, about a network with every kind of input and both kinds of labels: each is refused as a file, before memory is
 * taken for what it claims.
 */
class HostileModelTest {
  private static final Location FILE = Location.of("m.sluice");
  private static final int ALLOWANCE = 8 << 20;
  private static final TensorFile GOOD = file(good().metadata, good().tensors);

  /** The parts of a file, to be changed. */
  private record Parts(SortedMap<String, String> metadata, SortedMap<String, Tensor> tensors) {
    byte[] bytes() {
      return TensorFile.toBytes(tensors.values(), metadata);
    }
  }

  private static Vocabulary known(String... words) {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (String word : words) builder.add(word);
    return builder.build(1);
  }

  private static Parts good() {
    Vocabulary words = known("to", "oslo");
    List<Channel> channels =
        List.of(
            new Channel("word", new Source.Word(), words),
            new Channel("casing", new Source.Casing(), known("lower")),
            new Channel("suffix-3", new Source.Suffix(3), known("slo")),
            new Channel("feature-pos", new Source.Feature("pos"), known("N", "P")),
            new Channel(
                "gazetteer",
                new Source.Gazetteer(Gazetteer.of(Map.of("oslo", "city"), true)),
                known("O", "S-city")),
            new Channel("vectors", new Source.Pretrained(), Vocabulary.ofWords(List.of("oslo"))),
            new Channel("delta", new Source.Word(), words));
    List<Input> inputs =
        List.of(
            new Input.OneHot("word", 3),
            new Input.Table("casing", 2, 2),
            new Input.Characters("characters", 6, NetworkShape.Reader.CNN, 2, 3, 3),
            new Input.Table("suffix-3", 2, 2),
            new Input.Table("feature-pos", 3, 2),
            new Input.Table("gazetteer", 3, 2),
            new Input.Table("vectors", 2, 3, true, false),
            new Input.Table("delta", 3, 3, false, true),
            new Input.States(
                "language-model",
                new Input.Table("word", 4, 2),
                new NetworkShape.Encoder(new CellConfig.Gru(), List.of(3, 2), false),
                true));
    SymbolSource language =
        SymbolSource.of(
            "language-model",
            Unit.WORD,
            List.of(TextConfig.Normalization.LOWERCASE),
            new Symbols(known("oslo")));
    LabelVocabulary labels = LabelVocabulary.of(List.of("O", "B-city", "I-city"));
    LabelVocabulary intents = LabelVocabulary.of(List.of("fare", "flight"));
    Network network =
        new Network(
            new NetworkShape(
                inputs,
                new NetworkShape.Encoder(new CellConfig.Lstm(), List.of(3), true),
                Optional.of(new NetworkShape.Tokens(3, true)),
                Optional.of(new NetworkShape.Sentence(2, NetworkShape.Pooling.ATTENTION))));
    network.initialise(1);
    TextConfig text = new TextConfig("whitespace", TextConfig.Punctuation.KEEP, List.of());
    Model model =
        new Model(
            "joint",
            new InputEncoder(
                TextPipeline.of(text),
                words,
                channels,
                Optional.of(new Letters(known("o", "s", "t"))),
                List.of(language)),
            new Outputs(
                Optional.of(new Outputs.Tokens(labels, TagScheme.BIO, true)),
                Optional.of(new Outputs.Sentence(intents, true, Optional.of("#")))),
            network);
    model.pack();
    Sample sample = Sample.of(model, List.of("to", "oslo"), Map.of("pos", List.of("P", "N")));
    byte[] bytes = bytes(new ModelFile(model, "task: joint\n", new TreeMap<>(), List.of(sample)));
    TensorFile file = TensorFile.parse(bytes, FILE);
    return new Parts(new TreeMap<>(file.metadata()), new TreeMap<>(file.tensors()));
  }

  private static byte[] bytes(ModelFile file) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try {
      file.write(out);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static TensorFile file(
      SortedMap<String, String> metadata, SortedMap<String, Tensor> tensors) {
    return TensorFile.parse(new Parts(metadata, tensors).bytes(), FILE);
  }

  private static SluiceException refused(byte[] bytes) {
    return assertThrows(SluiceException.class, () -> ModelFile.read(TensorFile.parse(bytes, FILE)));
  }

  private static void assertRefused(Parts parts, String code) {
    byte[] bytes = parts.bytes();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    SluiceException e = refused(bytes);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(Kind.CORRUPT, e.kind(), e.getMessage());
    assertTrue(e.getMessage().startsWith("error[" + code), e.getMessage());
    assertTrue(taken < 4L * bytes.length + ALLOWANCE, taken + " bytes for " + e.getMessage());
  }

  @Test
  void theFileItselfIsReadAndWrittenAgainAsItWas() {
    ModelFile model = ModelFile.read(GOOD);
    assertEquals(List.of(), model.checkExamples(FILE));
    assertEquals(GOOD.sha256(), TensorFile.parse(bytes(model), FILE).sha256());
  }

  /** Each line: a metadata entry, a text in it, what stands there instead, and the code of the refusal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "network.input.1 | dimension=2 | dimension=999999 | MOD-026",
        "network.input.1 | dimension=2 | dimension=3 | MOD-026",
        "network.input.1 | dimension=2 | dimension=0 | MOD-028",
        "network.input.1 | dimension=2 | dimension=-2 | MOD-028",
        "network.input.1 | dimension=2 | dimension=1000000 | MOD-028",
        "network.input.1 | dimension=2 | dimension=٢ | MOD-028",
        "network.input.1 | dimension=2 | dimension= | MOD-028",
        "network.input.1 | frozen=false | frozen=no | MOD-028",
        "network.input.1 | frozen=false | frozen=false frozen=false | MOD-028",
        "network.input.1 | frozen=false | frozen | MOD-028",
        "network.input.1 | added=false | added=true | MOD-028",
        "network.input.1 | source=casing | source=noise | MOD-028",
        "network.input.1 | source=casing | source= | MOD-028",
        "network.input.1 | name=casing | name=other | MOD-025",
        "network.input.1 | name=casing | name=suffix-3 | MOD-028",
        "network.input.1 | name=casing | title=casing | MOD-028",
        "network.input.2 | reader=cnn | reader=eye | MOD-028",
        "network.input.2 | size=3 | size=999999 | MOD-026",
        "network.input.2 | window=3 | window=999999 | MOD-026",
        "network.input.2 | window=3 | window=0 | MOD-028",
        "network.input.3 | source=suffix:3 | source=suffix:13 | MOD-028",
        "network.input.3 | source=suffix:3 | source=suffix:0 | MOD-028",
        "network.input.3 | source=suffix:3 | source=suffix: | MOD-028",
        "network.input.3 | source=suffix:3 | source=suffix:99999999999 | MOD-028",
        "network.input.4 | source=feature:pos | source=feature: | MOD-028",
        "network.input.5 | name=gazetteer | name=list | MOD-025",
        "network.input.7 | added=true | added=false | MOD-026",
        "network.input.7 | dimension=3 | dimension=2 | MOD-028",
        "network.input.8 | unit=word | unit=line | MOD-028",
        "network.input.8 | name=language-model | name=other | MOD-025",
        "network.input.8 | name=language-model | name=word | MOD-025",
        "network.input.8 | symbol=word | symbol=letter | MOD-025",
        "network.input.8 | dimension=2 | dimension=3 | MOD-026",
        "network.input.8 | dimension=2 | dimension=0 | MOD-028",
        "network.input.8 | tuned=true | tuned=yes | MOD-028",
        "network.input.8 | normalize=lowercase | normalize=uppercase | MOD-028",
        "network.input.8.widths | 3,2 | 3,3 | MOD-026",
        "network.input.8.widths | 3,2 | 999999,2 | MOD-028",
        "network.input.8.widths | 3,2 | 3 | MOD-026",
        "network.input.8.widths | 3,2 | none | MOD-028",
        "network.input.8.cell.1 | gru | lstm | MOD-028",
        "network.input.8.bidirectional | false | true | MOD-028",
        "network.input.8.connection | none | highway | MOD-025",
        "network.tokens | chain=true | chain=maybe | MOD-028",
        "network.tokens | scheme=bio | scheme=ioe3 | MOD-028",
        "network.tokens | scheme=bio | scheme=bmes | MOD-028",
        "network.tokens | constrained=true | strict=true | MOD-028",
        "network.sentence | pooling=attention | pooling=min | MOD-028",
        "network.sentence | several=true | several=2 | MOD-028",
        "network.widths | 3 | 2 | MOD-026",
        "network.widths | 3 | 999999 | MOD-028",
        "network.widths | 3 | 999999,999999,999999 | MOD-025", // no cells for two of them
        "network.widths | 3 | 3, | MOD-028",
        "network.widths | 3 | `` | MOD-028",
        "network.cell.0 | lstm | cnn | MOD-028",
        "network.cell.0 | forgetBias=1.0 | forgetBias=99 | MOD-028",
        "network.cell.0 | peepholes=false | peepholes=true | MOD-025",
        "network.cell.0 | coupling=none | coupling=input | MOD-026",
        "network.cell.0 | initialState=zero | initialState=zero projection=3 | MOD-028",
      })
  void whatADescriptionClaimsIsCheckedBeforeItIsBelieved(
      String key, String text, String other, String code) {
    Parts parts = good();
    String before = parts.metadata.get(key);
    assertTrue(before.contains(text), key + " is " + before);
    parts.metadata.put(key, before.replace(text, other));
    assertRefused(parts, code);
  }

  @Test
  void everyEntryIsNeeded() {
    for (String key : good().metadata.keySet()) {
      if (key.equals("network.sentence.separator")) continue;
      Parts parts = good();
      parts.metadata.remove(key);
      byte[] bytes = parts.bytes();
      SluiceException e =
          assertThrows(
              SluiceException.class, () -> ModelFile.read(TensorFile.parse(bytes, FILE)), key);
      assertEquals(Kind.CORRUPT, e.kind(), key);
    }
    for (String name : good().tensors.keySet()) {
      Parts parts = good();
      parts.tensors.remove(name);
      assertEquals(Kind.CORRUPT, refused(parts.bytes()).kind(), name);
    }
  }

  @Test
  void moreInputsThanAnyNetworkHasAreRefused() {
    Parts parts = good();
    for (int i = 9; i < 2000; i++)
      parts.metadata.put(
          "network.input." + i,
          "name=word" + i + " source=word dimension=999999 frozen=false added=false");
    assertRefused(parts, "MOD-028");
  }

  private static Tensor bytes(String name, byte... bytes) {
    return Tensor.bytes(name, bytes, bytes.length);
  }

  @Test
  void vocabulariesAndListsThatDoNotFitAreRefused() {
    for (String name : good().tensors.keySet()) {
      if (!name.startsWith("vocabulary.") && !name.startsWith("gazetteer.")) continue;
      byte[] before = good().tensors.get(name).bytes();
      List<byte[]> wrong =
          List.of(
              new byte[0],
              new byte[] {-1, -1, -1, 127},
              new byte[] {0, 0, 0, 0},
              Arrays.copyOf(before, before.length - 1),
              Arrays.copyOf(before, before.length + 1));
      for (byte[] other : wrong) {
        Parts parts = good();
        parts.tensors.put(name, bytes(name, other));
        assertRefused(parts, "MOD-");
      }
    }
  }

  /** Labels under which a sentence of one token could have no label, and none at all. */
  @Test
  void labelsThatSpellNothingAreRefused() {
    for (List<String> labels : List.of(List.of("I-a", "I-b", "I-c"), List.<String>of())) {
      Parts parts = good();
      byte[] vocabulary = LabelVocabulary.of(labels).toBytes();
      parts.tensors.put("vocabulary.labels", bytes("vocabulary.labels", vocabulary));
      assertRefused(parts, "MOD-028");
    }
    Parts parts = good();
    byte[] none = LabelVocabulary.of(List.of()).toBytes();
    parts.tensors.put("vocabulary.intents", bytes("vocabulary.intents", none));
    assertRefused(parts, "MOD-028");
  }

  @Test
  void builtInExamplesThatTheModelCannotReadAreRefused() {
    for (String examples :
        List.of(
            "",
            "null",
            "{}",
            "[null]",
            "[{}]",
            "[{\"tokens\":[],\"features\":{\"pos\":[]},\"labels\":[]}]",
            "[{\"tokens\":[\"to\"],\"labels\":[\"O\"]}]",
            "[{\"tokens\":[\"to\"],\"features\":{\"pos\":[]},\"labels\":[\"O\"]}]",
            "[{\"tokens\":[\"to\"],\"features\":{\"pos\":[null]},\"labels\":[\"O\"]}]",
            "[{\"tokens\":[null],\"features\":{\"pos\":[\"N\"]},\"labels\":[\"O\"]}]",
            "[{\"tokens\":[\"to\"],\"features\":{\"pos\":{}},\"labels\":[\"O\"]}]",
            "[".repeat(5000))) {
      Parts parts = good();
      parts.tensors.put("examples", Tensor.text("examples", examples));
      assertRefused(parts, "MOD-028");
    }
  }

  /** Pieces of descriptions and of vocabularies cut, doubled and changed, the checksums made right again: a refusal, or a model that works. */
  @Test
  void nothingButARefusalComesOfAChangedDescription() {
    SplittableRandom random = Seeds.of(871);
    List<String> keys =
        good().metadata.keySet().stream().filter(k -> k.startsWith("network.")).toList();
    List<String> names =
        good().tensors.keySet().stream().filter(n -> !n.startsWith("weights.")).toList();
    int read = 0;
    for (int round = 0; round < 3000; round++) {
      Parts parts = good(GOOD);
      if (random.nextBoolean()) {
        String key = keys.get(random.nextInt(keys.size()));
        byte[] changed =
            changed(parts.metadata.get(key).getBytes(StandardCharsets.US_ASCII), random);
        parts.metadata.put(key, new String(changed, StandardCharsets.US_ASCII));
      } else {
        String name = names.get(random.nextInt(names.size()));
        parts.tensors.put(name, bytes(name, changed(parts.tensors.get(name).bytes(), random)));
      }
      byte[] bytes = parts.bytes();
      try {
        ModelFile file = ModelFile.read(TensorFile.parse(bytes, FILE));
        file.checkExamples(FILE);
        read++;
      } catch (SluiceException e) {
        assertEquals(Kind.CORRUPT, e.kind(), () -> e.getMessage() + ", " + Seeds.describe());
      }
    }
    assertTrue(read > 0 && read < 2000, read + " were read, " + Seeds.describe());
  }

  private static Parts good(TensorFile file) {
    return new Parts(new TreeMap<>(file.metadata()), new TreeMap<>(file.tensors()));
  }

  private static byte[] changed(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) return new byte[] {'x'};
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) list.add(b);
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(8));
    Collection<Byte> piece = List.copyOf(list.subList(from, to));
    switch (random.nextInt(3)) {
      case 0 -> list.subList(from, to).clear();
      case 1 -> list.addAll(random.nextInt(list.size() + 1), piece);
      default -> list.set(from, (byte) "0129=.,: -abt\u007f".charAt(random.nextInt(14)));
    }
    byte[] out = new byte[list.size()];
    for (int i = 0; i < out.length; i++) out[i] = list.get(i);
    return out;
  }

  @Test
  void everyTruncationAndFlippedByteOfTheWholeFileIsNoticed() {
    byte[] good = good().bytes();
    for (int length = 0; length < good.length; length += 97)
      assertFalse(refused(Arrays.copyOf(good, length)).problems().isEmpty());
    for (int at = 0; at < good.length; at += 61) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x10;
      assertEquals(Kind.CORRUPT, refused(flipped).kind());
    }
  }
}
