package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.embedding.Coverage;
import dev.sluice.embedding.Format;
import dev.sluice.embedding.LoadedVectors;
import dev.sluice.embedding.VectorFile;
import dev.sluice.embedding.Vectors;
import dev.sluice.feature.Gazetteer;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.ClassWeight;
import dev.sluice.loss.ClassWeights;
import dev.sluice.loss.CrfLoss;
import dev.sluice.loss.JointLoss;
import dev.sluice.loss.LabelThreshold;
import dev.sluice.loss.Loss;
import dev.sluice.loss.OutputConfig;
import dev.sluice.loss.SentenceConfig;
import dev.sluice.loss.SigmoidLoss;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.loss.ThresholdConfig;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Source;
import dev.sluice.network.InputConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes a model of the right size from a config and its training split, all weights zero, and the losses it is trained with. */
final class Assembly {
  private static final int LONGEST_NAME = 80;

  private final SluiceConfig config;
  private final TextPipeline text;
  private final List<Sentence> train;
  private final List<Channel> channels = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private final Supplier<Set<String>> wanted;
  private final Map<String, float[]> given = new TreeMap<>();
  private final SortedMap<String, String> facts = new TreeMap<>();
  private final SortedMap<String, Coverage> coverages = new TreeMap<>();
  private Optional<Letters> letters = Optional.empty();

  /**
   * An assembly.
   *
   * @param wanted the words of all splits, whose pretrained vectors are kept
   */
  Assembly(
      SluiceConfig config, TextPipeline text, List<Sentence> train, Supplier<Set<String>> wanted) {
    this.config = config;
    this.text = text;
    this.train = train;
    this.wanted = wanted;
  }

  /** The checksums of what inputs read from files of their own, after {@link #model}. */
  SortedMap<String, String> facts() {
    return facts;
  }

  /** By vector file, how many words of the training split have a vector, after {@link #model}. */
  SortedMap<String, Coverage> coverages() {
    return coverages;
  }

  /**
   * The model.
   *
   * @param tags the tags of the training split in the model's scheme; empty lists when tokens get no labels
   * @param intents the labels that are learned of each sentence; empty lists when sentences get none
   */
  Model model(List<List<String>> tags, List<List<String>> intents, TagScheme scheme) {
    Vocabulary words = words();
    for (int i = 0; i < config.inputs().size(); i++) add(config.inputs().get(i), i, words);
    Outputs outputs =
        new Outputs(
            config.task().labelsTokens()
                ? Optional.of(
                    new Outputs.Tokens(
                        tokenLabels(tags),
                        scheme,
                        config.output().constraints() && scheme.hasSpans()))
                : Optional.empty(),
            config.task().labelsSentences()
                ? Optional.of(
                    new Outputs.Sentence(
                        labels(intents),
                        config.sentence().type() == SentenceConfig.Type.SIGMOID,
                        config.data().intentSeparator()))
                : Optional.empty());
    NetworkShape shape =
        new NetworkShape(
            inputs,
            new NetworkShape.Encoder(
                config.encoder().cell(),
                config.encoder().activation(),
                config.encoder().widths(),
                config.encoder().bidirectional(),
                config.encoder().connection(),
                config.encoder().layerNorm(),
                config.encoder().attention().shape()),
            outputs
                .tokens()
                .map(
                    t ->
                        new NetworkShape.Tokens(
                            t.labels().size(), config.output().type() == OutputConfig.Type.CRF)),
            outputs
                .sentence()
                .map(
                    s ->
                        new NetworkShape.Sentence(s.labels().size(), config.sentence().pooling())));
    Network network = new Network(shape);
    given.forEach(network::give);
    InputEncoder encoder = new InputEncoder(text, words, channels, letters);
    return new Model(Preparation.name(config.task()), encoder, outputs, network);
  }

  private Vocabulary words() {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (Sentence s : train) {
      for (String word : s.words()) builder.add(text.normalize(word));
    }
    return builder.build(config.vocabulary().minCount());
  }

  private static LabelVocabulary tokenLabels(List<List<String>> tags) {
    LabelVocabulary labels = labels(tags);
    if (labels.size() <= NetworkShape.MOST_LABELS) return labels;
    throw SluiceException.usage(
        "TRN-018",
        Location.of("training split"),
        labels.size() + " labels of tokens, expected at most " + NetworkShape.MOST_LABELS,
        "check which column holds the tags");
  }

  private static LabelVocabulary labels(List<List<String>> used) {
    Set<String> labels = new LinkedHashSet<>();
    used.forEach(labels::addAll);
    return LabelVocabulary.of(labels);
  }

