package dev.sluice.examples;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tags sentences with an exported model: ONNX Runtime, a JSON parser and two classes, nothing of Sluice. This one makes ids of words and letters, runs the
 * graph, and finds the best labels; {@link TokenCategories} says what other inputs look at.
 */
public final class TagWithOnnxRuntime implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FEATURE = "feature:";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final Map<String, String> metadata;
  private final JsonNode text;
  private final JsonNode tokens;
  private final Map<String, Map<String, Integer>> vocabularies = new HashMap<>();

  /** Opens a file that {@code sluice export} wrote. */
  public TagWithOnnxRuntime(String file) throws OrtException, JsonProcessingException {
    session = environment.createSession(file);
    metadata = session.getMetadata().getCustomMetadata();
    text = json("sluice.text");
    tokens = json("sluice.tokens");
    if (!tokens.get("thresholds").isEmpty())
      throw new UnsupportedOperationException("spans are held back by their probability");
  }

  private JsonNode json(String key) throws JsonProcessingException {
    return JSON.readTree(metadata.get(key));
  }

  /** A label for each token of each sentence; at least one sentence, of at least one token each. */
  public List<List<String>> tag(List<List<String>> sentences)
      throws OrtException, JsonProcessingException {
    return tag(sentences, Collections.nCopies(sentences.size(), Map.of()));
  }

  /** The same with features of the tokens of each sentence by column, a value per token each. */
  public List<List<String>> tag(
      List<List<String>> sentences, List<Map<String, List<String>>> features)
      throws OrtException, JsonProcessingException {
    int B = sentences.size(), T = sentences.stream().mapToInt(List::size).max().orElseThrow();
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("lengths", sentences.stream().mapToLong(List::size).toArray());
    for (JsonNode input : json("sluice.inputs")) {
      long[][] ids = new long[B][T]; // whatever stands behind the end of a sentence
      for (int b = 0; b < B; b++) {
        List<String> categories = categories(sentences.get(b), features.get(b), input);
        for (int t = 0; t < categories.size(); t++) ids[b][t] = id(categories.get(t), input);
      }
      inputs.put(input.get("ids").asText(), ids);
    }
    if (metadata.containsKey("sluice.letters")) putLetters(inputs, sentences, T);
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, Object> e : inputs.entrySet())
        tensors.put(e.getKey(), OnnxTensor.createTensor(environment, e.getValue()));
      try (OrtSession.Result result = session.run(tensors)) {
        List<List<String>> labels = new ArrayList<>();
        for (int b = 0; b < B; b++) {
          int length = sentences.get(b).size();
          labels.add(
              tokens.has("best") // labels are fed back: the graph has chosen them
                  ? names(((long[][]) value(result, "best"))[b], length)
                  : best(((float[][][]) value(result, "scores"))[b], length));
        }
        return labels;
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private Object value(OrtSession.Result result, String what) throws OrtException {
    return result.get(tokens.get(what).asText()).orElseThrow().getValue();
  }

  private List<String> names(long[] ids, int T) {
    JsonNode labels = tokens.get("labels");
    return Arrays.stream(ids).limit(T).mapToObj(id -> labels.get((int) id).asText()).toList();
  }

  // --- words to ids

  private List<String> categories(
      List<String> sentence, Map<String, List<String>> features, JsonNode input) {
    String source = input.get("source").asText();
    if (source.startsWith(FEATURE)) return features.get(source.substring(FEATURE.length()));
    return TokenCategories.of(input, sentence);
  }

  private long id(String category, JsonNode input) throws JsonProcessingException {
    String form = input.get("normalized").asBoolean() ? normalized(category) : category;
    return find(form, vocabulary(input.get("vocabulary").asText()), input.get("forms"));
  }

  private Map<String, Integer> vocabulary(String key) throws JsonProcessingException {
    if (!vocabularies.containsKey(key)) vocabularies.put(key, numbered(json(key)));
    return vocabularies.get(key);
  }

  private static Map<String, Integer> numbered(JsonNode words) {
    Map<String, Integer> ids = new HashMap<>();
    for (JsonNode word : words) ids.put(word.asText(), ids.size() + 1); // 0 is the unknown word
    return ids;
  }

  private String normalized(String token) {
    String form = token;
    for (JsonNode step : text.get("normalize")) {
      form =
          switch (step.asText()) {
            case "lowercase" -> form.toLowerCase(Locale.ROOT);
            case "digits" -> masked(form, '0');
            default -> throw new UnsupportedOperationException("no step " + step.asText());
          };
    }
    return form;
  }

  /** The first form that is known: the word as it is, then simpler ones. */
  private static int find(String word, Map<String, Integer> ids, JsonNode forms) {
    for (JsonNode form : forms) {
      String lower = word.toLowerCase(Locale.ROOT);
      String tried =
          switch (form.asText()) {
            case "same" -> word;
            case "lower" -> lower;
            case "lower-0" -> masked(lower, '0');
            case "lower-#" -> masked(lower, '#');
            default -> throw new UnsupportedOperationException("no form " + form.asText());
          };
      if (ids.containsKey(tried)) return ids.get(tried);
    }
    return 0;
  }

  private static String masked(String word, char mask) {
    StringBuilder masked = new StringBuilder();
    word.codePoints().forEach(c -> masked.appendCodePoint(Character.isDigit(c) ? mask : c));
    return masked.toString();
  }

  /** Each distinct word letter by letter, and for each token the row of its word. */
  private void putLetters(Map<String, Object> inputs, List<List<String>> sentences, int T)
      throws JsonProcessingException {
    JsonNode letters = json("sluice.letters");
    Map<String, Integer> known = numbered(letters.get("known"));
    Map<String, Integer> words = new LinkedHashMap<>();
    long[][] rows = new long[sentences.size()][T];
    for (int b = 0; b < rows.length; b++) {
      List<String> sentence = sentences.get(b);
      for (int t = 0; t < sentence.size(); t++) {
        words.putIfAbsent(sentence.get(t), words.size());
        rows[b][t] = words.get(sentence.get(t));
      }
    }
    long[] lengths = words.keySet().stream().mapToLong(w -> w.codePoints().count() + 2).toArray();
    long[][] ids = new long[lengths.length][(int) Arrays.stream(lengths).max().orElse(0)];
    words.forEach(
        (word, row) -> {
          int[] points = word.codePoints().toArray();
          ids[row][0] = letters.get("begin").asInt();
          for (int c = 0; c < points.length; c++)
            ids[row][c + 1] = find(Character.toString(points[c]), known, letters.get("forms"));
          ids[row][points.length + 1] = letters.get("end").asInt();
        });
    inputs.put("letters", ids);
    inputs.put("letters.lengths", lengths);
    inputs.put("letters.rows", rows);
  }

  // --- scores to labels: Viterbi, from the end of the sentence to its begin

  private List<String> best(float[][] scores, int T) {
    int L = tokens.get("labels").size();
    double[][] rest = new double[T][L]; // the best score from token t on, when its label is i
    for (int t = T - 1; t >= 0; t--) {
      for (int i = 0; i < L; i++) {
        double behind = t == T - 1 ? border("mayEnd", "stop", i) : Double.NEGATIVE_INFINITY;
        for (int j = 0; t < T - 1 && j < L; j++)
          behind = Math.max(behind, move(i, j) + rest[t + 1][j]);
        rest[t][i] = scores[t][i] + behind;
      }
    }
    List<String> labels = new ArrayList<>();
    for (int t = 0, before = 0; t < T; t++) {
      int next = 0;
      for (int j = 1; j < L; j++)
        if (ahead(t, before, j, rest) > ahead(t, before, next, rest)) next = j;
      labels.add(tokens.get("labels").get(next).asText());
      before = next;
    }
    return labels;
  }

  private double ahead(int t, int before, int label, double[][] rest) {
    return (t == 0 ? border("mayBegin", "start", label) : move(before, label)) + rest[t][label];
  }

  private double border(String may, String score, int label) {
    if (tokens.get(may).get(label).asInt() == 0) return Double.NEGATIVE_INFINITY;
    return tokens.has(score) ? tokens.get(score).get(label).floatValue() : 0;
  }

  private double move(int from, int to) {
    if (tokens.get("mayFollow").get(from).get(to).asInt() == 0) return Double.NEGATIVE_INFINITY;
    return tokens.has("transition") ? tokens.get("transition").get(from).get(to).floatValue() : 0;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  /** Prints a label per token: the arguments are the file and the tokens of a sentence. */
  public static void main(String[] args) throws OrtException, JsonProcessingException {
    List<String> sentence = List.of(args).subList(1, args.length);
    try (TagWithOnnxRuntime tagger = new TagWithOnnxRuntime(args[0])) {
      System.out.println(String.join(" ", tagger.tag(List.of(sentence)).get(0)));
    }
  }
}
