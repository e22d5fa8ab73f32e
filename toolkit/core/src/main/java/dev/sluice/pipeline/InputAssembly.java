package dev.sluice.pipeline;

import dev.sluice.batch.Passage;
import dev.sluice.config.SluiceException;
import dev.sluice.data.Sentence;
import dev.sluice.embedding.Coverage;
import dev.sluice.embedding.Format;
import dev.sluice.embedding.LoadedVectors;
import dev.sluice.embedding.VectorFile;
import dev.sluice.embedding.Vectors;
import dev.sluice.feature.Gazetteer;
import dev.sluice.label.Span;
import dev.sluice.model.Channel;
import dev.sluice.model.LanguageModelFile;
import dev.sluice.model.Source;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.SymbolSource;
import dev.sluice.model.TensorFile;
import dev.sluice.network.InputConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The inputs of a network as a config lists them: their categories in the training split, their sizes, and what they read from files of their own. */
final class InputAssembly {
  private static final int LONGEST_NAME = 80;
  private static final String LANGUAGE = "language-model";

  private final TextPipeline text;
  private final List<Sentence> train;
  private final Vocabulary words;
  private final Supplier<Set<String>> wanted;
  private final IntFunction<List<Span>> gold;
  private final List<Channel> channels = new ArrayList<>();
  private final List<SymbolSource> languages = new ArrayList<>();
  private final List<Input> shapes = new ArrayList<>();
  private final Map<String, float[]> given = new TreeMap<>();
  private final Map<String, Network> read = new TreeMap<>();
  private final SortedMap<String, String> facts = new TreeMap<>();
  private final List<VectorCoverage> vectors = new ArrayList<>();
  private final List<GazetteerCoverage> gazetteers = new ArrayList<>();
  private final List<LanguageCoverage> known = new ArrayList<>();
  private Optional<Letters> letters = Optional.empty();

  /**
   * The inputs.
   *
   * @param inputs what the config lists
   * @param words the words that are known
   * @param wanted the words of all splits, whose pretrained vectors are kept
   * @param gold the gold spans of a sentence by its place in the training split
   * @throws SluiceException when a file of an input cannot be used
   */
  InputAssembly(
      List<InputConfig> inputs,
      TextPipeline text,
      List<Sentence> train,
      Vocabulary words,
      Supplier<Set<String>> wanted,
      IntFunction<List<Span>> gold) {
    this.text = text;
    this.train = train;
    this.words = words;
    this.wanted = wanted;
    this.gold = gold;
    for (int i = 0; i < inputs.size(); i++) add(inputs.get(i), i);
  }

  /** What turns a sentence into ids, one for each input that reads ids. */
  List<Channel> channels() {
    return channels;
  }

  /** The letters that are known, when an input reads them. */
  Optional<Letters> letters() {
    return letters;
  }

  /** What language models read of a sentence. */
  List<SymbolSource> languages() {
    return languages;
  }

  /** The sizes of the inputs, in their order. */
  List<Input> shapes() {
    return shapes;
  }

  /** Gives a network of these inputs the vectors and language models that were read. */
  void give(Network network) {
    given.forEach(network::give);
    read.forEach(network::give);
  }

  /** The checksums of what inputs read from files of their own, by setting. */
  SortedMap<String, String> facts() {
    return facts;
  }

  /** How the words of the training split were found among pretrained vectors. */
  List<VectorCoverage> vectors() {
    return vectors;
  }

  /** What gazetteers find in the training split. */
  List<GazetteerCoverage> gazetteers() {
    return gazetteers;
  }

  /** How much of the training split language models know. */
  List<LanguageCoverage> known() {
    return known;
  }

  private void add(InputConfig input, int number) {
    if (input instanceof InputConfig.Word word) {
      String name = unused("word");
      channels.add(new Channel(name, new Source.Word(), words));
      shapes.add(
          word.encoding() == InputConfig.Encoding.ONE_HOT
              ? new Input.OneHot(name, words.size())
              : new Input.Table(name, words.size(), word.dimension()));
    } else if (input instanceof InputConfig.Characters c) {
      letters = Optional.of(lettersOfTrain());
      int window = c.encoder() == NetworkShape.Reader.CNN ? c.window() : 1;
      shapes.add(
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
      gazetteers.add(GazetteerCoverage.of(number, g.file(), phrases, train, gold));
      categories("gazetteer", new Source.Gazetteer(phrases), g.dimension());
    } else if (input instanceof InputConfig.Pretrained p) {
      pretrained(p, number);
    } else if (input instanceof InputConfig.LanguageModel l) {
      language(l, number);
    }
  }

  /** An input whose categories are those of the training split; what stands there once stands for all that is unknown. */
  private void categories(String wanted, Source source, int dimension) {
    String name = unused(wanted);
    VocabularyBuilder builder = new VocabularyBuilder();
    for (Sentence s : train) source.categories(text, s.words(), s.features()).forEach(builder::add);
    Vocabulary known = builder.build(2);
    channels.add(new Channel(name, source, known));
    shapes.add(new Input.Table(name, known.size(), dimension));
  }

  private void pretrained(InputConfig.Pretrained p, int number) {
    VectorFile file = VectorFile.open(p.file(), Format.valueOf(p.format().name()));
    LoadedVectors loaded =
        p.keep() == InputConfig.Keep.WHOLE ? file.whole() : file.trimmed(wanted.get());
    Map<String, Long> counts = new TreeMap<>();
    for (Sentence s : train) for (String word : s.words()) counts.merge(word, 1L, Long::sum);
    Coverage coverage = Coverage.of(loaded.vectors(), counts);
    coverage.require(p.leastCoverage(), loaded, "inputs." + number + ".leastCoverage");
    vectors.add(new VectorCoverage(number, p.file(), coverage));
    Vectors kept = loaded.vectors();
    String name = unused("vectors");
    channels.add(new Channel(name, new Source.Pretrained(), kept.words()));
    boolean frozen = p.mode() != InputConfig.Mode.TUNED;
    int V = kept.words().size(), D = kept.dimension();
    shapes.add(new Input.Table(name, V, D, frozen, false));
    given.put(name, kept.values());
    facts.put("inputs." + number + ".sha256", sha256(kept));
    if (p.mode() != InputConfig.Mode.DELTA) return;
    String difference = unused("delta");
    channels.add(new Channel(difference, new Source.Word(), words));
    shapes.add(new Input.Table(difference, words.size(), D, false, true));
  }

  private void language(InputConfig.LanguageModel l, int number) {
    TensorFile file = TensorFile.read(l.model());
    SymbolModel model = LanguageModelFile.read(file).model();
    String name = LANGUAGE + (languages.isEmpty() ? "" : "-" + (languages.size() + 1));
    SymbolSource source = SymbolSource.of(name, model);
    languages.add(source);
    NetworkShape shape = model.network().shape();
    shapes.add(new Input.States(name, shape.inputs().get(0), shape.encoder(), l.tuned()));
    read.put(name, model.network());
    facts.put("inputs." + number + ".sha256", file.sha256());
    List<Passage> passages = new ArrayList<>();
    for (Sentence s : train) passages.add(source.passage(0, s.words(), true, text));
    LanguageCoverage coverage = LanguageCoverage.of(number, l.model(), model.symbols(), passages);
    coverage.require();
    known.add(coverage);
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

  private Letters lettersOfTrain() {
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
}
