package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What check finds before any time is spent; train refuses the same. */
class CheckTest {
  @TempDir Path folder;

  private void append(String file, String row) throws IOException {
    Path path = folder.resolve(file);
    Files.writeString(path, Files.readString(path) + row);
  }

  @Test
  void everyMistakeOfEverySplitIsShownAtOnce() throws IOException {
    Path config = Cli.corpus(folder, "slots", "");
    append("train.csv", "one two,O,x\nthree four,O O O,x\n");
    append("dev.csv", "five six,O,x\n");
    Cli.Outcome checked = Cli.run("check", config.toString());
    assertEquals(2, checked.code());
    assertEquals(3, checked.err().lines().count(), checked.err());
    for (String place : new String[] {"train.csv:62", "train.csv:63", "dev.csv:14"})
      assertTrue(checked.err().contains("error[DAT-020] " + folder.resolve(place)), checked.err());
  }

  @Test
  void overlapIsShownOrForbiddenForCheckAndTrainAlike() throws IOException {
    Path config = Cli.corpus(folder, "slots", "");
    append("test.csv", "a train number 0 from oslo to rome,O O O O O B-from O B-to,train\n");
    Cli.Outcome warned = Cli.run("check", config.toString());
    assertEquals(0, warned.code(), warned.err());
    assertTrue(
        warned.out().contains("warning: 1 of 13 sentences of test also stand in train"),
        warned.out());
    for (String command : new String[] {"check", "train"}) {
      Cli.Outcome refused = Cli.run(command, config.toString(), "--set", "data.overlap=forbid");
      assertEquals(2, refused.code(), command);
      assertTrue(
          refused.err().startsWith("error[TRN-013] " + folder.resolve("test.csv:14") + ": "),
          refused.err());
    }
  }

  @Test
  void labelsThatCannotBeLearnedAndIllegalTagsAreShownWithTheirPlaces() throws IOException {
    Path config = Cli.corpus(folder, "slots", "");
    append("train.csv", "late again,O I-when,flight\n");
    append("test.csv", "not seen,O B-new,flight\n");
    String out = Cli.run("check", config.toString()).out();
    assertTrue(out.contains("warning: 2 labels that train has once or never"), out);
    assertTrue(out.contains("warning: 1 tag of train continues no span"), out);
    assertTrue(out.contains("train.csv:62"), out);
    assertTrue(out.contains("\"I-when\" cannot follow \"O\" under BIO"), out);
  }

  @Test
  void formsThatTrainLabelsInMoreThanOneWayAreShownWithTheirPlaces() throws IOException {
    Path config = Cli.corpus(folder, "slots", "");
    String clean = Cli.run("check", config.toString()).out();
    assertTrue(clean.contains("labelled in more than one way"), clean); // from and to
    append("train.csv", "bus number 9 is late,O O O O B-when,flight\n");
    append("train.csv", "bus number 8 is late,O O O O O,flight\n");
    append("train.csv", "bus number 7 is late,O O O O B-when,flight\n");
    String out = Cli.run("check", config.toString(), "--top", "100").out();
    String late = "    late: when 2, no span 1 (" + folder.resolve("train.csv") + ":63)\n";
    assertTrue(out.contains(late), out);
    String one = Cli.run("check", config.toString(), "--top", "1").out();
    assertTrue(one.contains("  7 surface forms of train are labelled in more than one way"), one);
    assertTrue(one.replaceAll("\\s+", " ").contains("; --top 7 lists all"), one);
    assertFalse(one.contains(late), one);
    String data = Cli.run("check", "--top", "9", folder.resolve("train.csv").toString()).out();
    assertTrue(data.contains(late), data);
    Cli.Outcome refused = Cli.run("check", config.toString(), "--top", "-1");
    assertEquals(2, refused.code());
    assertTrue(refused.err().startsWith("error[CLI-003] "), refused.err());
  }

  @Test
  void otherSplitsAreHeldAgainstTrain() throws IOException {
    Path config = Cli.corpus(folder, "slots", "");
    String header = "tokens,tags,intent\n";
    Files.writeString(
        folder.resolve("dev.csv"), header + "from oslo to nowhere,O B-from O B-to,flight\n");
    Files.writeString(folder.resolve("test.csv"), header + "from oslo,O B-from,flight\n");
    String out = Cli.run("check", config.toString()).out().replaceAll(" +", " ");
    assertTrue(out.contains("\n dev 1 of 2 50.00 % 0.0000\n test 1 of 1 100.00 % 0.3113\n"), out);
    assertTrue(
        out.contains(
            "\n share of labels that differ most train dev test\n from 50.00 % 50.00 % 100.00 %\n"),
        out);
    out = Cli.run("check", config.toString(), "--set", "task=classify").out();
    assertTrue(out.replaceAll(" +", " ").contains("\n against train divergence\n dev "), out);
  }

  @Test
  void theMemoryOfABatchGrowsWithItsSizeAndIsPartOfThatOfTraining() throws IOException {
    Path config = Cli.corpus(folder, "slots", "");
    long[] small = memory(config, 1), large = memory(config, 60);
    assertTrue(10 * small[1] < large[1], small[1] + ", " + large[1]);
    assertTrue(large[1] < large[0], large[1] + " of " + large[0]);
  }