  private void add(InputConfig input, int number, Vocabulary words) {
    if (input instanceof InputConfig.Word word) {
      String name = unused("word");
      channels.add(new Channel(name, new Source.Word(), words));
      inputs.add(
          word.encoding() == InputConfig.Encoding.ONE_HOT
              ? new Input.OneHot(name, words.size())
              : new Input.Table(name, words.size(), word.dimension()));
    } else if (input instanceof InputConfig.Characters c) {
      letters = Optional.of(letters());
      int window = c.encoder() == NetworkShape.Reader.CNN ? c.window() : 1;
      inputs.add(
          new Input.Characters(
              "characters", letters.get().size(), c.encoder(), c.dimension(), c.size(), window));
    } else if (input instanceof InputConfig.Casing c) {
      categories("casing", new Source.Casing(), c.dimension());
    } else if (input instanceof InputConfig.Shape s) {
      categories("shape", new Source.Shape(), s.dimension());
    } else if (input instanceof InputConfig.Prefix p) {
      categories("prefix-" + p.length(), new Source.Prefix(p.length()), p.dimension());
    } else if (input instanceof InputConfig.Suffix s) {
      categories("suffix-" + s.length(), new Source.Suffix(s.length()), s.dimension());
    } else if (input instanceof InputConfig.Feature f) {
      String plain =
          f.name().replaceAll("[^A-Za-z0-9_.-]", "_"); // it becomes part of names in files
      categories(
          "feature-" + plain.substring(0, Math.min(LONGEST_NAME, plain.length())),
          new Source.Feature(f.name()),
          f.dimension());
    } else if (input instanceof InputConfig.Gazetteer g) {
      Gazetteer phrases = Gazetteer.read(g.file(), g.ignoreCase());
      facts.put("inputs." + number + ".sha256", sha256(phrases.toBytes()));
      categories("gazetteer", new Source.Gazetteer(phrases), g.dimension());
    } else if (input instanceof InputConfig.Pretrained p) {
      pretrained(p, number, words);
    }
  }

  /** An input whose categories are those of the training split; what stands there once stands for all that is unknown. */
  private void categories(String wanted, Source source, int dimension) {
    String name = unused(wanted);
    VocabularyBuilder builder = new VocabularyBuilder();
    for (Sentence s : train) source.categories(text, s.words(), s.features()).forEach(builder::add);
    Vocabulary known = builder.build(2);
    channels.add(new Channel(name, source, known));
    inputs.add(new Input.Table(name, known.size(), dimension));
  }

  private void pretrained(InputConfig.Pretrained p, int number, Vocabulary words) {
    VectorFile file = VectorFile.open(p.file(), Format.valueOf(p.format().name()));
    LoadedVectors loaded =
        p.keep() == InputConfig.Keep.WHOLE ? file.whole() : file.trimmed(wanted.get());
    Map<String, Long> counts = new TreeMap<>();
    for (Sentence s : train) for (String word : s.words()) counts.merge(word, 1L, Long::sum);
    Coverage coverage = Coverage.of(loaded.vectors(), counts);
    coverage.require(p.leastCoverage(), loaded, "inputs." + number + ".leastCoverage");
    coverages.put(p.file().toString(), coverage);
    Vectors vectors = loaded.vectors();
    String name = unused("vectors");
    channels.add(new Channel(name, new Source.Pretrained(), vectors.words()));
    boolean frozen = p.mode() != InputConfig.Mode.TUNED;
    int V = vectors.words().size(), D = vectors.dimension();
    inputs.add(new Input.Table(name, V, D, frozen, false));
    given.put(name, vectors.values());
    facts.put("inputs." + number + ".sha256", sha256(vectors));
    if (p.mode() != InputConfig.Mode.DELTA) return;
    String difference = unused("delta");
    channels.add(new Channel(difference, new Source.Word(), words));
    inputs.add(new Input.Table(difference, words.size(), D, false, true));
  }

