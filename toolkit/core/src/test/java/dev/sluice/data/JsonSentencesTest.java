package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.data.DataConfig.JsonlLayout;
import dev.sluice.data.DataConfig.JsonlLayout.Offsets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonSentencesTest {
  private static final DataConfig CONFIG = TestData.config(Format.JSONL);

  @TempDir Path folder;

  @Test
  void spansBecomeTagsOfTheTokens() throws IOException {
    Sentence read =
        read(
            "{'text':'to New York now','spans':[{'start':3,'end':11,'label':'city'}],'intent':'fly','id':7}");
    assertEquals(List.of("O", "B-city", "I-city", "O"), read.tags());
    assertEquals(Optional.of("fly"), read.intent());
  }

  @Test
  void offsetsCountUtf16UnitsOrCodePoints() throws IOException {
    String line = "{'text':'𠮷 Bonn','spans':[{'start':%d,'end':%d,'label':'x'}]}\n";
    assertEquals(List.of("O", "B-x"), read(line.formatted(3, 7)).tags());
    JsonlLayout layout =
        new JsonlLayout("text", "spans", "start", "end", "label", "intent", Offsets.CODEPOINTS);
    Path file = jsonl(line.formatted(2, 6));
    assertEquals(List.of("O", "B-x"), TestData.read(file, TestData.config(layout)).get(0).tags());
  }

  @Test
  void aSpanThatEndsBetweenTokensIsCutToTheTokensInside() throws IOException {
    Path file = jsonl("{'text':'to Bonn','spans':[{'start':2,'end':7,'label':'x'}]}");
    Dataset read = Dataset.read("t", file, CONFIG, TestData.BLANKS);
    assertEquals(List.of("O", "B-x"), read.sentences().get(0).tags());
    assertEquals(1, read.skipped().get("spans cut to the tokens inside"));
  }

  /** Even two in one token; spans of other tokens beside them are tags as ever. */
  @Test
  void spansThroughATokenAreKeptAsUnreachableForScoring() throws IOException {
    Path file =
        jsonl(
            "{'text':'a Bonn-Oslo Rome','spans':[{'start':2,'end':6,'label':'x'},{'start':7,'end':11,'label':'y'},{'start':12,'end':16,'label':'x'}]}");
    try (SentenceReader reader = Readers.openForScoring(file, CONFIG, TestData.BLANKS)) {
      Sentence read = reader.next();
      assertEquals(List.of("O", "O", "B-x"), read.tags());
      assertEquals(
          List.of(new Sentence.Unreachable("x", "Bonn"), new Sentence.Unreachable("y", "Oslo")),
          read.unreachable());
      assertEquals(read.unreachable(), read.withTags(read.tags()).unreachable());
    }
  }

  @Test
  void spansThroughATokenAreRefused() throws IOException {
    refused(
        "{'text':'to Bonn','spans':[{'start':4,'end':7,'label':'x'}]}",
        "DAT-064",
        "data.jsonl:1",
        "span 4 to 7 \"x\" (\"onn\") cuts through a token or holds none; tokens there: \"Bonn\"");
    refused(
        "{'text':'to Bonn','spans':[{'start':2,'end':3,'label':'x'}]}",
        "DAT-064",
        "data.jsonl:1",
        "span 2 to 3 \"x\" (\" \") cuts through a token or holds none; tokens there: none");
  }

  @Test
  void overlappingAndImpossibleSpansAreRefused() throws IOException {
    refused(
        "{'text':'a b c','spans':[{'start':2,'end':5,'label':'x'},{'start':0,'end':3,'label':'y'}]}",
        "DAT-063",
        "data.jsonl:1",
        "span 2 to 5 \"x\" overlaps span 0 to 3 \"y\"");
    refused(
        "\n{'text':'a','spans':[{'start':0,'end':2,'label':'x'}]}",
        "DAT-062",
        "data.jsonl:2",
        "span 0 to 2 \"x\" is not within the text of 1 UTF-16 units");
    refused(
        "{'text':'a','spans':[{'start':0.5,'end':1,'label':'x'}]}",
        "DAT-061",
        "data.jsonl:1",
        "\"start\" of a span is the number 0.5, expected a whole number");
    refused(
        "{'text':'a','spans':[{'start':0,'end':1,'type':'x'}]}",
        "DAT-061",
        "data.jsonl:1",
        "field \"label\" (the type of a span) is missing; fields found: start, end, type");
  }

  @Test
  void onlyStrictJsonIsRead() throws IOException {
    refused(
        "{'text':'a','text':'b','spans':[]}",
        "DAT-060",
        "data.jsonl:1:19",
        "the line is no JSON object: a field stands twice, the second time before \":\"b\",\"spans\":[]}\"");
    refused(
        "{'text':'a','spans':[]} {}",
        "DAT-060",
        "data.jsonl:1:25",
        "the line is no JSON object: something follows it at \"{}\"");
    refused(
        "{'text':'a',",
        "DAT-060",
        "data.jsonl:1:13",
        "the line is no JSON object: it ends in the middle of the object");
    refused(
        "{'text': 'a' 'spans': [1, 2, 3, 4, 5, 6]}",
        "DAT-060",
        "data.jsonl:1:14",
        "the line is no JSON object: it cannot be read at \"\"spans\": [1, 2, 3, 4…\"");
    refused("[1]", "DAT-060", "data.jsonl:1", "found no JSON object but a list");
    refused(
        "{'text':NaN}",
        "DAT-060",
        "data.jsonl:1:12",
        "the line is no JSON object: it cannot be read at \"}\"");
    refused(
        "{'a':" + "[".repeat(40),
        "DAT-060",
        "data.jsonl:1",
        "the line is nested deeper than 32 levels");
  }

  @Test
  void aMistypedFieldIsNamed() throws IOException {
    Path file = jsonl("{'text':'a','span':[]}");
    SluiceException e = assertThrows(SluiceException.class, () -> TestData.read(file, CONFIG));
    assertTrue(e.getMessage().endsWith("Fix: did you mean \"span\""), e.getMessage());
    refused(
        "{'text':'a','spans':[]}\n{'text':'a','intent':'x'}",
        "DAT-061",
        "data.jsonl:2",
        "field \"spans\" (the list of spans) is missing");
    refused("{'text':null}", "DAT-061", "data.jsonl:1", "\"text\" is null, expected a string");
  }

  /** Row 32. */
  @Test
  void halfASurrogatePairIsRefused() throws IOException {
    refused(
        "{'text':'ab\\ud800','spans':[]}",
        "DAT-065",
        "data.jsonl:1",
        "the text has half of a surrogate pair (U+D800) at index 2");
    refused(
        "{'text':'\\udc00\\ud800','spans':[]}",
        "DAT-065",
        "data.jsonl:1",
        "the text has half of a surrogate pair (U+DC00) at index 0");
  }

  @Test
  void aLabelAloneIsEnoughForClassifying() throws IOException {
    Sentence read = read("{'text':'a b','intent':'x'}");
    assertEquals(List.of(), read.tags());
    assertEquals(Optional.of("x"), read.intent());
  }

  private Sentence read(String content) throws IOException {
    return TestData.read(jsonl(content), CONFIG).get(0);
  }

  private void refused(String content, String code, String place, String what) throws IOException {
    TestData.assertRefused(jsonl(content), CONFIG, code, place, what);
  }

  /** Lines with ' for ". */
  private Path jsonl(String content) throws IOException {
    return TestData.file(folder, "data.jsonl", content.replace('\'', '"'));
  }
}
