package dev.sluice.peers;

import dev.sluice.label.TagScheme;
import dev.sluice.metric.Scores;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/** One corpus: OpenNLP is trained, all models are scored, then they tag in turns. */
final class CorpusReport {
  private final TaggingTask task;
  private final Corpus corpus;
  private final OpenNlpOptions options;
  private final List<OurModel> ours;
  private final PrintStream out;

  /** A trained model of OpenNLP and its scores by split. */
  private record Theirs(
      OpenNlpSetting setting, Supplier<OpenNlpTagger> model, double seconds, List<Scores> scores) {
    double dev() {
      return scores.get(0).headline().orElse(0);
    }
  }

  /**
   * A report that is not written yet.
   *
   * @param models our models, whatever their task
   */
  CorpusReport(
      TaggingTask task,
      Corpus corpus,
      OpenNlpOptions options,
      List<OurModel> models,
      PrintStream out) {
    this.task = task;
    this.corpus = corpus;
    this.options = options;
    this.out = out;
    ours = models.stream().filter(m -> m.model().task().equals(task.config)).toList();
  }

  /** Does the work and writes the tables. */
  void write() throws InterruptedException {
    out.printf("%n## %s%n%n%s.%n", corpus.title(), corpus.sizes());
    List<Theirs> theirs = options.settings().stream().map(this::train).toList();
    writeScores(theirs);
    List<Theirs> timed = bestOfEachAlgorithm(theirs);
    for (int threads : options.threads()) {
      String title = threads == 1 ? "one thread" : threads + " threads";
      writeSpeed("In batches, " + title, Measure.TAG, timed, threads);
    }
    writeSpeed("One sentence at a time, one thread", Measure.SENTENCE, timed, 1);
  }

  private List<Split> splits() {
    return options.test() ? List.of(corpus.dev(), corpus.test()) : List.of(corpus.dev());
  }

  private Theirs train(OpenNlpSetting setting) {
    long began = System.nanoTime();
    Supplier<OpenNlpTagger> model = task.train(corpus, setting);
    double seconds = (System.nanoTime() - began) * 1e-9;
    TagScheme spelled = corpus.scheme().hasSpans() ? TagScheme.BIO : TagScheme.PLAIN;
    List<Scores> scores = scores(split -> corpus.score(split, model.get().labels(split), spelled));
    System.err.printf(Locale.ROOT, "opennlp %s trained in %.0f s%n", setting, seconds);
    return new Theirs(setting, model, seconds, scores);
  }

  private List<Scores> scores(Function<Split, Scores> score) {
    return splits().stream().map(score).toList();
  }

  private List<Scores> scores(OurModel model) {
    return scores(
        split -> {
          try (ModelPeer peer = new ModelPeer(model, ModelPeer.Answer.LABELS, split, 1)) {
            return corpus.score(split, peer.labels(), model.model().scheme());
          }
        });
  }

  private void writeScores(List<Theirs> theirs) {
    String score = theirs.get(0).scores().get(0).headlineName();
    out.print("\n| system | model | training, s |");
    for (Split split : splits()) out.printf(" %s %s, %% |", split.name(), score);
    out.println("\n|---|---|---|" + "---|".repeat(splits().size()));
    for (Theirs t : theirs)
      writeRow(
          OpenNlpPeer.SYSTEM, t.setting().toString(), OptionalDouble.of(t.seconds()), t.scores());
    for (OurModel model : ours) {
      long weights = model.model().network().parameters().count();
      String size = String.format(Locale.ROOT, "%,d weights", weights);
      writeRow(model.name(), size, model.trainingSeconds(), scores(model));
    }
  }

  private void writeRow(String system, String model, OptionalDouble seconds, List<Scores> scores) {
    String time =
        seconds.isPresent() ? String.format(Locale.ROOT, "%.0f", seconds.getAsDouble()) : "-";
    out.printf("| %s | %s | %s |", system, model, time);
    for (Scores s : scores) out.printf(" %s |", s.headline().percent());
    out.println();
  }

  private static List<Theirs> bestOfEachAlgorithm(List<Theirs> theirs) {
    Map<OpenNlpSetting.Algorithm, Theirs> best = new EnumMap<>(OpenNlpSetting.Algorithm.class);
    for (Theirs t : theirs)
      best.merge(t.setting().algorithm(), t, (a, b) -> b.dev() > a.dev() ? b : a);
    return List.copyOf(best.values());
  }

  private void writeSpeed(String title, Measure measure, List<Theirs> theirs, int threads)
      throws InterruptedException {
    Split split = splits().get(splits().size() - 1);
    out.printf("%n### %s: all of %s%n%n", title, split.name());
    List<TaggingPeer> peers = new ArrayList<>();
    for (Theirs t : theirs)
      peers.add(new OpenNlpPeer(t.setting().toString(), t.model(), split, threads));
    for (OurModel model : ours)
      for (ModelPeer.Answer answer : ModelPeer.Answer.values())
        peers.add(new ModelPeer(model, answer, split, threads));
    try {
      Rounds rounds = Rounds.run(measure, peers, options.rounds(), options.duration());
      out.print(rounds.table());
      for (OurModel model : ours) out.print(rounds.comparison(model.name(), OpenNlpPeer.SYSTEM));
    } finally {
      peers.forEach(TaggingPeer::close);
    }
  }
}
