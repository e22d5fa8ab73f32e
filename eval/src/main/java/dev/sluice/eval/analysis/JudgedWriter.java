package dev.sluice.eval.analysis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.eval.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Judged sentences as JSON lines, which {@link JudgedReader} reads: words, gold and predicted labels and confidences, one sentence a line. The
 * number of its document counts on through all files; 0 where it is not known. */
public final class JudgedWriter implements Consumer<Judged> {
  private static final ObjectWriter WRITER = new ObjectMapper().writer();

  private final OutputStream out;
  private final Documents documents = new Documents();

  /** Where the judged sentences of a part stand in a folder of results. */
  public static Path file(Path folder, String part) {
    return folder.resolve("sentences").resolve(part + ".jsonl");
  }

  /** Writes to a stream, which stays open. */
  public JudgedWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a sentence.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  @Override
  public void accept(Judged judged) {
    ObjectNode json = JudgedJson.of(judged, judged.tags().map(JudgedWriter::tags).orElse(null));
    documents.begins(judged.sentence());
    json.put("document", documents.count());
    judged.group().ifPresent(group -> json.put("group", group));
    try {
      out.write(WRITER.writeValueAsBytes(json));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode tags(Judged.Tags tags) {
    ObjectNode json = Json.object();
    json.set("gold", texts(tags.pair().gold()));
    json.set("predicted", texts(tags.pair().predicted()));
    ArrayNode confidences = json.putArray("confidences");
    tags.confidences().forEach(confidences::add);
    return json.put("plain", tags.pair().plain());
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode json = Json.array();
    texts.forEach(json::add);
    return json;
  }
}
