package dev.sluice.peers.ceiling;

import dev.sluice.peers.Spread;
import java.util.Arrays;
import java.util.List;

/** GFLOP/s of some products by every {@link Way}, round by round. */
final class ProductRates {
  private final List<Product> products;
  private final double[][][] gflops; // [product][way][round]

  ProductRates(List<Product> products, int rounds) {
    this.products = List.copyOf(products);
    gflops = new double[products.size()][Way.values().length][rounds];
  }

  List<Product> products() {
    return products;
  }

  void put(int product, Way way, int round, double rate) {
    gflops[product][way.ordinal()][round] = rate;
  }

  /**
   * The rate over all products, round by round: the FLOP of all of them, each as often as a training step has it, by the sum of their times, each product in the fastest of some ways.
   */
  double[] overall(Way... ways) {
    double[] rates = new double[gflops[0][0].length];
    double gflop = TrainingStep.flop(products) / 1e9;
    for (int round = 0; round < rates.length; round++) {
      double seconds = 0;
      for (int p = 0; p < products.size(); p++) {
        Product product = products.get(p);
        seconds += product.times() * product.flop() / 1e9 / fastest(p, round, ways);
      }
      rates[round] = gflop / seconds;
    }
    return rates;
  }

  private double fastest(int product, int round, Way... ways) {
    return Arrays.stream(ways)
        .mapToDouble(way -> gflops[product][way.ordinal()][round])
        .max()
        .orElseThrow();
  }

  /** The head of a Markdown table with a column per way. */
  static String head() {
    StringBuilder out = new StringBuilder("| M × N × K | times |");
    for (Way way : Way.values()) out.append(' ').append(way.title).append(" |");
    return out.append("\n|---|---|")
        .append("---|".repeat(Way.values().length))
        .append('\n')
        .toString();
  }

  /** A row per product. */
  String rows() {
    StringBuilder out = new StringBuilder();
    for (int p = 0; p < products.size(); p++) {
      Product product = products.get(p);
      out.append("| %s | %d |".formatted(product.title(), product.times()));
      for (double[] rates : gflops[p]) out.append(cell(rates));
      out.append('\n');
    }
    return out.toString();
  }

  /** One row for all of them together. */
  String overallRow(String title) {
    StringBuilder out = new StringBuilder("| **%s** | |".formatted(title));
    for (Way way : Way.values()) out.append(cell(overall(way)));
    return out.append('\n').toString();
  }

  private static String cell(double[] rates) {
    return " " + new Spread(rates).text(1) + " |";
  }
}