  /** The megabytes to train, and of a batch. */
  private static long[] memory(Path config, int batch) {
    String size = "training.batch=" + batch;
    Cli.Outcome checked =
        Cli.run("check", config.toString(), "--set", size, "--set", "encoder.hidden=900");
    String all = "memory about ", one = all + "[\\d,]+ MB to train, ";
    return new long[] {
      Cli.megabytes(checked, all, " to train"), Cli.megabytes(checked, one, " of them for a batch")
    };
  }

  /** A border inside of a token is a mistake, of which every one is counted; one between tokens is cut to them, and counted too. */
  @Test
  void spansWhoseBordersAreNotThoseOfTokensAreCounted() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 25; i++)
      lines.append("{'text': 'to oslo', 'spans': [{'start': 3, 'end': 6, 'label': 'city'}]}\n");
    Path file = folder.resolve("x.jsonl");
    Files.writeString(file, lines.toString().replace('\'', '"'));
    Cli.Outcome cutting = Cli.run("check", file.toString());
    assertEquals(2, cutting.code());
    assertTrue(cutting.err().contains("error[DAT-064] " + file + ":1"), cutting.err());
    assertTrue(cutting.err().contains("and 5 more of DAT-064"), cutting.err());
    Files.writeString(
        file, lines.toString().replace('\'', '"').replace("3,", "2,").replace("6,", "7,"));
    Cli.Outcome between = Cli.run("check", file.toString());
    assertEquals(0, between.code(), between.err());
    assertTrue(
        between.out().contains("left out of " + file + ": 25 spans cut to the tokens inside"),
        between.out());
  }

  @Test
  void aDataFileIsReadByItsNameAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("x.conll"), "in O\noslo B-city\n\nrome I-city\n");
    Cli.Outcome checked = Cli.run("check", file.toString());
    assertEquals(0, checked.code(), checked.err());
    assertTrue(checked.out().contains("city"), checked.out());
    Path other = Files.writeString(folder.resolve("x.data"), "in O\n");
    assertEquals(2, Cli.run("check", other.toString()).code());
    assertEquals(0, Cli.run("check", "--format", "conll", other.toString()).code());
  }

  @Test
  void whatAGazetteerFindsInTrainIsShownAndNothingIsAWarning() throws IOException {
    Files.writeString(folder.resolve("places.txt"), "Oslo\nRome\nParis\n");
    Files.writeString(folder.resolve("rivers.txt"), "Main\nRiver Thames\n");
    Path config = Cli.corpus(folder, "slots", "");
    String places = folder.resolve("places.txt").toString();
    String rivers = folder.resolve("rivers.txt").toString();
    String inputs = "inputs=[{type: gazetteer, file: %s}, {type: gazetteer, file: %s}]";
    String[] set = {config.toString(), "--set", inputs.formatted(places, rivers)};
    String out = Cli.run("check", set[0], set[1], set[2]).out();
    assertTrue(out.contains("  gazetteer " + places + ": 2 of 3 phrases found"), out);
    assertTrue(out.contains(" % of its spans (from 33.33 %"), out);
    String warning = "warning: none of the 2 phrases of " + rivers + " stands in train";
    assertTrue(out.contains(warning), out);
    assertFalse(out.contains("phrases of " + places + " stands"), out);
    Cli.Outcome trained =
        Cli.run(
            "train",
            set[0],
            set[1],
            set[2],
            "--set",
            "training.epochs=1",
            "--out",
            folder.resolve("run").toString());
    assertEquals(0, trained.code(), trained.err());
    assertTrue(trained.out().contains("  gazetteer  " + places + ": 2 of 3 phrases found"));
    assertTrue((trained.out() + trained.err()).contains(warning), trained.err());
    String metrics = Files.readString(folder.resolve("run/metrics.json"));
    assertTrue(metrics.contains("\"setting\": \"inputs.1\""), metrics);
  }

  @Test
  void missingFilesOfInputsAreShownForCheckAndTrainAlike() throws IOException {
    Path config = Cli.corpus(folder, "slots", "");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("{type: word, dimension: 8}", "{type: gazetteer, file: none.txt}"));
    Files.delete(folder.resolve("dev.csv"));
    for (String[] command : new String[][] {{"check"}, {"train"}, {"train", "--seeds", "1,2"}}) {
      Cli.Outcome refused =
          Cli.run(
              java.util.stream.Stream.concat(
                      java.util.Arrays.stream(command),
                      java.util.stream.Stream.of(config.toString()))
                  .toArray(String[]::new));
      assertEquals(2, refused.code(), refused.out());
      assertEquals(2, refused.err().lines().count(), refused.err());
      assertTrue(refused.err().contains("error[DAT-005] " + folder.resolve("dev.csv")));
      assertTrue(
          refused.err().contains("error[DAT-005] " + config + ":4:34: inputs.0.file is "),
          refused.err());
    }
  }

  @Test
  void aFailedRunLeavesNoFolder() throws IOException {
    Path config = Cli.corpus(folder, "slots", "");
    append("train.csv", "one two,O,x\n");
    Path run = folder.resolve("run");
    assertEquals(2, Cli.run("train", config.toString(), "--out", run.toString()).code());
    assertFalse(Files.exists(run));
  }
}
