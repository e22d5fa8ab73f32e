package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.config.Loaded;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.PairLayout;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.data.Dataset;
import dev.sluice.data.Pairs;
import dev.sluice.data.Sentence;
import dev.sluice.loss.Loss;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.SymbolModel.Piece;
import dev.sluice.model.TransducerModel;
import dev.sluice.model.WordJoins;
import dev.sluice.network.DecoderConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Everything that stands before the training of a transducer: pairs read, words and symbols counted, and a network of the right size with all weights zero. */
public final class TransductionPreparation {
  private final SluiceConfig config;
  private final TransducerModel model;
  private final Example[] examples;
  private final List<Location> places;
  private final TransductionScoring dev;
  private final Optional<TransductionScoring> test;
  private final List<String> devSources;
  private final List<SplitSize> sizes = new ArrayList<>();
  private final List<Overlap> overlaps;
  private final SortedMap<String, String> inputFacts;
  private final List<VectorCoverage> vectors;
  private final List<GazetteerCoverage> gazetteers;

  /**
   * What a split holds.
   *
   * @param name such as train
   * @param path where it was read
   * @param pairs how many pairs
   * @param tokens the tokens of their sources
   * @param symbols the symbols of their targets, the ends not counted
   * @param skipped what was left out, by reason
   * @param fingerprint of what was read
   */
  public record SplitSize(
      String name,
      Path path,
      long pairs,
      long tokens,
      long symbols,
      Map<String, Long> skipped,
      String fingerprint) {}

  private TransductionPreparation(Loaded<SluiceConfig> loaded) {
    config = loaded.value();
    PairLayout layout = config.data().pairs().orElseThrow();
    TextPipeline text = Preparation.text(loaded);
    Pairs train = read("train", config.data().train(), loaded, text);
    Pairs devPairs = read("dev", config.data().dev().orElseThrow(), loaded, text);
    Optional<Pairs> testPairs = config.data().test().map(path -> read("test", path, loaded, text));
    List<Pairs> all = new ArrayList<>(List.of(train, devPairs));
    testPairs.ifPresent(all::add);
    overlaps = overlaps(all);

    List<List<Piece>> targets = pieces(text, layout.target().unit(), train);
    VocabularyBuilder counted = new VocabularyBuilder();
    int longest = 1;
    for (List<Piece> target : targets) {
      longest = Math.max(longest, target.size());
      for (Piece piece : target) counted.add(piece.symbol());
    }
    Symbols symbols = new Symbols(counted.build(config.vocabulary().minCount()));
    Optional<WordJoins> joins =
        layout.target().unit() == Unit.WORD
            ? Optional.of(WordJoins.of(symbols, targets))
            : Optional.empty();
    Vocabulary words = new Assembly(config, text, train.sources().sentences()).words();
    InputAssembly inputs =
        new InputAssembly(
            config.inputs(),
            text,
            train.sources().sentences(),
            words,
            () -> wordsOf(all),
            i -> List.of());
    DecoderConfig d = config.decoder();
    Network network =
        new Network(
            NetworkShape.transducer(
                inputs.shapes(),
                Assembly.encoder(config),
                new NetworkShape.Decoder(
                    symbols.predicted(), d.dimension(), d.cells(), d.widths(), d.attention())));
    inputs.give(network);
    inputFacts = inputs.facts();
    vectors = List.copyOf(inputs.vectors());
    gazetteers = List.copyOf(inputs.gazetteers());
    model =
        new TransducerModel(
            new InputEncoder(text, words, inputs.channels(), inputs.letters(), inputs.languages()),
            layout.source().unit(),
            layout.target().unit(),
            symbols,
            joins,
            new TransducerModel.Search(d.beam(), d.lengthPenalty(), longest),
            network);
    examples = examples(train, targets);
    places = train.sources().sentences().stream().map(Sentence::where).toList();
    size(train, targets);
    dev = scoring(devPairs);
    test = testPairs.map(this::scoring);
    devSources =
        devPairs.sources().sentences().stream()
            .limit(TransductionRun.SAMPLES)
            .map(Sentence::text)
            .toList();
  }

  /**
   * Prepares a run.
   *
   * @throws SluiceException with the place of everything in config or data that cannot be used
   */
  public static TransductionPreparation of(Loaded<SluiceConfig> loaded) {
    MissingFiles.refuse(loaded);
    return new TransductionPreparation(loaded);
  }

