package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mistaken config says: the whole message, its place and its way out. */
class BadConfigTest {
  private static final String GOOD = Sample.SMALLEST;

  @TempDir Path folder;

  private SluiceException refuse(Path file, String... overrides) {
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> Configs.load(file, Sample.class, List.of(overrides), Map.of("EMPTY", "")));
    assertEquals(2, e.kind().exitCode());
    return e;
  }

  /** The messages for a text, without the folder. */
  private String messages(String text, String... overrides) {
    try {
      Path file = Files.writeString(folder.resolve("c.yaml"), text);
      return refuse(file, overrides).problems().stream()
          .map(p -> p.toString().replace(folder + "/", ""))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void says(String expected, String text, String... overrides) {
    assertEquals(expected, messages(text, overrides));
  }

  @Test
  void aMissingFileNamesItsNeighbours() throws IOException {
    Files.writeString(folder.resolve("quickstart.yaml"), GOOD);
    String message = refuse(folder.resolve("quikstart.yaml")).getMessage();
    assertTrue(message.startsWith("error[CFG-001] " + folder.resolve("quikstart.yaml")), message);
    assertTrue(message.endsWith("are quickstart.yaml"), message);
    message = refuse(Path.of("no/such/file.yaml")).getMessage();
    assertTrue(message.contains("there is no file no/such/file.yaml (/"), message);
    message = refuse(folder).getMessage();
    assertTrue(message.contains("is a folder, expected a YAML file"), message);
  }

  @Test
  void anUnknownKeyIsPointedAtAndTheNearestIsOffered() {
    says(
        "error[CFG-006] c.yaml:5:3: training has no setting \"epoch\". Fix: did you mean"
            + " \"epochs\"? Known: optimizer, epochs, seed, limit, threads",
        GOOD + "training:\n  epoch: 3\n");
    says(
        "error[CFG-006] c.yaml:4:11: inputs.0 has no setting \"size\". Fix: use one of type, dimension",
        GOOD + "inputs: [{size: 3, type: word}]\n");
  }

  @Test
  void aDuplicateKeyNamesBothPlaces() {
    says(
        "error[CFG-005] c.yaml:5:1: the key \"deep\" already stands at c.yaml:4:1. Fix: keep one of"
            + " the two",
        GOOD + "deep: true\ndeep: false\n");
  }

  @Test
  void aTabIsFoundWhereItStands() {
    String tab = ": a tab in the indentation, expected spaces. Fix: use spaces, two per level";
    says("error[CFG-003] c.yaml:2:1" + tab, "training:\n\tepochs: 3\n");
    says("error[CFG-003] c.yaml:3:2" + tab, "mode: slots\nfiles:\n \ttrain: a\n");
    says("error[CFG-003] c.yaml:5:1" + tab, GOOD + "labels: a\n\tb\n");
    String inside = ": a tab where YAML allows none. Fix: use spaces or put quotes around it";
    says("error[CFG-003] c.yaml:6:1" + inside, GOOD + "labels:\n- a\n\t\n");
  }

  @Test
  void anchorsAliasesMergeKeysAndTagsAreRefused() {
    String fix =
        " is not supported. Fix: write the block out, or share it through extends: other.yaml";
    says(
        "error[CFG-004] c.yaml:4:11: the anchor &a"
            + fix
            + "\nerror[CFG-004] c.yaml:5:9: the alias *a"
            + fix
            + "\nerror[CFG-004] c.yaml:7:3: the merge key <<"
            + fix
            + "\nerror[CFG-004] c.yaml:7:7: the alias *nope"
            + fix,
        GOOD + "training: &a {epochs: 3}\nlabels: *a\ninputs:\n- <<: *nope\n  type: word\n");
    assertTrue(
        messages(GOOD + "labels: !!java.net.URL [x]\n").contains("4:9: the tag tag:yaml.org"));
  }

  @Test
  void aSecondDocumentIsRefused() {
    says(
        "error[CFG-004] c.yaml:4:1: a second YAML document begins here, expected one. Fix: remove"
            + " the --- and what follows it, or the first document",
        GOOD + "---\nmode: slots\n");
  }

  @Test
  void numbersAreNeitherRoundedNorGuessed() {
    String whole = ", expected a whole number from 1 to 100000. Fix: ";
    String plain = whole + "write plain decimal digits; the default is 50";
    String range = whole + "choose a number in that range; the default is 50";
    String start = "error[CFG-008] c.yaml:5:11: training.epochs is ";
    String outside = "error[CFG-009] c.yaml:5:11: training.epochs is ";
    String empty = "give a value or remove the key; the default is 50";
    says(start + "3.7" + plain, GOOD + "training:\n  epochs: 3.7\n");
    says(start + "\"\"" + plain, GOOD + "training:\n  epochs: ''\n");
    says(
        start + "\"3\"" + whole + "remove the quotes; the default is 50",
        GOOD + "training:\n  epochs: '3'\n");
    says(start.replace("5:11", "5:10") + "empty" + whole + empty, GOOD + "training:\n  epochs:\n");
    says(start + "null" + whole + empty, GOOD + "training:\n  epochs: null\n");
    says(start + "010" + plain, GOOD + "training:\n  epochs: 010\n");
    says(start + "1_000" + plain, GOOD + "training:\n  epochs: 1_000\n");
    says(start + "1e2" + plain, GOOD + "training:\n  epochs: 1e2\n");
    says(outside + "0" + range, GOOD + "training:\n  epochs: 0\n");
    says(outside + "-1" + range, GOOD + "training:\n  epochs: -1\n");
    says(outside + "99999999999" + range, GOOD + "training:\n  epochs: 99999999999\n");
    says(
        "error[CFG-008] c.yaml:5:11: training.epochs is a list"
            + whole
            + "write a single value; the default is 50",
        GOOD + "training:\n  epochs: [3]\n");
  }

  @Test
  void realNumbersAreFiniteAndInRange() {
    String start = " c.yaml:4:24: training.optimizer.rate is ";
    String expected = "expected a number in (0, 1000]. Fix: ";
    for (String text : List.of("NaN", ".nan", ".inf", "-.inf", "0x1p3", "1.0d", "'1,5'", "1e")) {
      String message = messages(GOOD + "training: {optimizer: {rate: " + text + "}}\n");
      assertTrue(message.startsWith("error[CFG-008]"), message);
      assertTrue(message.contains(expected + "write plain decimal digits"), message);
    }
    String fix = "choose a number in that range; the default is 0.001";
    for (String text : List.of("0", "-1", "1000.5", "0.0")) {
      assertTrue(
          messages(GOOD + "training: {optimizer: {rate: " + text + "}}\n")
              .endsWith(" is " + text + ", " + expected + fix));
    }
    String small = messages(GOOD + "training: {optimizer: {rate: 1e-400}}\n");
    assertTrue(small.contains("is 1e-400, which is too small for a number, " + expected), small);
    String large = messages(GOOD + "training: {optimizer: {rate: 1e400}}\n");
    assertTrue(large.contains("is 1e400, which is too large for a number, " + expected), large);
    assertTrue(small.startsWith("error[CFG-009]" + start.replace("4:24", "4:30")), small);
  }

  @Test
  void booleansAreTrueOrFalse() {
    String expected = ", expected true or false. Fix: write ";
    says("error[CFG-008] c.yaml:4:7: deep is 1" + expected + "true", GOOD + "deep: 1\n");
    says("error[CFG-008] c.yaml:4:7: deep is \"no\"" + expected + "false", GOOD + "deep: \"no\"\n");
    says("error[CFG-008] c.yaml:4:7: deep is Yes" + expected + "true", GOOD + "deep: Yes\n");
  }

  @Test
  void wordsThatOthersReadAsSomethingElseMustBeQuotedWhereTextIsMeant() {
    says(
        "error[CFG-008] c.yaml:4:10: labels.0 is NO, expected text. Fix: put quotes around it:"
            + " \"NO\"\n"
            + "error[CFG-008] c.yaml:4:14: labels.1 is 12, expected text. Fix: put quotes around it:"
            + " \"12\"\n"
            + "error[CFG-008] c.yaml:4:18: labels.2 is null, expected text. Fix: give a value or"
            + " remove the key; the default is []",
        GOOD + "labels: [NO, 12, null]\n");
  }

  @Test
  void namesAreMatchedAgainstThoseOffered() {
    says(
        "error[CFG-010] c.yaml:1:7: mode is slot, expected one of slots, part-of-speech. Fix: did"
            + " you mean slots?",
        GOOD.replace("slots", "slot"));
    says(
        "error[CFG-010] c.yaml:4:17: inputs.0.type is \"wrod\", expected one of word, flag. Fix: did"
            + " you mean word?",
        GOOD + "inputs: [{type: wrod}]\n");
    says(
        "error[CFG-010] c.yaml:4:23: training.optimizer is \"admm\", expected one of adam, sgd. Fix:"
            + " did you mean adam?",
        GOOD + "training: {optimizer: admm}\n");
    says(
        "error[CFG-007] c.yaml:4:10: inputs.0 has no type, expected one of word, flag. Fix: add"
            + " type: word",
        GOOD + "inputs: [{dimension: 3}]\n");
  }

  @Test
  void missingKeysAreNamedAtTheirSection() {
    says(
        "error[CFG-007] c.yaml:1:1: mode is missing, expected one of slots, part-of-speech. Fix: add"
            + " mode:\n"
            + "error[CFG-007] c.yaml:1:1: files.train is missing, expected a path. Fix: add train:",
        "files: {test: b}\n");
    assertEquals(2, messages("").lines().count());
    assertTrue(
        messages("").contains("files is missing, expected a section that gives at least train"));
  }

  @Test
  void contradictionsNameBothPlaces() {
    says(
        "error[CFG-011] c.yaml:4:9: hidden lists several widths but deep is false (hidden:"
            + " c.yaml:4:9; training.epochs: default). Fix: set deep",
        GOOD + "hidden: [1, 2]\ndeep: false\n");
    says(
        "error[CFG-009] c.yaml:4:1: training: 13 epochs are bad luck. Fix: change the values of this"
            + " section",
        GOOD + "training: {epochs: 13}\n");
  }

  @Test
  void allMistakesAreReportedAtOnceAndCapped() {
    String labels = "[" + "1, ".repeat(500) + "1]";
    List<String> lines = messages("mood: x\nlabels: " + labels + "\ndeep: 3\n").lines().toList();
    assertEquals(1 + 2 + 20 + 1, lines.size());
    assertEquals(
        "error[CFG-008] c.yaml: and 482 more of this kind. Fix: correct those above first",
        lines.get(lines.size() - 1));
  }

  @Test
  void hugeAndDeepFilesAreRefusedEarly() {
    assertTrue(messages("#" + "x".repeat(10_000_000)).contains("larger than 1 MiB"));
    assertTrue(messages("labels: " + "[".repeat(1500)).contains("nested deeper than 32 levels"));
    assertTrue(messages("{a: ".repeat(1500)).contains("nested deeper than 32 levels"));
    assertTrue(messages("labels: [" + "x,".repeat(30_000) + "]").contains("more than 20000 keys"));
    String anchors = "labels:\n" + "- &a x\n".repeat(10_000);
    assertTrue(messages(anchors).contains("and 9980 more of this kind"));
  }

  @Test
  void otherEncodingsAreNamedWithTheByte() throws IOException {
    Path file = folder.resolve("c.yaml");
    Files.write(file, (GOOD + "# caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
    String message = refuse(file).getMessage();
    assertTrue(
        message.contains("c.yaml:4:6: not UTF-8 at byte 39 (0xe9), the file looks like Win"),
        message);
    Files.write(file, GOOD.getBytes(StandardCharsets.UTF_16));
    message = refuse(file).getMessage();
    assertTrue(
        message.contains("not UTF-8 at byte 0 (0xfe), the file looks like UTF-16 (big"), message);
    Files.write(file, GOOD.getBytes(StandardCharsets.UTF_16LE));
    message = refuse(file).getMessage();
    assertTrue(
        message.contains("looks like UTF-16 (little endian, no mark). Fix: save it as"), message);
    Files.writeString(file, "\ufeff" + GOOD);
    Configs.load(file, Sample.class, List.of(), Map.of());
  }

  @Test
  void syntaxErrorsKeepTheirPlaceBehindOddLineEnds() {
    assertTrue(
        messages("# \u2028 \u0085\r\nmode: slots\r\nfiles: {\r\n")
            .contains("c.yaml:4:1: not YAML"));
    assertTrue(messages("mode: a: b\n").startsWith("error[CFG-003] c.yaml:1:8: not YAML: mapping"));
    assertTrue(messages("mode: \u0007\n").contains("c.yaml:1:7: the character U+0007 is not"));
    assertTrue(
        messages("inputs: [{dimension: ${D:-3}}]\n").contains("put quotes around it: \"${NAME"));
    assertTrue(messages("- a\n").contains("c.yaml:1:1: the config is a list, expected a section"));
  }

  @Test
  void anEmptyListIsSaidToBeEmpty() {
    says(
        "error[CFG-008] c.yaml:4:8: labels is empty, expected a list, each entry text. Fix: write a"
            + " list: [a, b] or lines with -; the default is []",
        GOOD + "labels:\n");
    says(
        "error[CFG-009] c.yaml:4:9: hidden is empty, expected a list with at least one entry, each"
            + " entry a whole number from 1 to 4096. Fix: add an entry or remove the key; the default"
            + " is [100]",
        GOOD + "hidden: []\n");
  }

  @Test
  void halfSurrogatesAreRefused() {
    assertTrue(messages(GOOD + "labels: \"\\ud800\"\n").contains("remove the half surrogate"));
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> Configs.parse(GOOD + "labels: a\ud800\n", "model", Sample.class));
    assertTrue(e.getMessage().startsWith("error[CFG-003] model:4:"), e.getMessage());
  }

  @Test
  void variablesWithoutValueAreErrors() {
    says(
        "error[CFG-012] c.yaml:4:7: the environment variable NONE is not set. Fix: set it, or give a"
            + " default: ${NONE:-default}",
        GOOD + "deep: ${NONE}\n");
    assertTrue(messages(GOOD + "deep: ${EMPTY}\n").contains("EMPTY is not set"));
    assertTrue(messages(GOOD + "deep: ${A:-${B}}\n").contains("is no ${NAME} or ${NAME:-default}"));
    assertTrue(messages(GOOD + "deep: ${a b}\n").startsWith("error[CFG-012] c.yaml:4:7"));
    SluiceException e =
        assertThrows(
            SluiceException.class,
            () -> Configs.parse(GOOD + "deep: ${HOME}\n", "model", Sample.class));
    assertTrue(e.getMessage().startsWith("error[CFG-012] model:4:7: ${HOME} stands where"));
  }

  @Test
  void chainsOfFilesEnd() throws IOException {
    for (int i = 0; i < 10; i++) {
      Files.writeString(folder.resolve(i + ".yaml"), "extends: " + (i + 1) + ".yaml\n");
    }
    Files.writeString(folder.resolve("10.yaml"), GOOD);
    assertTrue(refuse(folder.resolve("0.yaml")).getMessage().contains("through more than 8 files"));
    Files.writeString(folder.resolve("9.yaml"), "extends: ./8.yaml\n");
    assertTrue(
        refuse(folder.resolve("8.yaml"))
            .getMessage()
            .contains("9.yaml:1:10: extends leads back to"));
    assertTrue(
        messages("mode: x\nmode: x\nextends: none.yaml\n")
            .contains("c.yaml:3:10: there is no file"));
    assertEquals(2, messages("mode: x\nmode: x\nextends: none.yaml\n").lines().count());
  }

  @Test
  void overridesAreCheckedLikeTheFile() {
    says(
        "error[CFG-006] command line: training has no setting \"epoch\". Fix: did you mean"
            + " \"epochs\"? Known: optimizer, epochs, seed, limit, threads",
        GOOD,
        "training.epoch=3");
    says(
        "error[CFG-009] command line: training.epochs is 0, expected a whole number from 1 to"
            + " 100000. Fix: choose a number in that range; the default is 50",
        GOOD,
        "training.epochs=0");
    assertTrue(messages(GOOD, "training").contains("is no setting with a value"));
    assertTrue(messages(GOOD, "a..b=3").contains("is no setting with a value"));
    assertTrue(messages(GOOD, "labels=[a").contains("--set labels has an unreadable value"));
    assertTrue(messages(GOOD, "inputs.1.dimension=3").contains("use a number from 0 to 0"));
    assertTrue(messages(GOOD, "training.epochs=").contains("training.epochs is \"\", expected"));
  }
}
