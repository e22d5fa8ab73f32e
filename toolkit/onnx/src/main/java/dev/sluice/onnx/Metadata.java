package dev.sluice.onnx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.loss.Moves;
import dev.sluice.model.Channel;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Source;
import dev.sluice.network.ChainBlocks;
import dev.sluice.text.TextPipeline;
import dev.sluice.text.Tokenizers;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/** What a graph does not hold: how words become ids and scores become labels, as JSON under keys that begin with {@code sluice.}. */
final class Metadata {
  /** The version of these entries. */
  static final int VERSION = 1;

  /** The steps by which a word is looked up, from the form as it is to simpler ones. */
  private static final List<String> SIMPLER = List.of("same", "lower", "lower-0");

  /** Numbers are written the same way by every version of Java; all is ASCII, since the Java interface of ONNX Runtime breaks characters beyond U+FFFF. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
              .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
              .build());

  private final Model model;
  private final Map<String, String> entries = new LinkedHashMap<>();
  private final Map<List<String>, String> vocabularies = new HashMap<>(); // key by words

  Metadata(Model model) {
    this.model = model;
    put("version", VERSION);
    put("task", model.task());
    put("text", text());
    put("inputs", model.inputs().channels().stream().map(this::input).toList());
    model.inputs().letters().ifPresent(letters -> put("letters", letters(letters)));
    model.outputs().tokens().ifPresent(tokens -> put("tokens", tokens(tokens)));
    model.outputs().sentence().ifPresent(sentence -> put("sentence", sentence(sentence)));
  }

  /** The entries by key. */
  Map<String, String> entries() {
    return entries;
  }

  private void put(String key, Object value) {
    try {
      entries.put("sluice." + key, JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lists, maps, texts and numbers can always be written", e);
    }
  }

  private Map<String, Object> text() {
    TextPipeline pipeline = model.text();
    String name = pipeline.name();
    Map<String, Object> text = new LinkedHashMap<>();
    boolean embedded = pipeline.modelBytes().isPresent() && Tokenizers.isPath(name);
    text.put("tokenizer", embedded ? "tokenizer.bin" : name);
    pipeline.modelSha256().ifPresent(sum -> text.put("sha256", sum));
    text.put("punctuation", name(pipeline.config().punctuation()));
    text.put("normalize", pipeline.config().normalize().stream().map(Metadata::name).toList());
    return text;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private Map<String, Object> input(Channel channel) {
    Map<String, Object> input = new LinkedHashMap<>();
    Source source = channel.source();
    input.put("ids", NetworkGraph.ids(channel.name()));
    input.put("source", source.name());
    input.put("normalized", source instanceof Source.Word);
    List<String> forms = new ArrayList<>(SIMPLER);
    if (source instanceof Source.Pretrained) forms.add("lower-#");
    else if (!(source instanceof Source.Word)) forms = List.of("same");
    input.put("forms", forms);
    if (source instanceof Source.Gazetteer gazetteer) {
      input.put("phrases", gazetteer.phrases().phrases());
      input.put("ignoreCase", gazetteer.phrases().ignoresCase());
    }
    input.put("vocabulary", vocabulary(channel));
    return input;
  }

  /** The key of a vocabulary, which is written once however many inputs have it. */
  private String vocabulary(Channel channel) {
    List<String> words = words(channel.vocabulary());
    String key = vocabularies.get(words);
    if (key != null) return key;
    put("vocabulary." + channel.name(), words);
    key = "sluice.vocabulary." + channel.name();
    vocabularies.put(words, key);
    return key;
  }

  /** The words of the ids from 1 on. */
  private static List<String> words(Vocabulary vocabulary) {
    List<String> words = new ArrayList<>();
    for (int id = 1; id < vocabulary.size(); id++) words.add(vocabulary.word(id));
    return words;
  }

  private static Map<String, Object> letters(Letters letters) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("forms", SIMPLER);
    map.put("begin", letters.known().size());
    map.put("end", letters.known().size() + 1);
    map.put("known", words(letters.known()));
    return map;
  }

  private Map<String, Object> tokens(Outputs.Tokens tokens) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scores", NetworkGraph.TOKEN_SCORES);
    if (model.network().followsLabels()) map.put("best", NetworkGraph.TOKEN_LABELS);
    map.put("labels", tokens.labels().labels());
    map.put("scheme", tokens.scheme().name());
    map.put("constrained", tokens.constrained());
    map.put("temperature", tokens.temperature());
    map.put("thresholds", tokens.thresholds());
    Moves moves = model.moves();
    int L = moves.labels();
    map.put("mayBegin", allowed(L, moves::mayBegin));
    map.put("mayEnd", allowed(L, moves::mayEnd));
    List<List<Integer>> next = new ArrayList<>();
    for (int i = 0; i < L; i++) {
      int from = i;
      next.add(allowed(L, to -> moves.mayFollow(from, to)));
    }
    map.put("mayFollow", next);
    model.network().chain().ifPresent(chain -> putScores(map, chain, L));
    return map;
  }

  private static List<Integer> allowed(int labels, IntPredicate may) {
    List<Integer> allowed = new ArrayList<>();
    for (int j = 0; j < labels; j++) allowed.add(may.test(j) ? 1 : 0);
    return allowed;
  }

  private void putScores(Map<String, Object> map, ChainBlocks chain, int L) {
    float[] dense = model.network().parameters().dense();
    float[] scores = chain.transition().unpadded(dense);
    float[][] transition = new float[L][];
    for (int i = 0; i < L; i++) transition[i] = Arrays.copyOfRange(scores, i * L, (i + 1) * L);
    map.put("start", chain.start().unpadded(dense));
    map.put("stop", chain.stop().unpadded(dense));
    map.put("transition", transition);
  }

  private static Map<String, Object> sentence(Outputs.Sentence sentence) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scores", NetworkGraph.SENTENCE_SCORES);
    map.put("labels", sentence.labels().labels());
    map.put("several", sentence.several());
    sentence.separator().ifPresent(separator -> map.put("separator", separator));
    map.put("temperature", sentence.temperature());
    map.put("thresholds", sentence.thresholds());
    return map;
  }
}
