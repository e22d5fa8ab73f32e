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
import dev.sluice.data.TagPlaces;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.label.Repair;
import dev.sluice.label.SchemeDetector;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.Loss;
import dev.sluice.loss.OutputConfig;
import dev.sluice.loss.SentenceConfig;
import dev.sluice.metric.Reading;
import dev.sluice.model.Model;
import dev.sluice.pipeline.SluiceConfig.Task;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelMisses;
import dev.sluice.vocabulary.LookupCounts;
import dev.sluice.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Everything that stands before training: a config's data read and checked, its scheme found, the vocabularies built, and a network of the right size with
 * all weights zero.
 */
public final class Preparation {
  private static final int MOST = 20;

  private final SluiceConfig config;
  private final TextPipeline text;
  private final Dataset train;
  private final Dataset dev;
  private final Optional<Dataset> test;
  private final List<Overlap> overlaps;
  private final Detection detection;
  private final Reading gold;
  private final Model model;
  private final Example[] examples;
  private final Supplier<Loss> losses;
  private final SortedMap<String, String> inputFacts;
  private final List<VectorCoverage> vectors;
  private final List<GazetteerCoverage> gazetteers;
  private final List<LanguageCoverage> languages;

  private Preparation(Loaded<SluiceConfig> loaded, Optional<Splits> given) {
    config = loaded.value();
    text = text(loaded);
    Splits splits = given.orElseGet(() -> Splits.read(loaded, text));
    train = splits.train();
    dev = splits.dev();
    test = splits.test();
    requireLabels(loaded);
    overlaps = findOverlaps();
    detection = scheme(loaded);
    gold = new Reading(detection.scheme(), Repair.valueOf(config.data().repair().name()));
    requireSpans(loaded);
    TagScheme scheme = modelScheme(detection.scheme());
    List<List<String>> tags = convert(train, scheme);
    checkTags(dev);
    test.ifPresent(this::checkTags);
    List<List<String>> intents = train.sentences().stream().map(this::learnedIntents).toList();
    Assembly assembly = new Assembly(config, text, train.sentences());
    Vocabulary words = assembly.words();
    InputAssembly inputs =
        new InputAssembly(
            config.inputs(),
            text,
            train.sentences(),
            words,
            this::allWords,
            i -> scheme.spans(tags.get(i)));
    model = assembly.model(words, inputs, tags, intents, scheme);
    inputFacts = inputs.facts();
    vectors = List.copyOf(inputs.vectors());
    gazetteers = List.copyOf(inputs.gazetteers());
    languages = List.copyOf(inputs.known());
    LookupCounts lookups =
        new LookupCounts(); // every word of train is known, or dropped by minCount
    LabelMisses misses = new LabelMisses(); // and every label
    examples = new Example[train.size()];
    for (int i = 0; i < examples.length; i++) {
      Sentence s = train.sentences().get(i);
      Example bare = model.encode(i, s.words(), s.features(), lookups);
      examples[i] = model.withLabels(bare, tags.get(i), intents.get(i), misses);
    }
    losses = Losses.of(config, model, examples, key -> place(loaded, key));
    ThresholdCheck.check(config, model, key -> place(loaded, key));
  }

  private Set<String> allWords() {
    Set<String> words = new TreeSet<>();
    for (Dataset split : splits()) split.sentences().forEach(s -> words.addAll(s.words()));
    return words;
  }

  private List<String> learnedIntents(Sentence s) {
    return learnedIntents(config, s);
  }

  /** The labels that are learned of a sentence. */
  static List<String> learnedIntents(SluiceConfig config, Sentence s) {
    if (!config.task().labelsSentences()) return List.of();
    Optional<String> separator = config.data().intentSeparator();
    if (config.sentence().type() == SentenceConfig.Type.SIGMOID)
      return List.copyOf(s.intents(separator));
    return config.sentence().several() == SentenceConfig.Several.FIRST
        ? List.of(s.intents(separator).iterator().next())
        : List.of(s.intent().orElseThrow());
  }

  /**
   * Prepares a run.
   *
   * @throws SluiceException with the place of everything in config or data that cannot be used
   */
  public static Preparation of(Loaded<SluiceConfig> loaded) {
    requireLabels(
        loaded,
        "a tagger or classifier",
        loaded.value().task() == Task.TRANSDUCTION
            ? "use Training.transducer()"
            : "use Training.languageModel()");
    MissingFiles.refuse(loaded);
    return new Preparation(loaded, Optional.empty());
  }

