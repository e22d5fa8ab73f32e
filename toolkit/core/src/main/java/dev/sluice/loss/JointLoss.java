package dev.sluice.loss;

import dev.sluice.network.Workspace;

/** Labels of tokens and of the sentence learned together: a weighted sum of both losses (Liu and Lane 2016). */
public final class JointLoss implements Loss {
  private final Loss tokens;
  private final float tokenWeight;
  private final Loss sentence;
  private final float sentenceWeight;

  /** The sum. */
  public JointLoss(Loss tokens, double tokenWeight, Loss sentence, double sentenceWeight) {
    this.tokens = tokens;
    this.tokenWeight = (float) tokenWeight;
    this.sentence = sentence;
    this.sentenceWeight = (float) sentenceWeight;
  }

  @Override
  public double gradient(Workspace ws, float scale) {
    return tokenWeight * tokens.gradient(ws, tokenWeight * scale)
        + sentenceWeight * sentence.gradient(ws, sentenceWeight * scale);
  }
}
