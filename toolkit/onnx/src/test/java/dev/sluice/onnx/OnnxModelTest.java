package dev.sluice.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.config.SluiceException;
import dev.sluice.feature.Gazetteer;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.Moves;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Source;
import dev.sluice.network.CellConfig;
import dev.sluice.network.ChainBlocks;
import dev.sluice.network.EncoderConfig.Connection;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Pooling;
import dev.sluice.network.NetworkShape.Reader;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in an exported file, and how it gets there. */
class OnnxModelTest {
  private static final CellConfig GRU = new CellConfig.Gru();

  @TempDir Path folder;

  /** A model with several kinds of inputs, a chain under BIO, thresholds and labels of sentences. */
  private static Model model(long seed) {
    Vocabulary words = Vocabulary.ofWords(List.of("oslo", "to", "é"));
    NetworkShape shape =
        Models.shape(
            List.of(
                new Input.Table("word", 4, 5),
                new Input.Table("again", 4, 5, true, true),
                new Input.OneHot("cities", 3),
                new Input.Characters("letters", 5, Reader.CNN, 3, 4, 3)),
            Models.encoder(GRU, true, Connection.HIGHWAY, true, null, 4, 3),
            true,
            Pooling.ATTENTION);
    TreeMap<String, Double> thresholds = new TreeMap<>(Map.of("x", 0.25));
    Model model =
        new Model(
            "joint",
            new InputEncoder(
                TextPipeline.of(
                    new TextConfig(
                        "simple",
                        TextConfig.Punctuation.DROP,
                        List.of(TextConfig.Normalization.WIDTH))),
                words,
                List.of(
                    new Channel("word", new Source.Word(), words),
                    new Channel(
                        "again",
                        new Source.Pretrained(),
                        Vocabulary.ofWords(List.of("oslo", "to", "é"))),
                    new Channel(
                        "cities",
                        new Source.Gazetteer(Gazetteer.of(Map.of("New  York", "city"), true)),
                        Vocabulary.ofWords(List.of("B-city", "E-city")))),
                Optional.of(new Letters(Vocabulary.ofWords(List.of("o", "s"))))),
            new Outputs(
                Optional.of(
                    new Outputs.Tokens(
                        LabelVocabulary.of(List.of("O", "B-x", "I-x")),
                        TagScheme.BIO,
                        true,
                        1,
                        1.5,
                        thresholds)),
                Optional.of(
                    new Outputs.Sentence(
                        LabelVocabulary.of(List.of("a", "b", "c", "d")), true, Optional.of("#")))),
            Models.network(shape, new SplittableRandom(seed)));
    model.pack();
    return model;
  }

  private static Map<String, String> metadata(Model model) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    for (StringStringEntryProto e :
        ModelProto.parseFrom(OnnxModel.of(model).toBytes()).getMetadataPropsList())
      entries.put(e.getKey(), e.getValue());
    return entries;
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void theSameModelGivesTheSameBytes() {
    assertArrayEquals(OnnxModel.of(model(1)).toBytes(), OnnxModel.of(model(1)).toBytes());
    assertFalse(Arrays.equals(OnnxModel.of(model(1)).toBytes(), OnnxModel.of(model(2)).toBytes()));
  }

  @Test
  void inputsAndOutputsHaveTheNamesOfThePage() throws IOException {
    OnnxModel onnx = OnnxModel.of(model(1));
    assertEquals(
        List.of(
            "ids.word int64 [batch, length]",
            "ids.again int64 [batch, length]",
            "ids.cities int64 [batch, length]",
            "letters int64 [words, letters]",
            "letters.lengths int64 [words]",
            "letters.rows int64 [batch, length]",
            "lengths int64 [batch]"),
        onnx.inputs().stream().map(OnnxModel.Value::toString).toList());
    assertEquals(
        List.of("token_scores float [batch, length, 3]", "sentence_scores float [batch, 4]"),
        onnx.outputs().stream().map(OnnxModel.Value::toString).toList());
    String page = Files.readString(Path.of("README.md"));
    for (String name :
        List.of(
            "ids.NAME",
            "letters",
            "letters.lengths",
            "letters.rows",
            "lengths",
            "token_scores",
            "sentence_scores")) assertTrue(page.contains("| `" + name + "` |"), name);
    for (String key : metadata(model(1)).keySet())
      assertTrue(
          page.contains("| `" + key.replaceAll("(vocabulary)\\..*", "$1.NAME") + "` |"), key);
    assertTrue(page.contains("version " + OnnxModel.OPSET), "the version of the operators");
  }

  @Test
  void thePageHasTheTableOfCells() throws IOException {
    String page = Files.readString(Path.of("README.md"));
    for (CellConfig cell : Models.cells()) {
      CellOperator operator = CellOperator.of(cell).orElseThrow();
      boolean update = cell instanceof CellConfig.Gru gru && gru.reset() == CellConfig.Reset.NONE;
      boolean forget =
          cell instanceof CellConfig.Lstm lstm && lstm.coupling() == CellConfig.Coupling.FORGET;
      String ours =
          switch (operator.type()) {
            case "RNN" -> "h";
            case "GRU" -> update ? "z,n" : "r,z,n";
            default -> operator.ours() == 4 ? "i,f,g,o" : forget ? "f,g,o" : "i,g,o";
          };
      List<String> theirs = new ArrayList<>();
      for (CellOperator.Gate gate : operator.gates())
        theirs.add(
            gate.from() < 0 ? "none" : (gate.sign() < 0 ? "-" : "") + ours.split(",")[gate.from()]);
      String row = operator.type() + " | " + ours + " | " + String.join(",", theirs) + " |";
      assertTrue(page.contains(row), row);
    }
  }

