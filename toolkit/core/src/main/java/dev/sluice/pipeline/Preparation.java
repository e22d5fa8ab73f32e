package dev.sluice.pipeline;

import dev.sluice.batch.Example;
import dev.sluice.config.Loaded;
import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.SchemeChoice;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.label.Repair;
import dev.sluice.label.SchemeDetector;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.OutputConfig;
import dev.sluice.metric.Reading;
import dev.sluice.model.Model;
import dev.sluice.network.InputConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.pipeline.SluiceConfig.Task;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelMisses;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that stands before training: a config's data read and checked, its scheme found, the vocabularies built, and a network of the right size with
 * all weights zero.
 */
public final class Preparation {
  private static final int MOST = 20;

  private final SluiceConfig config;
  private final Dataset train;
  private final Dataset dev;
  private final Optional<Dataset> test;
  private final List<Overlap> overlaps;
  private final Detection detection;
  private final Reading gold;
  private final Model model;
  private final Example[] examples;

  private Preparation(Loaded<SluiceConfig> loaded, Optional<Splits> given) {
    config = loaded.value();
    TextPipeline text = text(loaded);
    Splits splits = given.orElseGet(() -> Splits.read(loaded, text));
    train = splits.train();
    dev = splits.dev();
    test = splits.test();
    requireLabels(loaded);
    overlaps = findOverlaps();
    detection = scheme();
    gold = new Reading(detection.scheme(), Repair.valueOf(config.data().repair().name()));
    requireSpans(loaded);
    TagScheme scheme = modelScheme(detection.scheme());
    List<List<String>> tags = convert(train, scheme);
    checkTags(dev);
    test.ifPresent(this::checkTags);
    Vocabulary words = words(text);
    LabelVocabulary labels = labels(tags);
    model =
        new Model(
            name(config.task()), text, words, labels, scheme, new Network(shape(words, labels)));
    LookupCounts lookups =
        new LookupCounts(); // every word of train is known, or dropped by minCount
    LabelMisses misses = new LabelMisses(); // and every label
    examples = new Example[train.size()];
    for (int i = 0; i < examples.length; i++) {
      Sentence s = train.sentences().get(i);
      examples[i] = model.encode(i, s.words(), tags.get(i), s.intent(), lookups, misses);
    }
  }

  /**
   * Prepares a run.
   *
   * @throws SluiceException with the place of everything in config or data that cannot be used
   */
  public static Preparation of(Loaded<SluiceConfig> loaded) {
    return new Preparation(loaded, Optional.empty());
  }

  /** Prepares a run on data that have been read. */
  static Preparation of(Loaded<SluiceConfig> loaded, Splits splits) {
    return new Preparation(loaded, Optional.of(splits));
  }

  /** How text becomes tokens, as a config says. */
  static TextPipeline text(Loaded<SluiceConfig> loaded) {
    return TextPipeline.of(loaded.value().text(), base(loaded), place(loaded, "text.tokenizer"));
  }

  /** The folder to which a path to a tokenizer is relative: that of the file that names it. */
  static Path base(Loaded<SluiceConfig> loaded) {
    return loaded
        .where("text.tokenizer")
        .map(where -> Path.of(where.source()).toAbsolutePath().getParent())
        .orElse(Path.of(""));
  }

  static Location place(Loaded<SluiceConfig> loaded, String key) {
    return loaded.where(key).orElse(Location.of(key));
  }

  private void requireLabels(Loaded<SluiceConfig> loaded) {
    List<Problem> problems = new ArrayList<>();
    for (Dataset dataset : splits()) {
      for (Sentence s : dataset.sentences()) {
        boolean missing =
            config.task() == Task.CLASSIFY ? s.intent().isEmpty() : s.tags().isEmpty();
        if (!missing) continue;
        String what =
            config.task() == Task.CLASSIFY ? "no label of the sentence (intent)" : "no tags";
        problems.add(
            new Problem(
                "TRN-011",
                s.where(),
                "the "
                    + dataset.name()
                    + " split has "
                    + what
                    + " here, but task "
                    + name(config.task())
                    + " learns them",
                "name the column in the data section, or choose another task"));
        break;
      }
    }
    if (!problems.isEmpty()) throw new SluiceException(SluiceException.Kind.USAGE, problems);
  }

  /** All splits that the config names. */
  public List<Dataset> splits() {
    List<Dataset> all = new ArrayList<>(List.of(train, dev));
    test.ifPresent(all::add);
    return all;
  }

  private List<Overlap> findOverlaps() {
    if (config.data().overlap() == DataConfig.Overlap.IGNORE) return List.of();
    List<Overlap> found = new ArrayList<>();
    for (Dataset split : splits()) {
      if (split == train) continue;
      Overlap overlap = Overlap.between(train, split);
      if (overlap.count() > 0) found.add(overlap);
    }
    if (config.data().overlap() == DataConfig.Overlap.FORBID && !found.isEmpty()) {
      List<Problem> problems = new ArrayList<>();
      for (Overlap overlap : found) {
        for (Overlap.Pair pair : overlap.examples()) {
          problems.add(
              new Problem(
                  "TRN-013",
                  pair.here(),
                  "the sentence also stands at "
                      + pair.there()
                      + "; "
                      + overlap.summary()
                      + ", which data.overlap forbids",
                  "take them out of " + overlap.split() + ", or set data.overlap: warn"));
        }
      }
      throw new SluiceException(SluiceException.Kind.USAGE, problems);
    }
    return List.copyOf(found);
  }

