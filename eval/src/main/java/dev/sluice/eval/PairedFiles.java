package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Fingerprint;
import dev.sluice.data.Readers;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.eval.analysis.Analysis;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.Knowledge;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The predictions of any system scored against gold data: two files with the same sentences, or two columns of one file. A sentence of each is in memory at
 * a time.
 */
public final class PairedFiles {
  /**
   * One of the two sides.
   *
   * @param file the file, or the folder of triples
   * @param config its format, layout, scheme and repair
   */
  public record Side(Path file, DataConfig config) {}

  private final Side gold;
  private final Side predicted;
  private final Tokenizer tokenizer;
  private final Optional<TrainingLabels> training;
  private final int threads;
  private Reading expected;
  private Judge judge;
  private Analysis analysis;
  private Consumer<Judged> judged;
  private Scores scores;
  private boolean intents;
  private long unlabelled;

  /**
   * What else is asked for.
   *
   * @param out where files go; nothing is written without it
   * @param train the data that the system was trained on, in the layout of the gold data, to tell what it can have learned
   * @param threads how many threads to use for intervals; the result is the same for any number
   */
  public record Options(Optional<Path> out, Optional<Path> train, int threads) {
    /** Checks the number of threads. */
    public Options {
      if (threads < 1)
        throw new IllegalArgumentException(threads + " threads, expected at least 1");
    }
  }

  private PairedFiles(Side gold, Side predicted, Tokenizer tokenizer, Options options) {
    this.gold = gold;
    this.predicted = predicted;
    this.tokenizer = tokenizer;
    threads = options.threads;
    training = options.train.map(file -> GoldTags.training(file, gold.config, tokenizer));
  }

  /**
   * Scores them. A scheme that is not named is found in the gold data; predictions are read like the gold data unless their own scheme is named.
   *
   * @param tokenizer splits raw text, where the format holds any
   * @throws SluiceException when a file cannot be read, or the two do not hold the same tokens
   */
  public static Evaluation score(Side gold, Side predicted, Tokenizer tokenizer, Options options) {
    PairedFiles files = new PairedFiles(gold, predicted, tokenizer, options);
    if (options.out.isEmpty()) return files.score(judged -> {});
    ResultFolder folder = ResultFolder.of(options.out.get(), List.of());
    List<Evaluation> evaluations = new ArrayList<>();
    ResultFolder.writeSentences(folder.sentences(), writer -> evaluations.add(files.score(writer)));
    folder.write(evaluations.get(0));
    return evaluations.get(0);
  }