  @Test
  void whatDecodingNeedsStandsInTheMetadata() throws IOException {
    Model model = model(1);
    Map<String, String> m = metadata(model);
    assertTrue(m.values().stream().allMatch(v -> v.chars().allMatch(c -> c < 128)), "ASCII");
    assertEquals("1", m.get("sluice.version"));
    assertEquals("\"joint\"", m.get("sluice.task"));
    assertEquals(
        json("{'tokenizer':'simple','punctuation':'drop','normalize':['width']}"),
        json(m.get("sluice.text")));
    JsonNode tokens = json(m.get("sluice.tokens"));
    assertEquals(json("['O','B-x','I-x']"), tokens.get("labels"));
    assertEquals("BIO", tokens.get("scheme").asText());
    assertEquals(json("[1,1,0]"), tokens.get("mayBegin"));
    assertEquals(json("[1,1,1]"), tokens.get("mayEnd"));
    assertEquals(json("[[1,1,0],[1,1,1],[1,1,1]]"), tokens.get("mayFollow"));
    assertEquals(1.5, tokens.get("temperature").asDouble());
    assertEquals(json("{'x':0.25}"), tokens.get("thresholds"));
    ChainBlocks chain = model.network().chain().orElseThrow();
    float[] dense = model.network().parameters().dense();
    float[] moves = chain.transition().unpadded(dense), start = chain.start().unpadded(dense);
    float[] stop = chain.stop().unpadded(dense);
    for (int i = 0; i < 3; i++) {
      assertEquals(start[i], tokens.get("start").get(i).floatValue());
      assertEquals(stop[i], tokens.get("stop").get(i).floatValue());
      for (int j = 0; j < 3; j++)
        assertEquals(moves[i * 3 + j], tokens.get("transition").get(i).get(j).floatValue());
    }
    JsonNode sentence = json(m.get("sluice.sentence"));
    assertEquals(json("['a','b','c','d']"), sentence.get("labels"));
    assertTrue(sentence.get("several").asBoolean());
    assertEquals("#", sentence.get("separator").asText());
  }

  @Test
  void whatMakesIdsOfWordsStandsInTheMetadata() throws IOException {
    Map<String, String> m = metadata(model(1));
    assertEquals(
        json(
            "[{'ids':'ids.word','source':'word','normalized':true,'forms':['same','lower','lower-0'],"
                + "'vocabulary':'sluice.vocabulary.word'},"
                + "{'ids':'ids.again','source':'vectors','normalized':false,"
                + "'forms':['same','lower','lower-0','lower-#'],'vocabulary':'sluice.vocabulary.word'},"
                + "{'ids':'ids.cities','source':'gazetteer','normalized':false,'forms':['same'],"
                + "'phrases':{'New York':'city'},'ignoreCase':true,"
                + "'vocabulary':'sluice.vocabulary.cities'}]"),
        json(m.get("sluice.inputs")));
    assertEquals(json("['oslo','to','é']"), json(m.get("sluice.vocabulary.word")));
    assertEquals(json("['B-city','E-city']"), json(m.get("sluice.vocabulary.cities")));
    assertFalse(m.containsKey("sluice.vocabulary.again"), "an equal vocabulary is written once");
    assertEquals(
        json("{'forms':['same','lower','lower-0'],'begin':3,'end':4,'known':['o','s']}"),
        json(m.get("sluice.letters")));
  }

  /** Every value is made once and before it is used; each name of a node is its own. */
  @Test
  void theGraphIsInOrder() throws IOException {
    GraphProto graph = ModelProto.parseFrom(OnnxModel.of(model(1)).toBytes()).getGraph();
    Set<String> known = new HashSet<>(), nodes = new HashSet<>();
    graph.getInputList().forEach(v -> assertTrue(known.add(v.getName())));
    graph.getInitializerList().forEach(t -> assertTrue(known.add(t.getName())));
    for (NodeProto node : graph.getNodeList()) {
      assertTrue(nodes.add(node.getName()), node.getName());
      assertTrue(known.containsAll(node.getInputList()), node.getName());
      node.getOutputList().forEach(v -> assertTrue(known.add(v), v));
    }
  }

  @Test
  void theFileIsWrittenWholeOrNotAtAll() throws IOException {
    OnnxModel onnx = OnnxModel.of(model(1));
    Path file = folder.resolve("model.onnx");
    onnx.write(file);
    assertArrayEquals(onnx.toBytes(), Files.readAllBytes(file));
    SluiceException e =
        assertThrows(SluiceException.class, () -> onnx.write(folder.resolve("none/model.onnx")));
    assertEquals("IOX-001", e.problems().get(0).code());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void weightsOfTwoGibibytesAreRefusedBeforeMemoryIsTaken() {
    Input words = new Input.Table("word", 1_800_000, 300);
    NetworkShape shape = Models.shape(List.of(words), Models.encoder(GRU, true, 4), true, null);
    SluiceException e = assertThrows(SluiceException.class, () -> OnnxModel.requireFits(shape));
    assertEquals("ONX-001", e.problems().get(0).code());
    assertTrue(e.getMessage().contains("2,160,"), e.getMessage());
  }

  @Test
  void aLanguageModelAmongTheInputsIsRefused() {
    Input states =
        new Input.States(
            "language-model", new Input.OneHot("word", 5), Models.encoder(GRU, false, 4), false);
    NetworkShape shape = Models.shape(List.of(states), Models.encoder(GRU, true, 4), true, null);
    Network network = new Network(shape);
    SluiceException e =
        assertThrows(SluiceException.class, () -> NetworkGraph.of(network, Moves.free(3)));
    assertTrue(
        e.getMessage().startsWith("error[ONX-003] model: the input language-model reads"),
        e.getMessage());
  }
}
