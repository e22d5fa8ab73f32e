package dev.sluice.metric;

import java.util.OptionalDouble;

/** The scores by which the best of several models can be chosen, each a name for one number of {@link Scores}; of {@link SequenceScores} for sequences that are written. */
public enum Criterion {
  /** {@link Scores#headline}: micro F1 of spans, else accuracy; {@link SequenceScores#right}. */
  HEADLINE,
  /** Micro F1 of spans. */
  F1,
  /** Micro precision of spans. */
  PRECISION,
  /** Micro recall of spans. */
  RECALL,
  /** Micro F-beta of spans, {@link Counts#fBeta}. */
  F_BETA,
  /** The mean of the F1 of every type or label, {@link CountsByType#macroF1}. */
  MACRO_F1,
  /** {@link Scores#tokenAccuracy}. */
  TOKEN_ACCURACY,
  /** {@link Scores#sentenceAccuracy}: the sentences with nothing wrong, such as whole frames of intent and slots; {@link SequenceScores#right}. */
  SENTENCE_ACCURACY,
  /** {@link Scores#sentenceAnyMatch}: whole frames, of several intents any one right. */
  SENTENCE_ANY_MATCH,
  /** {@link Scores#intentAccuracy}. */
  INTENT_ACCURACY,
  /** {@link Scores#intentAnyMatch}. */
  INTENT_ANY_MATCH,
  /** {@link Perplexity} of sequences that are written, where less is better; labels have none. */
  PERPLEXITY;

  /**
   * Whether it says something where this is compared. Precision, recall and F do not where there is exactly one label on each side: micro-averaged, all of them
   * are the accuracy.
   *
   * @param withIntents whether sentences have labels of their own
   */
  public boolean fits(Scores.Kind kind, boolean withIntents) {
    return switch (this) {
      case HEADLINE, MACRO_F1, SENTENCE_ACCURACY -> true;
      case F1, PRECISION, RECALL, F_BETA -> kind == Scores.Kind.SPANS;
      case TOKEN_ACCURACY -> kind != Scores.Kind.SENTENCES;
      case INTENT_ACCURACY, INTENT_ANY_MATCH, SENTENCE_ANY_MATCH -> withIntents;
      case PERPLEXITY -> false;
    };
  }

  /**
   * The number, in [0, 1]; undefined when there is nothing to score.
   *
   * @param beta the weight of recall, read by {@link #F_BETA} only
   */
  public OptionalDouble of(Scores scores, double beta) {
    return switch (this) {
      case HEADLINE -> scores.headline().value();
      case F1 -> scores.byType().micro().f1().value();
      case PRECISION -> scores.byType().micro().precision().value();
      case RECALL -> scores.byType().micro().recall().value();
      case F_BETA -> scores.byType().micro().fBeta(beta);
      case MACRO_F1 -> scores.byType().macroF1();
      case TOKEN_ACCURACY -> scores.tokenAccuracy().value();
      case SENTENCE_ACCURACY -> scores.sentenceAccuracy().value();
      case SENTENCE_ANY_MATCH -> scores.sentenceAnyMatch().value();
      case INTENT_ACCURACY -> scores.intentAccuracy().value();
      case INTENT_ANY_MATCH -> scores.intentAnyMatch().value();
      case PERPLEXITY -> OptionalDouble.empty();
    };
  }

  /**
   * What it is called in what people read, by the names that reports have for it.
   *
   * @param frames whether tags and labels of sentences are scored, as in task joint
   */
  public String shown(Scores scores, double beta, boolean frames) {
    String sentences = frames ? Scores.WHOLE_FRAMES : Scores.SENTENCE_ACCURACY;
    return switch (this) {
      case SENTENCE_ACCURACY -> sentences;
      case SENTENCE_ANY_MATCH -> sentences + Scores.ANY_INTENT;
      case INTENT_ACCURACY -> Scores.INTENT_ACCURACY;
      case INTENT_ANY_MATCH -> Scores.INTENT_ACCURACY + Scores.ANY_INTENT;
      default -> title(scores, beta);
    };
  }

  /** What it is called in a model file, such as {@code F1} or {@code F0.5}; never changed, so that a run gives the bytes that it gave before. */
  public String title(Scores scores, double beta) {
    return switch (this) {
      case HEADLINE -> scores.headlineName();
      case F1 -> "F1";
      case PRECISION -> "precision";
      case RECALL -> "recall";
      case F_BETA -> "F" + (beta == Math.rint(beta) ? String.valueOf((long) beta) : beta);
      case MACRO_F1 -> "averaged F1";
      case TOKEN_ACCURACY -> "token accuracy";
      case SENTENCE_ACCURACY -> "sentence accuracy";
      case SENTENCE_ANY_MATCH -> "sentence accuracy (any intent)";
      case INTENT_ACCURACY -> "intent accuracy";
      case INTENT_ANY_MATCH -> "intent accuracy (any)";
      case PERPLEXITY -> "perplexity";
    };
  }
}
