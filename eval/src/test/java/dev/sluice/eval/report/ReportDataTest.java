package dev.sluice.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.config.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a folder, and what is said of one that lacks something. */
class ReportDataTest {
  @TempDir private Path temp;

  @Test
  void aFolderGivesItsNumbersTheCourseOfTrainingAndTheEnvironment() throws IOException {
    write("metrics.json", SmallDocument.json().toString());
    write("training.csv", SampleDocument.training(3));
    write("environment.json", SampleDocument.environment());
    ReportData data = ReportData.read(temp);
    assertEquals(temp.getFileName().toString(), data.name());
    assertEquals("news_1.conll", data.partName());
    assertEquals(3, data.epochs().size());
    assertEquals(0.002, data.epochs().get(0).get("rate").orElseThrow());
    assertEquals("17.0.15", data.environment().path("java").asText());
    assertEquals(data.name(), ReportData.read(temp.resolve("metrics.json")).name());
  }

  @Test
  void theDecisivePartIsThePooledOneElseTheLast() {
    ObjectNode document = SampleDocument.spans(5, 1).named("dev").json();
    ObjectNode second = document.get("parts").get(0).deepCopy();
    document.withArray("parts").add(second.put("name", "test"));
    ReportData data = ReportData.of("run", document);
    assertEquals("test", data.partName());
    assertEquals("dev", data.part("dev").partName());
    assertEquals(List.of("dev", "test"), data.partNames());
    document.set("pooled", second.deepCopy().put("name", "all"));
    ReportData pooled = ReportData.of("run", document);
    assertEquals("all", pooled.partName());
    assertEquals("all", pooled.part("pooled").partName());
    assertEquals(List.of("dev", "test", "pooled"), pooled.partNames());
  }

  @Test
  void aBaselineIsTakenByTheSamePart() {
    ObjectNode document = SampleDocument.spans(5, 1).named("dev").json();
    ObjectNode second = document.get("parts").get(0).deepCopy();
    document.withArray("parts").add(second.put("name", "test"));
    ReportData both = ReportData.of("both", document);
    assertEquals(
        "dev",
        ReportData.of("a", document)
            .part("dev")
            .baseline(both)
            .baseline()
            .orElseThrow()
            .partName());
    assertEquals(
        "dev",
        ReportData.of("a", document)
            .baseline(both)
            .part("dev")
            .baseline()
            .orElseThrow()
            .partName());
    assertEquals("test", SmallDocument.data().baseline(both).baseline().orElseThrow().partName());
  }

  @Test
  void errorsNameWhatIsMissing() throws IOException {
    assertProblem("EVA-030", "there is no metrics.json in the folder");
    write("metrics.json", "{\"schemaVersion\": 1}");
    assertProblem("EVA-031", "it has no parts with scores");
    write("metrics.json", "{\"schemaVersion\": 2}");
    assertProblem("EVA-031", "its schemaVersion is 2");
    write("metrics.json", "[1, 2");
    assertProblem("EVA-031", "it is no JSON");
    write("metrics.json", "[]");
    assertProblem("EVA-031", "it holds no JSON object");
    write("metrics.json", SmallDocument.json().toString());
    write("training.csv", "loss,rate\n1,2\n");
    assertProblem("EVA-033", "no column \"epoch\"");
    write("training.csv", "epoch,loss\n1,2\nx,1\n");
    assertProblem("EVA-033", "training.csv:3: the epoch is no whole number");
    write("training.csv", "epoch,epoch\n1,1\n");
    assertProblem("EVA-033", "it is no table");
    write("training.csv", "epoch,loss\n1,NaN\n");
    assertTrue(ReportData.read(temp).epochs().get(0).get("loss").isEmpty());
    write("environment.json", "{");
    assertProblem("EVA-033", "expected the environment.json of a run");
    SluiceException part =
        assertThrows(SluiceException.class, () -> SmallDocument.data().part("dev"));
    assertTrue(
        part.getMessage()
            .startsWith(
                "error[EVA-032] run: there is no part \"dev\". Fix: name one of news_1.conll"),
        part.getMessage());
  }

  private void assertProblem(String code, String text) {
    SluiceException e = assertThrows(SluiceException.class, () -> ReportData.read(temp));
    assertTrue(e.getMessage().startsWith("error[" + code + "] " + temp), e.getMessage());
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(temp.resolve(name), content);
  }
}