  private Evaluation score(Consumer<Judged> writer) {
    judged = writer;
    Detection scheme = GoldTags.scheme(List.of(gold.file), gold.config, tokenizer);
    boolean own = predicted.config.scheme() != DataConfig.SchemeChoice.AUTO;
    expected = GoldTags.reading(scheme.scheme(), gold.config);
    Reading found =
        own
            ? GoldTags.reading(
                GoldTags.scheme(List.of(), predicted.config, tokenizer).scheme(), predicted.config)
            : expected;
    requireAlike(found);
    Fingerprint fingerprint = new Fingerprint();
    Map<String, Long> skipped;
    try (SentenceReader left = Readers.open(gold.file, gold.config, tokenizer, fingerprint);
        SentenceReader right = Readers.open(predicted.file, predicted.config, tokenizer)) {
      long n = 0;
      Sentence g = next(left), p = next(right);
      for (; g != null && p != null; g = next(left), p = next(right), n++) {
        if (n == 0) begin(g, p, found);
        add(g, p);
      }
      if (g != null || p != null) throw moreSentences(g, p, n);
      skipped = new LinkedHashMap<>(left.skipped());
    } catch (IOException e) {
      throw DataFiles.notRead(gold.file, e);
    }
    if (scores == null) throw empty();
    Part part =
        new Part(
            gold.file.toString(),
            Optional.of(fingerprint.hex()),
            unlabelled,
            skipped,
            scores,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Evaluation(
        Optional.empty(), scheme, List.of(part), part.asPooled(Optional.of(analysis)));
  }

  private void requireAlike(Reading found) {
    if (expected.scheme().hasSpans() == found.scheme().hasSpans()) return;
    throw SluiceException.usage(
        Codes.TASK,
        Location.of(predicted.file.toString()),
        "the gold tags are read as "
            + expected.scheme()
            + " but the predicted ones as "
            + found.scheme(),
        "name two schemes with spans, or plain for both");
  }

  private static Sentence next(SentenceReader reader) throws IOException {
    Sentence next = reader.next();
    while (next != null && next.size() == 0) next = reader.next();
    return next;
  }

  /** The first sentence tells what there is to score. */
  private void begin(Sentence g, Sentence p, Reading found) {
    intents = g.intent().isPresent() && p.intent().isPresent();
    boolean tags = !g.tags().isEmpty() || !p.tags().isEmpty();
    if (tags) scores = Scores.of(expected, found);
    else if (intents) scores = Scores.ofSentences();
    else
      throw SluiceException.usage(
          Codes.UNLABELLED,
          p.where(),
          "neither tags nor labels of sentences on both sides",
          "name their columns, e.g. --tags and --pred-tags");
    scores.withIntentSeparator(gold.config.intentSeparator());
    judge = new Judge(expected, found, gold.config.intentSeparator());
    analysis =
        new Analysis(scores.kind(), new Knowledge(Optional.empty(), training), false, threads);
    judged = judged.andThen(analysis::add);
  }

  private void add(Sentence g, Sentence p) {
    requireSameTokens(g, p);
    boolean tags = scores.kind() != Scores.Kind.SENTENCES;
    boolean labelled = tags ? !g.tags().isEmpty() : g.intent().isPresent();
    if (!labelled) {
      unlabelled++;
      return;
    }
    if (tags && p.tags().isEmpty()) throw noPrediction(p, "tags");
    boolean both = intents && g.intent().isPresent();
    if (both && p.intent().isEmpty()) throw noPrediction(p, "label of the sentence");
    if (!tags) scores.addIntent(g.intent().get(), p.intent().get());
    else addTags(g, p, both);
    judged.accept(judge.judge(g, p, tags, both));
  }

  private void addTags(Sentence g, Sentence p, boolean withIntent) {
    try {
      if (withIntent) scores.add(g, p.tags(), p.intent().get());
      else scores.add(g, p.tags());
    } catch (LabelException e) {
      throw readable(g)
          ? GoldTags.problem(e, p, predicted.config)
          : GoldTags.problem(e, g, gold.config);
    }
  }

  private boolean readable(Sentence g) {
    try {
      return expected.scheme().decode(g.tags(), expected.repair()) != null;
    } catch (LabelException e) {
      return false;
    }
  }

  private static SluiceException noPrediction(Sentence p, String what) {
    return SluiceException.usage(
        Codes.UNLABELLED,
        p.where(),
        "no predicted " + what + " here",
        "give every sentence one, O where a token has no tag");
  }

  private void requireSameTokens(Sentence g, Sentence p) {
    int shared = Math.min(g.size(), p.size());
    for (int t = 0; t < shared; t++) {
      String expected = g.tokens().get(t).text(), found = p.tokens().get(t).text();
      if (!expected.equals(found))
        throw otherToken(g, p, t, "\"" + expected + "\"", "\"" + found + "\"");
    }
    if (g.size() > shared)
      throw otherToken(g, p, shared, "\"" + g.tokens().get(shared).text() + "\"", "nothing more");
    if (p.size() > shared)
      throw otherToken(g, p, shared, "nothing more", "\"" + p.tokens().get(shared).text() + "\"");
  }

  /** The problem stands at the prediction and names the place in the gold data. */
  private SluiceException otherToken(
      Sentence g, Sentence p, int token, String expected, String found) {
    return SluiceException.usage(
        Codes.TOKENS,
        GoldTags.place(p, Math.min(token, p.size() - 1), predicted.config),
        "token "
            + (token + 1)
            + " is "
            + found
            + ", expected "
            + expected
            + " as at "
            + GoldTags.place(g, Math.min(token, g.size() - 1), gold.config),
        "predict on the tokens of the gold data, in their order");
  }

  private SluiceException moreSentences(Sentence g, Sentence p, long n) {
    boolean goldGoesOn = g != null;
    Sentence next = goldGoesOn ? g : p;
    Path ended = goldGoesOn ? predicted.file : gold.file;
    return SluiceException.usage(
        Codes.SENTENCES,
        next.where(),
        "sentence " + (n + 1) + " begins here, but " + ended + " ends after " + n,
        "give both files the same sentences");
  }

  private SluiceException empty() {
    return new SluiceException(
        SluiceException.Kind.USAGE,
        List.of(
            new Problem(
                Codes.NO_SENTENCES,
                Location.of(gold.file.toString()),
                "0 usable examples",
                "check --format and the file")));
  }
}
