package dev.sluice.network;

import dev.sluice.batch.Batch;
import dev.sluice.batch.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The states in which texts were left, for the batches that go on with them: what truncated backpropagation through time carries from piece to piece.
 * The gradient ends at the border, for
 * a state that was carried is a constant. Places are numbered from 0; threads may use different places at the same time.
 */
public final class CarriedStates {
  /** The place of a layer that is among those of the network itself and of no language model. */
  private static final int OWN = -1;

  private final Network network;
  private final List<Place> layers = new ArrayList<>();
  private final float[][] carried; // [layer], a row per place
  private final float[] fedBack; // a row per place; empty unless distributions are fed back
  private final int places;

  /**
   * A layer whose states are carried.
   *
   * @param language the number of its language model among the inputs, or {@link #OWN}
   * @param number its place among the layers there
   */
  private record Place(Layer layer, int language, int number) {
    Layer.State state(Workspace ws) {
      return language == OWN ? ws.states[number][0] : ws.languages[language].cells[number];
    }

    Batch batch(Workspace ws) {
      return language == OWN ? ws.batch() : ws.batch().passages(language).symbols();
    }
  }

  /** States of texts that all begin afresh, for a network that reads forward alone. */
  public CarriedStates(Network network, int places) {
    this.places = places;
    this.network = network;
    LabelFeedback feedback = network.feedback();
    boolean feeds = feedback != null && feedback.carriesOn();
    fedBack = new float[feeds ? places * feedback.carried() : 0];
    NetworkShape.Encoder encoder = network.shape().encoder();
    if (encoder.bidirectional() || encoder.lookahead() > 0)
      throw new IllegalArgumentException("a state is carried on by networks that read forward");
    for (int l = 0; l < encoder.layers(); l++) layers.add(new Place(network.layer(l, 0), OWN, l));
    for (int n = 0; n < network.input().languages(); n++) {
      LanguageReader reader = network.input().language(n);
      for (int l = 0; l < reader.depth(); l++) layers.add(new Place(reader.layer(l), n, l));
    }
    carried = new float[layers.size()][];
    for (int l = 0; l < carried.length; l++)
      carried[l] = new float[places * layers.get(l).layer.state().carried()];
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
   * @param placeOf the place of each, by its id
   */
  public void give(Workspace ws, ToIntFunction<Example> placeOf) {
    int B = ws.batch().sentences();
    int fed = fedBack.length / places;
    for (int i = 0; fed > 0 && i < B; i++)
      network
          .feedback()
          .goOn(ws.feedback, i, B, fedBack, placeOf.applyAsInt(ws.batch().example(i)) * fed);
    for (int l = 0; l < carried.length; l++) {
      Layer.State s = layers.get(l).state(ws);
      Batch batch = layers.get(l).batch(ws);
      s.beginWith(batch.sentences());
      for (int i = 0; i < batch.sentences(); i++) {
        int place = placeOf.applyAsInt(batch.example(i));
        s.begin(i, carried[l], place * s.carried());
      }
    }
  }

  /** Before a forward pass: the sentences of the workspace's batch begin as a network without carried states has them begin, with zeros or with what it has learned. */
  public void beginAfresh(Workspace ws) {
    for (Place layer : layers) layer.state(ws).beginAfresh();
    if (ws.feedback != null) ws.feedback.goesOn = false;
  }

  /** After a forward pass and before a backward one: keeps the states in which the sentences were left. */
  public void take(Workspace ws, ToIntFunction<Example> placeOf) {
    int fed = fedBack.length / places;
    for (int i = 0; fed > 0 && i < ws.batch().sentences(); i++)
      network.feedback().end(ws, i, fedBack, placeOf.applyAsInt(ws.batch().example(i)) * fed);
    for (int l = 0; l < carried.length; l++) {
      Layer.State s = layers.get(l).state(ws);
      Batch batch = layers.get(l).batch(ws);
      for (int i = 0; i < batch.sentences(); i++) {
        int place = placeOf.applyAsInt(batch.example(i));
        layers.get(l).layer.end(batch.layout(), s, i, carried[l], place * s.carried());
      }
    }
  }

  /** All numbers, to be saved and written back; the arrays are the object's own. */
  public List<float[]> arrays() {
    return List.of(carried);
  }
}
