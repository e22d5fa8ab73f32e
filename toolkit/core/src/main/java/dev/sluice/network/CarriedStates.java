package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Example;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The states in which texts were left, for the batches that go on with them: what truncated backpropagation through time carries from piece to piece.
 * The gradient ends at the border, for
 * a state that was carried is a constant. Places are numbered from 0; threads may use different places at the same time.
 */
public final class CarriedStates {
  private final Network network;
  private final float[][] carried; // [layer], a row per place
  private final float[] fedBack; // a row per place; empty unless distributions are fed back
  private final int places;

  /** States of texts that all begin afresh, for a network that reads forward alone. */
  public CarriedStates(Network network, int places) {
    this.network = network;
    this.places = places;
    LabelFeedback feedback = network.feedback();
    boolean feeds = feedback != null && feedback.carriesOn();
    fedBack = new float[feeds ? places * feedback.carried() : 0];
    NetworkShape.Encoder encoder = network.shape().encoder();
    if (encoder.bidirectional() || encoder.lookahead() > 0)
      throw new IllegalArgumentException("a state is carried on by networks that read forward");
    carried = new float[encoder.layers()][];
    for (int l = 0; l < carried.length; l++)
      carried[l] = new float[places * network.layer(l, 0).state().carried()];
  }

  /** Makes the text of a place begin afresh. */
  public void forget(int place) {
    for (float[] layer : carried) {
      int width = layer.length / places;
      Arrays.fill(layer, place * width, (place + 1) * width, 0f);
    }
  }

  /** What a text of a place was left in now stands at another place too. */
  public void copy(int from, int to) {
    for (float[] layer : carried) {
      int width = layer.length / places;
      System.arraycopy(layer, from * width, layer, to * width, width);
    }
  }

  /**
   * Before a forward pass: the sentences of the workspace's batch go on from their places.
   *
   * @param placeOf the place of each
   */
  public void give(Workspace ws, ToIntFunction<Example> placeOf) {
    int B = ws.batch().sentences();
    int fed = fedBack.length / places;
    for (int i = 0; fed > 0 && i < B; i++)
      network
          .feedback()
          .goOn(ws.feedback, i, B, fedBack, placeOf.applyAsInt(ws.batch().example(i)) * fed);
    for (int l = 0; l < carried.length; l++) {
      Layer.State s = ws.states[l][0];
      s.beginWith(B);
      for (int i = 0; i < B; i++) {
        int place = placeOf.applyAsInt(ws.batch().example(i));
        s.begin(i, carried[l], place * s.carried());
      }
    }
  }

  /** Before a forward pass: the sentences of the workspace's batch begin as a network without carried states has them begin, with zeros or with what it has learned. */
  public void beginAfresh(Workspace ws) {
    for (Layer.State[] layer : ws.states) layer[0].beginAfresh();
    if (ws.feedback != null) ws.feedback.goesOn = false;
  }

  /** After a forward pass and before a backward one: keeps the states in which the sentences were left. */
  public void take(Workspace ws, ToIntFunction<Example> placeOf) {
    Batch batch = ws.batch();
    int fed = fedBack.length / places;
    for (int i = 0; fed > 0 && i < batch.sentences(); i++)
      network.feedback().end(ws, i, fedBack, placeOf.applyAsInt(batch.example(i)) * fed);
    for (int l = 0; l < carried.length; l++) {
      Layer.State s = ws.states[l][0];
      for (int i = 0; i < batch.sentences(); i++) {
        int place = placeOf.applyAsInt(batch.example(i));
        network.layer(l, 0).end(batch.layout(), s, i, carried[l], place * s.carried());
      }
    }
  }

  /** All numbers, to be saved and written back; the arrays are the object's own. */
  public List<float[]> arrays() {
    return List.of(carried);
  }
}
