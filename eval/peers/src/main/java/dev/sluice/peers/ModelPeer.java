package dev.sluice.peers;

import dev.sluice.Tagger;
import dev.sluice.data.Sentence;
import dev.sluice.model.Model;
import dev.sluice.model.Prediction;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.text.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A trained model of ours over a split: from words to labels, and for names to spans too. */
final class ModelPeer implements TaggingPeer {

  /** What is asked for. */
  enum Answer {
    /** Labels alone, which is what OpenNLP gives. */
    LABELS("labels"),
    /** All that {@link Tagger} gives: the probabilities of labels and spans as well. */
    CONFIDENCES("labels and confidences");

    private final String title;

    Answer(String title) {
      this.title = title;
    }
  }

  private final OurModel ours;
  private final Tagger tagger;
  private final Model model;
  private final Answer answer;
  private final Split split;
  private final int threads;
  private final List<Map<String, List<String>>> noFeatures;
  private final List<String> texts;
  private final List<List<Token>> tokens;

  ModelPeer(OurModel ours, Answer answer, Split split, int threads) {
    this.ours = ours;
    this.answer = answer;
    this.split = split;
    this.threads = threads;
    tagger = Tagger.of(ours.model());
    model = ours.model();
    noFeatures = Collections.nCopies(split.size(), Map.of());
    texts = split.sentences().stream().map(Sentence::text).toList();
    tokens = split.sentences().stream().map(Sentence::tokens).toList();
  }

  @Override
  public String system() {
    return ours.name();
  }

  @Override
  public String variant(Measure measure) {
    return answer.title;
  }

  /** The labels of every sentence. */
  List<List<String>> labels() {
    List<List<String>> labels = new ArrayList<>(split.size());
    for (Prediction p : model.predictAll(split.words(), noFeatures, Detail.LABELS, threads))
      labels.add(model.tags(p));
    return labels;
  }

  @Override
  public double tagTokensPerSecond(Duration duration) {
    return Rate.perSecond(
        duration,
        () -> {
          long labels = 0; // so that no tagging is left out as idle work
          if (answer == Answer.LABELS) {
            for (List<String> found : labels()) labels += read(found);
          } else {
            for (var tagged : tagger.tagAll(texts, tokens, threads))
              labels += tagged.labels().size();
          }
          if (labels != split.tokens()) throw new IllegalStateException("labels are missing");
          return Math.toIntExact(labels);
        });
  }

  @Override
  public double[] sentenceMicros(Duration duration) {
    return Rate.micros(
        duration,
        n -> {
          List<String> words = split.words().get(n % split.size());
          if (answer == Answer.LABELS) {
            read(model.tags(model.predict(words, Map.of(), Detail.LABELS)));
          } else {
            tagger.tag(words);
          }
        });
  }

  /** Reads spans out of labels that spell any; returns how many labels there are. */
  private int read(List<String> labels) {
    if (model.scheme().hasSpans()) model.scheme().spans(labels);
    return labels.size();
  }

  @Override
  public void close() {}
}
