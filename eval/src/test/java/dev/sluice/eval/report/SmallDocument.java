package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A document small enough to be checked by hand, with names that every form must escape. */
final class SmallDocument {
  private SmallDocument() {}

  /** Three types; LOC has 457 of 800 right, a half percent that must be rounded up. */
  static JsonNode json() {
    return parse(
        """
        {"schemaVersion": 1, "tool": {"name": "sluice", "version": "1"}, "model": null,
         "signature": "F1=spanmicro|scheme=BIO|repair=conlleval|match=exact|zero=null|ignored=-|v=1",
         "parts": [{"name": "news_1.conll", "sha256": "00", "sentences": 900, "unlabelled": 2, "skipped": {}, "lookups": null,
           "scores": {"kind": "spans", "sentences": 898, "tokens": 12000,
             "headline": {"name": "F1", "value": 0.5730129390018485},
             "micro": {"truePositives": 465, "falsePositives": 345, "falseNegatives": 348},
             "macro": {"precision": 0.45708333333333334, "recall": 0.5237500000000001, "f1": 0.4867129629629629},
             "weighted": {"precision": 0.57, "recall": 0.571955719557196, "f1": 0.5709},
             "strict": {"truePositives": 460, "falsePositives": 340, "falseNegatives": 353},
             "boundary": {"truePositives": 500, "falsePositives": 310, "falseNegatives": 313},
             "typeAccuracy": {"value": 0.93, "right": 465, "of": 500},
             "tokenAccuracy": {"value": 0.95, "right": 11400, "of": 12000},
             "sentenceAccuracy": {"value": 0.5011135857461024, "right": 450, "of": 898},
             "illegalPredicted": {"orphan": 3, "typeChange": 0}, "illegalGold": {},
             "unseenLabels": {}, "unseenIntents": {}, "intents": {},
             "types": {
               "=SUM(A1)": {"truePositives": 0, "falsePositives": 0, "falseNegatives": 5},
               "LOC": {"truePositives": 457, "falsePositives": 343, "falseNegatives": 343},
               "a_very|long <b>name</b> of a type & more": {"truePositives": 8, "falsePositives": 2, "falseNegatives": 0}}},
           "calibration": null,
           "analysis": {"unit": {"kind": "sentence", "count": 898},
             "intervals": {"level": 0.95, "resamples": 10000, "seed": 7,
               "scores": {"headline": {"low": 0.54, "high": 0.60123}, "precision": {"low": 0.54, "high": 0.61}},
               "types": {"LOC": {"f1": {"low": 0.53, "high": 0.61005}, "precision": {"low": 0.5, "high": 0.6}}}},
             "errors": {"gold": 813, "predicted": 810, "matched": 600, "operations": [
               {"operation": "correct", "count": 465, "oracleF1": 0.573, "gain": 0},
               {"operation": "boundary", "count": 60, "oracleF1": 0.6469, "gain": 0.0739}]}}}],
         "pooled": null, "inputs": []}
        """);
  }

  static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ReportData data() {
    return ReportData.of("run", json());
  }
}
