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

  private final List<Layer> layers = new ArrayList<>();
  private final float[][] h; // [layer], a row per place, as CellState.startH has it per sentence
  private final float[][] c; // as CellState.startC
  private final int places;

  /**
   * A layer whose states are carried.
   *
   * @param language the number of its language model among the inputs, or {@link #OWN}
   * @param number its place among the layers there
   */
  private record Layer(Recurrent recurrent, int language, int number) {
    CellState state(Workspace ws) {
      return language == OWN ? ws.states[number][0] : ws.languages[language].cells[number];
    }

    Batch batch(Workspace ws) {
      return language == OWN ? ws.batch() : ws.batch().passages(language).symbols();
    }
  }

  /** States of texts that all begin afresh, for a network that reads forward alone. */
  public CarriedStates(Network network, int places) {
    this.places = places;
    if (network.shape().encoder().bidirectional())
      throw new IllegalArgumentException("a state is carried on by networks that read forward");
    for (int l = 0; l < network.shape().encoder().layers(); l++)
      layers.add(new Layer(network.recurrent(l, 0), OWN, l));
    for (int n = 0; n < network.input().languages(); n++) {
      LanguageReader reader = network.input().language(n);
      for (int l = 0; l < reader.depth(); l++) layers.add(new Layer(reader.layer(l), n, l));
    }
    h = new float[layers.size()][];
    c = new float[layers.size()][];
    for (int l = 0; l < h.length; l++) {
      CellState s = layers.get(l).recurrent.state();
      h[l] = new float[places * s.order * s.P];
      c[l] = new float[layers.get(l).recurrent.cell.hasMemory() ? places * s.H : 0];
    }
  }

  /** Makes the text of a place begin afresh. */
  public void forget(int place) {
    for (float[][] states : List.of(h, c)) {
      for (float[] layer : states) {
        int width = layer.length / places;
        Arrays.fill(layer, place * width, (place + 1) * width, 0f);
      }
    }
  }

  /** What a text of a place was left in now stands at another place too. */
  public void copy(int from, int to) {
    for (float[][] states : List.of(h, c)) {
      for (float[] layer : states) {
        int width = layer.length / places;
        System.arraycopy(layer, from * width, layer, to * width, width);
      }
    }
  }

  /**
   * Before a forward pass: the sentences of the workspace's batch go on from their places.
   *
   * @param placeOf the place of each, by its id
   */
  public void give(Workspace ws, ToIntFunction<Example> placeOf) {
    for (int l = 0; l < h.length; l++) {
      CellState s = layers.get(l).state(ws);
      Batch batch = layers.get(l).batch(ws);
      s.beginWith(batch.sentences());
      for (int i = 0; i < batch.sentences(); i++) {
        int place = placeOf.applyAsInt(batch.example(i));
        int width = s.order * s.P;
        System.arraycopy(h[l], place * width, s.startH, i * width, width);
        if (c[l].length > 0) System.arraycopy(c[l], place * s.H, s.startC, i * s.H, s.H);
      }
    }
  }

  /** Before a forward pass: the sentences of the workspace's batch begin as a network without carried states has them begin, with zeros or with what it has learned. */
  public void beginAfresh(Workspace ws) {
    for (Layer layer : layers) layer.state(ws).beginAfresh();
  }

  /** After a forward pass: keeps the states in which the sentences were left. */
  public void take(Workspace ws, ToIntFunction<Example> placeOf) {
    for (int l = 0; l < h.length; l++) {
      Layer layer = layers.get(l);
      Batch batch = layer.batch(ws);
      for (int i = 0; i < batch.sentences(); i++) {
        int place = placeOf.applyAsInt(batch.example(i));
        layer.recurrent.end(batch.layout(), layer.state(ws), i, h[l], c[l], place);
      }
    }
  }

  /** All numbers, to be saved and written back; the arrays are the object's own. */
  public List<float[]> arrays() {
    List<float[]> all = new ArrayList<>(Arrays.asList(h));
    all.addAll(Arrays.asList(c));
    return all;
  }
}
