package dev.sluice.peers.kernels;

import dev.sluice.peers.Machine;
import dev.sluice.peers.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the benchmarks with the options of JMH; what JMH says goes to standard error, a Markdown table of the figures in their own units to standard output. */
public final class KernelBenchmarks {
  private KernelBenchmarks() {}

  /** Runs them. */
  public static void main(String... arguments) throws IOException {
    try {
      CommandLineOptions options = new CommandLineOptions(arguments);
      if (asks(options)) {
        org.openjdk.jmh.Main.main(arguments);
        return;
      }
      Runner runner =
          new Runner(
              options,
              OutputFormatFactory.createFormatInstance(
                  System.err, options.verbosity().orElse(Defaults.VERBOSITY)));
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      out.print(markdown(Machine.markdown(), runner.run()));
    } catch (CommandLineOptionException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
    } catch (NoBenchmarksException none) {
      System.err.println("no benchmark of such a name. Fix: -l lists them");
      System.exit(2);
    } catch (RunnerException failed) {
      System.err.println(failed.getMessage());
      System.exit(1);
    }
  }

  /** Whether JMH is to say something instead of running. */
  private static boolean asks(CommandLineOptions options) {
    return options.shouldHelp()
        || options.shouldList()
        || options.shouldListWithParams()
        || options.shouldListProfilers()
        || options.shouldListResultFormats();
  }

  static String markdown(String machine, Collection<RunResult> results) {
    StringBuilder out =
        new StringBuilder("# Single kernels\n\nMedian (smallest..largest) over fresh JVMs.\n\n");
    out.append(machine).append("\n| benchmark | kernels | | |\n|---|---|---|---|\n");
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      String name = params.getBenchmark();
      String kernels = params.getParam("kernels");
      out.append(
          "| %s | %s | %s | %s |%n"
              .formatted(
                  name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                  kernels == null ? "" : kernels,
                  text(forks(result)),
                  unit(name, result.getPrimaryResult().getScoreUnit())));
    }
    return out.toString();
  }

  /** The score of each fork. */
  private static double[] forks(RunResult result) {
    return result.getBenchmarkResults().stream()
        .map(BenchmarkResult::getPrimaryResult)
        .mapToDouble(fork -> fork.getScore())
        .toArray();
  }

  private static String text(double[] scores) {
    Spread spread = new Spread(scores);
    double median = spread.median();
    return spread.text(median < 1 ? 3 : median < 10 ? 2 : median < 100 ? 1 : 0);
  }

  /** The unit that the benchmark states, as long as JMH was not asked for another one. */
  static String unit(String benchmark, String jmh) {
    int dot = benchmark.lastIndexOf('.');
    try {
      Unit unit =
          Class.forName(benchmark.substring(0, dot))
              .getMethod(benchmark.substring(dot + 1))
              .getAnnotation(Unit.class);
      boolean own = jmh.equals(unit.value().equals("GFLOP/s") ? "ops/ns" : "ns/op");
      return own ? unit.value() : jmh;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(benchmark + " has no unit", e);
    }
  }
}
