package dev.sluice.eval.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.network.CellConfig;
import dev.sluice.network.GateTrace;
import dev.sluice.network.GateTrace.Activation;
import dev.sluice.network.GateTrace.Gate;
import dev.sluice.network.GradientReach;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class GatePictureTest {
  private static GateTrace gru(boolean backward, float shift) {
    float[][] values = {{0.1f + shift, 0.3f + shift}, {0.5f + shift, 0.5f + shift}};
    float[][] candidate = {{-0.5f, 0.5f}, {-0.25f, 0.25f}};
    float[][] hidden = {{0.6f, 0.8f}, {0, 0.5f}};
    return new GateTrace(
        0,
        backward,
        new CellConfig.Gru(),
        List.of(
            new Activation(Gate.RESET, values),
            new Activation(Gate.UPDATE, values),
            new Activation(Gate.CANDIDATE, candidate)),
        hidden);
  }

  @Test
  void itHoldsEveryMeanOfBothDirectionsAndBothCharts() throws Exception {
    GradientReach one = new GradientReach(0, false, new CellConfig.Gru(), 2, new double[] {1, 0.5});
    GradientReach other =
        new GradientReach(0, true, new CellConfig.Gru(), 2, new double[] {1, 0.25});
    String svg =
        GatePicture.svg(
            List.of("go", "<now>"),
            List.of(gru(false, 0), gru(true, 0.4f)),
            List.of(one, other),
            List.of(GradientReach.untrained(new CellConfig.Rnn(), 4, 3, 1)),
            "Fresh cells");
    Element root = Xml.parse(svg);
    List<String> texts = Xml.texts(root, "text");
    assertEquals("Layer 1: GRU, 2 units per direction", texts.get(0));
    assertEquals(
        List.of("forward", "backward", "r", "z", "|n|", "‖h‖", "r", "z", "|n|", "‖h‖"),
        texts.subList(2 - 1, 11));
    assertEquals(
        List.of("go", "0.20", "0.20", "0.50", "0.71", "0.60", "0.60", "0.50", "0.71"),
        texts.subList(11, 20));
    assertEquals(
        List.of("<now>", "0.50", "0.50", "0.25", "0.35", "0.90", "0.90", "0.25", "0.35"),
        texts.subList(20, 29));
    assertTrue(texts.contains("How far the gradient reaches in this network"), texts::toString);
    assertTrue(texts.contains("layer 1 forward, × 0.50 per step"), texts::toString);
    assertTrue(texts.contains("layer 1 backward, × 0.25 per step"), texts::toString);
    assertTrue(texts.contains("Fresh cells"), texts::toString);
    assertEquals(List.of("Gates over: go <now>"), Xml.texts(root, "title"));
    assertTrue(
        Xml.texts(root, "desc")
            .get(0)
            .contains("Layer 1 forward: mean over all tokens of r 0.35, z 0.35, |n| 0.38."),
        svg);
  }

  /** A rectified state has no bound: the scale grows with it, and what a float cannot hold is left out. */
  @Test
  void statesBeyondOneWidenTheScale() throws Exception {
    float[][] hidden = {{4, 2}, {Float.POSITIVE_INFINITY, 0}};
    GateTrace rnn =
        new GateTrace(
            1, false, new CellConfig.Rnn(), List.of(new Activation(Gate.HIDDEN, hidden)), hidden);
    GradientReach reach =
        new GradientReach(
            1, false, new CellConfig.Rnn(), 2, new double[] {1, Double.POSITIVE_INFINITY});
    List<String> texts =
        Xml.texts(
            Xml.parse(
                GatePicture.svg(
                    List.of("a", "b"), List.of(rnn), List.of(reach), List.of(reach), "Fresh")),
            "text");
    assertEquals(
        List.of(
            "Layer 2: RNN, 2 units",
            "|h|",
            "‖h‖",
            "a",
            "3.00",
            "3.16",
            "b",
            "–",
            "–",
            "0.00",
            "3.16"),
        texts.subList(0, 11));
    assertTrue(texts.contains("layer 2 forward"), texts::toString);
  }

  /** Nothing recurs in it, so that the chart of the gradient has a single point. */
  @Test
  void aWindowIsShownByItsStates() throws Exception {
    CellConfig window = new CellConfig.Window(2, 2);
    float[][] hidden = {{0.5f, -0.5f}, {0.25f, 0}};
    GateTrace trace =
        new GateTrace(0, false, window, List.of(new Activation(Gate.HIDDEN, hidden)), hidden);
    GradientReach reach = new GradientReach(0, false, window, 2, new double[] {1, 0});
    List<String> texts =
        Xml.texts(
            Xml.parse(
                GatePicture.svg(
                    List.of("a", "b"), List.of(trace), List.of(reach), List.of(reach), "Fresh")),
            "text");
    String all = String.join(" ", texts);
    assertTrue(all.startsWith("Layer 1: window of 2+1+2, 2 units"), all);
    assertTrue(texts.contains("layer 1 forward"), texts::toString);
  }
}
