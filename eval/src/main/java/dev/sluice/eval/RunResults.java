package dev.sluice.eval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.data.Dataset;
import dev.sluice.data.Sentence;
import dev.sluice.eval.analysis.Analysis;
import dev.sluice.eval.analysis.Judged;
import dev.sluice.eval.analysis.JudgedWriter;
import dev.sluice.eval.analysis.Knowledge;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.eval.json.Json;
import dev.sluice.eval.metrics.DataJson;
import dev.sluice.eval.metrics.GatesJson;
import dev.sluice.eval.metrics.InputsJson;
import dev.sluice.eval.metrics.MetricsJson;
import dev.sluice.eval.metrics.Part;
import dev.sluice.kernel.Workers;
import dev.sluice.metric.Reading;
import dev.sluice.metric.Scores;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.model.Prediction;
import dev.sluice.model.TensorFile;
import dev.sluice.pipeline.Calibrated;
import dev.sluice.pipeline.FinishedRun;
import dev.sluice.pipeline.Scoring;
import dev.sluice.vocabulary.LookupCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a finished training run is worth: dev and test, judged sentence by sentence, go into its folder as {@code metrics.json} and {@code sentences/}. */
public final class RunResults {
  private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final FinishedRun run;
  private final ModelFile file;
  private final Model model;
  private final Reading gold;
  private final Knowledge knowledge;
  private final Workers workers;

  private RunResults(FinishedRun run, TensorFile tensors, Workers workers) {
    this.run = run;
    this.workers = workers;
    file = ModelFile.read(tensors);
    model = file.model();
    gold = FinishedRun.reading(file.provenance());
    knowledge =
        Judge.knowledge(
            model,
            model.labelsTokens()
                ? Optional.of(
                    TrainingLabels.of(
                        gold, taker -> run.splits().train().sentences().forEach(taker)))
                : Optional.empty());
  }

  /**
   * Writes the results.
   *
   * @return what stands in metrics.json
   * @throws dev.sluice.config.SluiceException when a file cannot be written
   */
  public static MetricsJson write(FinishedRun run) {
    TensorFile tensors = TensorFile.read(run.model());
    try (Workers workers = new Workers(THREADS)) {
      RunResults results = new RunResults(run, tensors, workers);
      List<Part> parts = new ArrayList<>();
      parts.add(
          results.part(run.splits().dev(), run.dev(), run.devLookups(), run.devCalibration()));
      if (run.test().isPresent())
        parts.add(
            results.part(
                run.splits().test().orElseThrow(),
                run.test().get(),
                run.testLookups().orElseThrow(),
                run.testCalibration().orElseThrow()));
      MetricsJson metrics =
          MetricsJson.of(Optional.of(tensors.sha256()), parts, Optional.empty())
              .withRun(
                  results.runJson(),
                  DataJson.of(
                      run.splits(), results.gold, results.model, results.knowledge.labels()))
              .withInputs(InputsJson.of(results.file.provenance()))
              .withGates(GatesJson.of(results.file, run.splits().dev().sentences()));
      metrics.write(run.folder().resolve(MetricsJson.FILE));
      return metrics;
    }
  }

  private Part part(
      Dataset split, Scores scores, LookupCounts lookups, Calibrated.Split calibration) {
    Analysis analysis = new Analysis(scores.kind(), knowledge, true, Optional.empty(), THREADS);
    Path sentences = JudgedWriter.file(run.folder(), split.name());
    ResultFolder.writeSentences(
        sentences,
        writer ->
            judge(
                split.sentences(),
                scores,
                judged -> {
                  analysis.add(judged);
                  writer.accept(judged);
                }));
    return new Part(
        split.name(),
        Optional.of(split.fingerprint()),
        0,
        Map.of(),
        scores,
        Optional.of(lookups),
        Optional.of(calibration.after()),
        calibration.before(),
        Optional.empty(),
        Optional.of(analysis));
  }

  private void judge(List<Sentence> sentences, Scores scores, Consumer<Judged> taker) {
    Judge judge = new Judge(model.outputs().sentence().flatMap(s -> s.separator()), Set.of());
    var examples = Scoring.encode(model, sentences, new LookupCounts());
    Prediction[] found = model.predict(examples, Prediction.Detail.CONFIDENCES, workers);
    for (int i = 0; i < found.length; i++) {
      Sentence s = sentences.get(i);
      taker.accept(judge.judge(model, s, found[i], Scoring.read(scores, model, s, found[i])));
    }
  }

  private ObjectNode runJson() {
    ObjectNode json = Json.object();
    json.put("task", model.task());
    json.put("seed", run.seed());
    json.put("epochs", run.epochs());
    json.put("bestEpoch", run.bestEpoch());
    json.put("parameters", model.network().parameters().count());
    json.put("config", file.config());
    return json;
  }
}
