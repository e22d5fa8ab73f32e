package dev.sluice.peers;

import dev.sluice.kernel.Workers;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** OpenNLP over a split: sentence after sentence, as it has no batches. With several threads each has a tagger of its own and takes document after document. */
final class OpenNlpPeer implements TaggingPeer {
  static final String SYSTEM = "opennlp";

  private final String variant;
  private final Split split;
  private final Workers workers;
  private final BlockingQueue<OpenNlpTagger> idle;

  /**
   * A model over a split.
   *
   * @param variant what its model is called
   * @param model makes taggers of it
   */
  OpenNlpPeer(String variant, Supplier<OpenNlpTagger> model, Split split, int threads) {
    this.variant = variant;
    this.split = split;
    workers = new Workers(threads);
    idle = new ArrayBlockingQueue<>(threads);
    for (int n = 0; n < threads; n++) idle.add(model.get());
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public String variant(Measure measure) {
    return variant;
  }

  @Override
  public double tagTokensPerSecond(Duration duration) {
    return Rate.perSecond(
        duration,
        () -> {
          LongAdder labels = new LongAdder(); // so that no tagging is left out as idle work
          workers.run(split.documents(), d -> labels.add(tagDocument(d)));
          if (labels.sum() > split.tokens()) throw new IllegalStateException("too many labels");
          return Math.toIntExact(split.tokens());
        });
  }

  private int tagDocument(int d) {
    OpenNlpTagger tagger = idle.remove(); // there is one for each thread
    tagger.beginDocument();
    int labels = split.document(d).map(i -> tagger.tag(split.words(i)).length).sum();
    idle.add(tagger);
    return labels;
  }

  @Override
  public double[] sentenceMicros(Duration duration) {
    OpenNlpTagger tagger = idle.element();
    return Rate.micros(
        duration,
        n -> {
          int i = n % split.size();
          if (split.beginsDocument(i)) tagger.beginDocument();
          tagger.tag(split.words(i));
        });
  }

  @Override
  public void close() {
    workers.close();
  }
}