  private static String sha256(Vectors vectors) {
    MessageDigest digest = digest();
    digest.update(vectors.words().toBytes());
    ByteBuffer row = ByteBuffer.allocate(Float.BYTES * vectors.dimension());
    for (int at = 0; at < vectors.values().length; at += vectors.dimension()) {
      row.clear();
      for (int j = 0; j < vectors.dimension(); j++) row.putFloat(vectors.values()[at + j]);
      digest.update(row.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Letters letters() {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (Sentence s : train) {
      for (String word : s.words())
        word.codePoints().forEach(letter -> builder.add(Character.toString(letter)));
    }
    return new Letters(builder.build(2)); // what stands there once stands for the unknown letter
  }

  /** The name, with a number behind it when it is taken. */
  private String unused(String name) {
    Set<String> taken = channels.stream().map(Channel::name).collect(Collectors.toSet());
    String next = name;
    for (int n = 2; taken.contains(next); n++) next = name + "." + n;
    return next;
  }

  /**
   * What a model is trained with; each call makes an instance for one thread.
   *
   * @throws SluiceException TRN-014 when a class weight names no label
   */
  static Supplier<Loss> losses(
      SluiceConfig config, Model model, Example[] examples, Function<String, Location> place) {
    OutputConfig output = config.output();
    SentenceConfig sentence = config.sentence();
    float[] tokenWeights =
        weights(
            model.tokenLabels(),
            counts(examples, model.tokenLabels().size(), Example::labels),
            output.balance(),
            output.classWeights(),
            place.apply("output.classWeights"));
    float[] sentenceWeights =
        weights(
            model.sentenceLabels(),
            counts(examples, model.sentenceLabels().size(), Example::intents),
            sentence.balance(),
            sentence.classWeights(),
            place.apply("sentence.classWeights"));
    Supplier<Loss> ofTokens =
        model.network().chain().isPresent()
            ? CrfLoss.forThreads(model.network(), model.moves(), tokenWeights, output.smoothing())
            : () ->
                SoftmaxLoss.ofTokens(model.tokenLabels().size(), tokenWeights, output.smoothing());
    int S = model.sentenceLabels().size();
    Supplier<Loss> ofSentences =
        sentence.type() == SentenceConfig.Type.SIGMOID
            ? () -> new SigmoidLoss(S, sentenceWeights, sentence.smoothing())
            : () -> SoftmaxLoss.ofSentences(S, sentenceWeights, sentence.smoothing());
    if (!model.labelsSentences()) return ofTokens;
    if (!model.labelsTokens()) return ofSentences;
    return () ->
        new JointLoss(
            ofTokens.get(), output.lossWeight(), ofSentences.get(), sentence.lossWeight());
  }

  /**
   * Refuses thresholds that could do nothing.
   *
   * @throws SluiceException TRN-015 when one names no type or label, TRN-016 when spans cannot be held back for want of the label O
   */
  static void checkThresholds(SluiceConfig config, Model model, Function<String, Location> place) {
    Optional<ThresholdConfig> ofSpans = config.output().thresholds();
    Optional<ThresholdConfig> ofSentences = config.sentence().reject();
    if (ofSpans.isPresent()) {
      if (!model.tokenLabels().contains("O")) {
        throw SluiceException.usage(
            "TRN-016",
            place.apply("output.thresholds"),
            "a span that is held back becomes O, but no token of the training split is O",
            "remove output.thresholds");
      }
      Set<String> types = model.outputs().tokens().orElseThrow().types();
      checkThresholds(ofSpans.get(), types, "type", place.apply("output.thresholds"));
    }
    if (ofSentences.isPresent())
      checkThresholds(
          ofSentences.get(), model.sentenceLabels(), "label", place.apply("sentence.reject"));
  }

  private static void checkThresholds(
      ThresholdConfig config, Collection<String> names, String noun, Location where) {
    for (LabelThreshold given : config.labels()) {
      if (names.contains(given.label())) continue;
      throw SluiceException.usage(
          "TRN-015",
          where,
          "a threshold names \""
              + given.label()
              + "\", which is no "
              + noun
              + " of the training split",
          "use one of " + String.join(", ", names.stream().limit(8).toList()));
    }
  }

  private static long[] counts(Example[] examples, int labels, Function<Example, int[]> ids) {
    long[] counts = new long[labels];
    for (Example e : examples) {
      for (int id : ids.apply(e)) if (id >= 0) counts[id]++;
    }
    return counts;
  }

  private static float[] weights(
      List<String> labels,
      long[] counts,
      double balance,
      List<ClassWeight> factors,
      Location where) {
    if (labels.isEmpty()) return null;
    try {
      return ClassWeights.of(labels, counts, balance, factors);
    } catch (IllegalArgumentException e) {
      throw SluiceException.usage(
          "TRN-014",
          where,
          "a class weight names \""
              + e.getMessage()
              + "\", which is no label or type of the training split",
          "use one of " + String.join(", ", labels.subList(0, Math.min(8, labels.size()))));
    }
  }
}
