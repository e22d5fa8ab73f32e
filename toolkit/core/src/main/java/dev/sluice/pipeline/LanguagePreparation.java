package dev.sluice.pipeline;

import dev.sluice.batch.Streams;
import dev.sluice.config.Loaded;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.TextLayout;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.loss.Loss;
import dev.sluice.loss.NextSymbolLoss;
import dev.sluice.loss.PredictionConfig;
import dev.sluice.loss.Proposal;
import dev.sluice.loss.SampledSymbolLoss;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.SymbolModel.Piece;
import dev.sluice.model.TextScorer;
import dev.sluice.model.WordJoins;
import dev.sluice.network.InputConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that stands before the training of a language model: texts read and cut into symbols, the symbols counted, and a network of the right size
 * with all weights zero.
 */
public final class LanguagePreparation {
  private static final int SAMPLES = 5;

  private final SluiceConfig config;
  private final SymbolModel model;
  private final Streams streams;
  private final List<Location> places;
  private final long[] counts;
  private final LanguageScoring dev;
  private final Optional<LanguageScoring> test;
  private final List<String> devTexts;
  private final List<SplitSize> sizes;

  /**
   * What a split holds.
   *
   * @param name such as train
   * @param path where it was read
   * @param documents how many documents
   * @param symbols how many symbols, ends of documents among them
   * @param characters how many characters
   * @param fingerprint of what was read
   */
  public record SplitSize(
      String name, Path path, long documents, long symbols, long characters, String fingerprint) {}

  private LanguagePreparation(Loaded<SluiceConfig> loaded) {
    config = loaded.value();
    TextPipeline text = Preparation.text(loaded);
    TextSplits splits = TextSplits.read(loaded, text); // not kept: ids take much less room
    TextLayout layout = config.data().text();
    VocabularyBuilder builder = new VocabularyBuilder();
    for (List<Piece> document : splits.train().documents())
      for (Piece piece : document) builder.add(piece.symbol());
    Symbols symbols = new Symbols(builder.build(config.vocabulary().minCount()));
    Optional<WordJoins> joins =
        layout.unit() == Unit.WORD
            ? Optional.of(WordJoins.of(symbols, splits.train().documents()))
            : Optional.empty();
    model =
        new SymbolModel(
            text, layout.unit(), layout.document(), symbols, joins, new Network(shape(symbols)));
    counts = new long[symbols.predicted()];
    List<int[]> read = new ArrayList<>(), next = new ArrayList<>();
    for (int[] document : encoded(splits.train())) {
      read.add(TextScorer.read(model, document));
      next.add(TextScorer.next(model, document));
      for (int id : next.get(next.size() - 1)) counts[id]++;
    }
    streams = new Streams(read, next, config.training().batch(), config.training().steps());
    places = splits.train().places();
    dev = scoring(splits.dev());
    test = splits.test().map(this::scoring);
    devTexts = splits.dev().texts().stream().limit(SAMPLES).toList();
    sizes =
        splits.all().stream()
            .map(
                s ->
                    new SplitSize(
                        s.name(),
                        s.path(),
                        s.documents().size(),
                        s.symbols(),
                        s.characters(),
                        s.fingerprint()))
            .toList();
  }

  /**
   * Prepares a run.
   *
   * @throws SluiceException with the place of everything in config or data that cannot be used
   */
  public static LanguagePreparation of(Loaded<SluiceConfig> loaded) {
    MissingFiles.refuse(loaded);
    return new LanguagePreparation(loaded);
  }

  private NetworkShape shape(Symbols symbols) {
    InputConfig.Word word = (InputConfig.Word) config.inputs().get(0);
    Input input =
        word.encoding() == InputConfig.Encoding.ONE_HOT
            ? new Input.OneHot("word", symbols.read())
            : new Input.Table("word", symbols.read(), word.dimension());
    return NetworkShape.predictor(
        List.of(input),
        Assembly.encoder(config),
        new NetworkShape.Next(symbols.predicted(), config.prediction().tied()));
  }

  private List<int[]> encoded(TextSplits.Split split) {
    return split.documents().stream().map(model::encode).toList();
  }

  private LanguageScoring scoring(TextSplits.Split split) {
    return new LanguageScoring(model, encoded(split), split.characters());
  }

  /** The loss; each call makes an instance for one thread. */
  Supplier<Loss> losses() {
    int V = model.symbols().predicted();
    if (!(config.prediction().softmax() instanceof PredictionConfig.SoftmaxConfig.Sampled s))
      return () -> new NextSymbolLoss(V);
    Proposal proposal =
        s.proposal() == PredictionConfig.Proposal.UNIGRAM
            ? Proposal.unigram(counts)
            : Proposal.logUniform(V);
    return () -> new SampledSymbolLoss(proposal, s.samples());
  }

  /** The config. */
  public SluiceConfig config() {
    return config;
  }

  /** Where the documents of train begin. */
  List<Location> places() {
    return places;
  }

  /** The scoring of dev. */
  LanguageScoring dev() {
    return dev;
  }

  /** The scoring of test, when there is one. */
  Optional<LanguageScoring> test() {
    return test;
  }

  /** The first documents of dev as text, at most {@value #SAMPLES}. */
  List<String> devTexts() {
    return devTexts;
  }

  /** The model, its weights not trained yet. */
  public SymbolModel model() {
    return model;
  }

  /** The training text as streams. */
  Streams streams() {
    return streams;
  }

  /** A rough guess of the bytes that a batch takes in training. */
  public long batchBytes() {
    return MemoryEstimate.ofBatch(model.network(), streams.pieces(), streams.streams());
  }

  /** What the splits hold, train first. */
  public List<SplitSize> splits() {
    return sizes;
  }
}
