package dev.sluice.peers;

import dev.sluice.batch.Example;
import dev.sluice.kernel.Kernels;
import dev.sluice.kernel.Workers;
import dev.sluice.label.TagScheme;
import dev.sluice.loss.SoftmaxLoss;
import dev.sluice.metric.Criterion;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.model.Source;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.optimizer.AverageConfig;
import dev.sluice.optimizer.ClipConfig;
import dev.sluice.optimizer.OptimizerConfig;
import dev.sluice.optimizer.ScheduleConfig;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.trainer.Trainer;
import dev.sluice.trainer.TrainingConfig;
import dev.sluice.trainer.TrainingListener;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Vocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Our own toolkit by the way its users go: the trainer trains, from fresh weights in every round, and the model tags. One sentence is work for one
 * call, whose two directions may run on two threads; with several threads each tags a batch of its own.
 */
public final class SluicePeer implements Peer {
  private static final int LONG = 100_000; // epochs and patience nobody reaches

  private final Work work;
  private final Example[][] batches;
  private final Example[] all;
  private final Workers workers;
  private final Model model;
  private final Example[] several;
  private int next;
  private double loss = Double.NaN;

  /**
   * A fresh network for a work.
   *
   * @param threads the threads of training and of tagging in batches
   */
  public SluicePeer(Work work, int threads) {
    this.work = work;
    batches = examples(work);
    all = Arrays.stream(batches).flatMap(Arrays::stream).toArray(Example[]::new);
    workers = new Workers(threads);
    several = new Example[threads * work.sentences()];
    model = model(work);
    model.network().initialise(work.seed());
    model.network().pack(Kernels.create(), true);
  }

  private static Model model(Work work) {
    VocabularyBuilder builder = new VocabularyBuilder();
    for (int w = 1; w < work.words(); w++) builder.add("word" + w); // id 0 is the unknown word
    Vocabulary words = builder.build(1);
    Network network =
        new Network(
            NetworkShape.tagger(
                List.of(new NetworkShape.Input.Table("word", work.words(), work.dimension())),
                new NetworkShape.Encoder(
                    new CellConfig.Lstm(), Collections.nCopies(work.layers(), work.hidden()), true),
                work.labels()));
    InputEncoder inputs =
        new InputEncoder(
            TextPipeline.of(new TextConfig("whitespace", TextConfig.Punctuation.KEEP, List.of())),
            words,
            List.of(new Channel("word", new Source.Word(), words)),
            Optional.empty());
    LabelVocabulary labels =
        LabelVocabulary.of(
            IntStream.range(0, work.labels()).mapToObj(label -> "label" + label).toList());
    return new Model("pos", inputs, Outputs.of(labels, TagScheme.PLAIN), network);
  }

  private static Example[][] examples(Work work) {
    int[][][] words = work.batches();
    Example[][] examples = new Example[words.length][work.sentences()];
    int id = 0;
    for (int b = 0; b < words.length; b++) {
      for (int i = 0; i < work.sentences(); i++) {
        int[] labels = Arrays.stream(words[b][i]).map(work::label).toArray();
        examples[b][i] = Example.labelled(id++, new int[][] {words[b][i]}, labels);
      }
    }
    return examples;
  }

  @Override
  public String system() {
    return "sluice";
  }

  @Override
  public String variant(Measure measure) {
    if (measure == Measure.SENTENCE) return "one call, a second thread where one is idle";
    return workers.threads() + (workers.threads() == 1 ? " thread" : " threads");
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public double trainTokensPerSecond(Duration duration) {
    Clock clock = new Clock(duration.toNanos());
    train(clock);
    return (double) clock.batches * work.tokens() * 1e9 / clock.spent;
  }

  /**
   * Trains from fresh weights.
   *
   * @param goOn is asked after every batch
   */
  public void train(BooleanSupplier goOn) {
    TrainingConfig config =
        new TrainingConfig(
            new OptimizerConfig.Adam(Work.RATE, 0.9, 0.999, 1e-8),
            new ScheduleConfig.Constant(0),
            new AverageConfig.None(),
            new ClipConfig(Optional.of(Work.CLIP_NORM), Optional.empty()),
            LONG,
            work.sentences(),
            100,
            LONG,
            Criterion.HEADLINE,
            Optional.empty(),
            false,
            Optional.of(work.seed()),
            Optional.of(workers.threads()));
    try (Trainer trainer =
        new Trainer(
            model,
            config,
            work.seed(),
            new Trainer.Rates(0, 0, 0, 0, 0),
            () -> SoftmaxLoss.ofTokens(work.labels(), null, 0),
            all,
            List.of(),
            workers.threads())) {
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void batch(int epoch, double share, double mean, double tokensPerSecond) {
              loss = mean;
              if (!goOn.getAsBoolean()) trainer.stop();
            }
          };
      trainer.run(() -> 0, Optional.empty(), new TreeMap<>(), false, listener);
    }
  }

  /** Counts from the end of the first batch on, when everything is set up, until there was enough time. */
  private static final class Clock implements BooleanSupplier {
    private final long enough;
    private long start;
    private long spent;
    private int batches = -1;

    Clock(long enough) {
      this.enough = enough;
    }

    @Override
    public boolean getAsBoolean() {
      long now = System.nanoTime();
      if (++batches == 0) start = now;
      spent = now - start;
      return batches == 0 || spent < enough;
    }
  }

  @Override
  public double tagTokensPerSecond(Duration duration) {
    return Rate.perSecond(duration, this::tagBatch);
  }

  /**
   * Tags a batch for each thread.
   *
   * @return how many tokens
   */
  public int tagBatch() {
    for (int n = 0; n < several.length; n += work.sentences()) {
      System.arraycopy(batches[next], 0, several, n, work.sentences());
      next = (next + 1) % batches.length;
    }
    return model.predict(several, Detail.LABELS, workers).length * work.length();
  }

  @Override
  public double[] sentenceMicros(Duration duration) {
    return Rate.micros(duration, i -> model.predict(all[i % all.length], Detail.LABELS));
  }

  @Override
  public void close() {
    workers.close();
  }
}