  private Detection scheme() {
    if (config.task() == Task.POS || config.task() == Task.CLASSIFY) {
      return new Detection(
          TagScheme.PLAIN, "the task " + name(config.task()) + " has plain labels");
    }
    SchemeChoice choice = config.data().scheme();
    if (choice != SchemeChoice.AUTO)
      return new Detection(TagScheme.valueOf(choice.name()), "the config says so");
    SchemeDetector detector = new SchemeDetector();
    for (Sentence s : train.sentences()) detector.add(s.tags());
    return detector.result();
  }

  private void requireSpans(Loaded<SluiceConfig> loaded) {
    boolean wantsSpans =
        config.task() == Task.SLOTS || config.task() == Task.CHUNK || config.task() == Task.NER;
    if (!wantsSpans || detection.scheme().hasSpans()) return;
    throw SluiceException.usage(
        "TRN-012",
        place(loaded, "task"),
        "task "
            + name(config.task())
            + " needs tags that spell spans, but the tags are plain labels ("
            + detection.reason()
            + ")",
        "set data.scheme, e.g. io, or task: pos for a label per token");
  }

  /** IOB1 and IOE1 depend on neighbours and are harder to learn; IO cannot tell neighbours apart. Their spans are spelled in BIO. */
  private static TagScheme modelScheme(TagScheme data) {
    return switch (data) {
      case IO, IOB1, IOE1 -> TagScheme.BIO;
      default -> data;
    };
  }

  private List<List<String>> convert(Dataset dataset, TagScheme scheme) {
    List<List<String>> tags = new ArrayList<>(dataset.size());
    List<Problem> problems = new ArrayList<>();
    for (Sentence s : dataset.sentences()) {
      try {
        tags.add(
            config.task() == Task.CLASSIFY
                ? List.of()
                : gold.scheme().convert(s.tags(), gold.repair(), scheme));
      } catch (LabelException e) {
        problems.add(
            new Problem(
                e.code(), s.where(), "token " + (e.index() + 1) + ": " + e.what(), e.fix()));
        if (problems.size() == MOST) break;
      }
    }
    if (!problems.isEmpty()) throw new SluiceException(SluiceException.Kind.USAGE, problems);
    return tags;
  }

  private void checkTags(Dataset dataset) {
    convert(dataset, modelScheme(gold.scheme()));
  }

  private Vocabulary words(TextPipeline text) {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (Sentence s : train.sentences()) {
      for (String word : s.words()) builder.add(text.normalize(word));
    }
    return builder.build(config.vocabulary().minCount());
  }

  private LabelVocabulary labels(List<List<String>> tags) {
    Set<String> labels = new LinkedHashSet<>();
    if (config.task() == Task.CLASSIFY)
      train.sentences().forEach(s -> labels.add(s.intent().orElseThrow()));
    else tags.forEach(labels::addAll);
    return LabelVocabulary.of(labels);
  }

  private NetworkShape shape(Vocabulary words, LabelVocabulary labels) {
    List<NetworkShape.Input> inputs = new ArrayList<>();
    for (InputConfig input : config.inputs()) {
      if (input instanceof InputConfig.Word word) {
        boolean oneHot = word.encoding() == InputConfig.Encoding.ONE_HOT;
        String name = "word" + (inputs.isEmpty() ? "" : inputs.size() + 1);
        inputs.add(new NetworkShape.Input(name, words.size(), oneHot ? 0 : word.dimension()));
      }
    }
    NetworkShape.Pooling pooling = null;
    if (config.task() == Task.CLASSIFY && config.output() instanceof OutputConfig.Softmax softmax) {
      pooling = NetworkShape.Pooling.valueOf(softmax.pooling().name());
    }
    return new NetworkShape(
        inputs,
        config.encoder().cell(),
        config.encoder().activation(),
        config.encoder().widths(),
        config.encoder().bidirectional(),
        pooling,
        labels.size());
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The config. */
  public SluiceConfig config() {
    return config;
  }

  /** The training split. */
  public Dataset train() {
    return train;
  }

  /** The development split. */
  public Dataset dev() {
    return dev;
  }

  /** The test split. */
  public Optional<Dataset> test() {
    return test;
  }

  /** The tag scheme of the data and why it is taken to be that. */
  public Detection detection() {
    return detection;
  }

  /** Sentences that dev or test share with train; empty when the config says not to look. */
  public List<Overlap> overlaps() {
    return overlaps;
  }

  /** How the tags in the data are read. */
  public Reading gold() {
    return gold;
  }

  /** The model, its weights not trained yet. */
  public Model model() {
    return model;
  }

  /** The training examples; an example's id is its place in the training split. */
  public Example[] examples() {
    return examples;
  }
}