  private static Pairs read(
      String name, Path path, Loaded<SluiceConfig> loaded, TextPipeline text) {
    DataConfig data = loaded.value().data();
    Unit unit = data.pairs().orElseThrow().source().unit();
    Pairs pairs = Pairs.read(name, path, data, raw -> TransducerModel.tokens(text, unit, raw));
    if (pairs.size() > 0) return pairs;
    throw SluiceException.usage(
        "TRN-010",
        Preparation.place(loaded, "data." + name),
        "0 usable pairs in " + path,
        "check the file");
  }

  private List<Overlap> overlaps(List<Pairs> all) {
    if (config.data().overlap() == DataConfig.Overlap.IGNORE) return List.of();
    List<Overlap> found = new ArrayList<>();
    for (Pairs split : all.subList(1, all.size())) {
      Overlap overlap = Overlap.between(all.get(0), split);
      if (overlap.count() > 0) found.add(overlap);
    }
    Overlap.refuse(config.data().overlap(), found);
    return List.copyOf(found);
  }

  private static Set<String> wordsOf(List<Pairs> all) {
    Set<String> words = new TreeSet<>();
    for (Pairs split : all) split.sources().sentences().forEach(s -> words.addAll(s.words()));
    return words;
  }

  private static List<List<Piece>> pieces(TextPipeline text, Unit unit, Pairs pairs) {
    return pairs.targets().stream().map(t -> TransducerModel.pieces(text, unit, t)).toList();
  }

  private Example[] examples(Pairs pairs, List<List<Piece>> targets) {
    Example[] encoded = new Example[pairs.size()];
    for (int i = 0; i < encoded.length; i++) {
      Sentence source = pairs.sources().sentences().get(i);
      encoded[i] = model.encode(i, source.words()).withTarget(model.encode(targets.get(i)));
    }
    return encoded;
  }

  private TransductionScoring scoring(Pairs pairs) {
    List<List<Piece>> targets = pieces(model.inputs().text(), model.target(), pairs);
    size(pairs, targets);
    long characters =
        pairs.targets().stream().mapToLong(t -> t.codePointCount(0, t.length())).sum();
    return new TransductionScoring(model, examples(pairs, targets), targets, characters);
  }

  private void size(Pairs pairs, List<List<Piece>> targets) {
    Dataset sources = pairs.sources();
    sizes.add(
        new SplitSize(
            sources.name(),
            sources.path(),
            sources.size(),
            sources.tokens(),
            targets.stream().mapToLong(List::size).sum(),
            sources.skipped(),
            sources.fingerprint()));
  }

  /** The loss; each call makes an instance for one thread. */
  Supplier<Loss> losses() {
    return () -> SoftmaxLoss.ofWritten(model.predicted(), config.decoder().smoothing());
  }

  /** The config. */
  public SluiceConfig config() {
    return config;
  }

  /** The model, its weights not trained yet. */
  public TransducerModel model() {
    return model;
  }

  /** The training pairs; an example's id is its place in the training split. */
  Example[] examples() {
    return examples;
  }

  /** Where the pairs of train stand. */
  List<Location> places() {
    return places;
  }

  /** The scoring of dev. */
  TransductionScoring dev() {
    return dev;
  }

  /** The scoring of test, when there is one. */
  Optional<TransductionScoring> test() {
    return test;
  }

  /** The first few sources of dev. */
  List<String> devSources() {
    return devSources;
  }

  /** What the splits hold, train first. */
  public List<SplitSize> splits() {
    return List.copyOf(sizes);
  }

  /** Pairs that dev or test share with train; empty when the config says not to look. */
  public List<Overlap> overlaps() {
    return overlaps;
  }

  /** The checksums of what a run reads, by setting. */
  SortedMap<String, String> checksums() {
    SortedMap<String, String> checksums = new TreeMap<>(inputFacts);
    for (SplitSize split : sizes)
      checksums.put("data." + split.name() + ".sha256", split.fingerprint());
    return checksums;
  }

  /** How the words of the sources of train were found among pretrained vectors, an entry for each input that has them. */
  public List<VectorCoverage> vectors() {
    return vectors;
  }

  /** What gazetteers find in the sources of train, an entry for each input that has one. */
  public List<GazetteerCoverage> gazetteers() {
    return gazetteers;
  }

  /** A rough guess of the bytes that a batch of the longest pairs takes in training. */
  public long batchBytes() {
    return MemoryEstimate.ofBatch(model.network(), examples, config.training().batch());
  }
}
