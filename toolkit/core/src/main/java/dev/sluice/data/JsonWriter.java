package dev.sluice.data;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.data.DataConfig.JsonlLayout;
import dev.sluice.data.DataConfig.JsonlLayout.Offsets;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** JSON lines with spans by character offsets. The tags must be BIO, which is what the reader gives. */
final class JsonWriter implements SentenceWriter {
  private final OutputStream out;
  private final JsonlLayout layout;
  private final JsonFactory factory = new JsonFactory();

  JsonWriter(OutputStream out, JsonlLayout layout) {
    this.out = out;
    this.layout = layout;
  }

  @Override
  public void write(Sentence sentence) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = factory.createGenerator(line, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField(layout.text(), sentence.text());
      if (!sentence.tags().isEmpty() || sentence.intent().isEmpty()) {
        json.writeArrayFieldStart(layout.spans());
        for (Span span : TagScheme.BIO.spans(sentence.tags())) write(json, sentence, span);
        json.writeEndArray();
      }
      if (sentence.intent().isPresent()) {
        json.writeStringField(layout.intent(), sentence.intent().get());
      }
      json.writeEndObject();
    }
    line.write('\n');
    line.writeTo(out);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void write(JsonGenerator json, Sentence sentence, Span span) throws IOException {
    json.writeStartObject();
    json.writeNumberField(
        layout.start(), offset(sentence, sentence.tokens().get(span.start()).start()));
    json.writeNumberField(
        layout.end(), offset(sentence, sentence.tokens().get(span.end() - 1).end()));
    json.writeStringField(layout.label(), span.type());
    json.writeEndObject();
  }

  private int offset(Sentence sentence, int unit) {
    return layout.offsets() == Offsets.UTF16 ? unit : sentence.text().codePointCount(0, unit);
  }
}