  /**
   * Refuses a config whose task gives no labels.
   *
   * @param what is for tasks that label, in the singular
   * @param fix what to do instead
   * @return the config
   * @throws SluiceException TRN-019 when its task is language-model or transduction
   */
  public static Loaded<SluiceConfig> requireLabels(
      Loaded<SluiceConfig> loaded, String what, String fix) {
    if (loaded.value().task().labels()) return loaded;
    throw SluiceException.usage(
        "TRN-019",
        place(loaded, "task"),
        "task " + name(loaded.value().task()) + " gives no labels, but " + what + " is asked for",
        fix);
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
    Task task = config.task();
    List<Problem> problems = new ArrayList<>();
    for (Dataset dataset : splits()) {
      for (Sentence s : dataset.sentences()) {
        boolean noTags = task.labelsTokens() && s.tags().isEmpty();
        boolean noIntent =
            task.labelsSentences() && s.intents(config.data().intentSeparator()).isEmpty();
        if (!noTags && !noIntent) continue;
        problems.add(
            new Problem(
                "TRN-011",
                s.where(),
                "the "
                    + dataset.name()
                    + " split has "
                    + (noTags ? "no tags" : "no label of the sentence (intent)")
                    + " here, but task "
                    + name(task)
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
    Overlap.refuse(config.data().overlap(), found);
    return List.copyOf(found);
  }

  private Detection scheme(Loaded<SluiceConfig> loaded) {
    if (!config.task().hasSpans()) {
      return new Detection(
          TagScheme.PLAIN, "the task " + name(config.task()) + " has plain labels");
    }
    SchemeChoice choice = config.data().scheme();
    if (choice != SchemeChoice.AUTO)
      return new Detection(TagScheme.valueOf(choice.name()), whoChose(loaded));
    SchemeDetector detector = new SchemeDetector();
    for (Sentence s : train.sentences()) detector.add(s.tags());
    return detector.result();
  }

  private static String whoChose(Loaded<SluiceConfig> loaded) {
    return loaded
        .where("data.scheme")
        .map(Location::source)
        .filter(FoldRuns.SCHEME_FOUND::equals)
        .orElse("the config says so");
  }

  private void requireSpans(Loaded<SluiceConfig> loaded) {
    if (!config.task().hasSpans() || detection.scheme().hasSpans()) return;
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
  private TagScheme modelScheme(TagScheme data) {
    if (data == TagScheme.PLAIN) return data;
    if (config.output().scheme() == OutputConfig.Scheme.BIO) return TagScheme.BIO;
    if (config.output().scheme() == OutputConfig.Scheme.BIOES) return TagScheme.BIOES;
    return switch (data) {
      case IO, IOB1, IOE1 -> TagScheme.BIO;
      default -> data;
    };
  }

  private List<List<String>> convert(Dataset dataset, TagScheme scheme) {
    List<List<String>> tags = new ArrayList<>(dataset.size());
    List<Problem> problems = new ArrayList<>();
    try (TagPlaces places = tagPlaces(dataset)) {
      for (Sentence s : dataset.sentences()) {
        try {
          tags.add(
              config.task().labelsTokens()
                  ? gold.scheme().convert(s.tags(), gold.repair(), scheme)
                  : List.of());
        } catch (LabelException e) {
          problems.add(Mistakes.of(e, s, places));
          if (problems.size() == MOST) break;
        }
      }
    }
    if (!problems.isEmpty()) throw new SluiceException(SluiceException.Kind.USAGE, problems);
    return tags;
  }

  /** Where the tags of a split stand, for messages. */
  TagPlaces tagPlaces(Dataset dataset) {
    return new TagPlaces(dataset.path(), config.data(), text::tokenize);
  }

  private void checkTags(Dataset dataset) {
    convert(dataset, modelScheme(gold.scheme()));
  }

  /** A split as numbers with what the model would have to say of it; a sentence has no intent when one of its intents is unknown. */
  Example[] labelled(Dataset dataset) {
    List<List<String>> tags = convert(dataset, model.scheme());
    Example[] labelled = new Example[dataset.size()];
    LookupCounts lookups = new LookupCounts();
    LabelMisses misses = new LabelMisses();
    for (int i = 0; i < labelled.length; i++) {
      Sentence s = dataset.sentences().get(i);
      List<String> intents = learnedIntents(s);
      if (!model.sentenceLabels().containsAll(intents)) intents = List.of();
      Example bare = model.encode(i, s.words(), s.features(), lookups);
      labelled[i] = model.withLabels(bare, tags.get(i), intents, misses);
    }
    return labelled;
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

  /** Checksums of what inputs read from files of their own, by setting. */
  SortedMap<String, String> inputFacts() {
    return inputFacts;
  }

  /** How the words of the training split were found among pretrained vectors, an entry for each input that has them. */
  public List<VectorCoverage> vectors() {
    return vectors;
  }

  /** What gazetteers find in the training split, an entry for each input that has one. */
  public List<GazetteerCoverage> gazetteers() {
    return gazetteers;
  }

  /** How much of the training split language models know, an entry for each input that is one. */
  public List<LanguageCoverage> languages() {
    return languages;
  }

  /** What the model is trained with; each call makes an instance for one thread. */
  public Supplier<Loss> losses() {
    return losses;
  }
}
