package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.Classified;
import dev.sluice.Classifier;
import dev.sluice.Slot;
import dev.sluice.Tagged;
import dev.sluice.Tagger;
import dev.sluice.data.Sentence;
import dev.sluice.metric.Printable;
import dev.sluice.model.Model;
import dev.sluice.model.Outputs;
import dev.sluice.text.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tags sentences of raw text and writes what was found, a result per sentence in their order; a sentence without tokens gives an empty one. */
abstract class Results {
  private static final String REJECTED = "-";
  private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  /**
   * A writer of the format, for models that label tokens, sentences or both.
   *
   * @param scores whether probabilities are written that a format leaves out otherwise
   * @throws dev.sluice.config.SluiceException CLI-010 when the model reads what raw text does not have
   */
  static Results of(TagCommand.Format format, Model model, boolean scores, OutputStream out)
      throws IOException {
    requireTextIsEnough(model);
    return switch (format) {
      case TEXT -> new Text(model, out);
      case CONLL -> new Conll(model, scores, out);
      case JSONL -> new JsonLines(model, scores, out);
      case CSV -> throw new IllegalArgumentException("CSV is copied, not written anew");
    };
  }

  /** Refuses with CLI-010 a model that reads what raw text does not have. */
  static void requireTextIsEnough(Model model) {
    List<String> features = model.inputs().features();
    if (features.isEmpty()) return;
    throw Failures.usage(
        "CLI-010",
        "the model reads the feature \""
            + features.get(0)
            + "\" of each token, which raw text does not have",
        "give the data as CSV with a column of it and --format csv, or use Tagger.tag(tokens, features) in Java");
  }

  final Model model;
  private final OutputStream out;

  private Results(Model model, OutputStream out) {
    this.model = model;
    this.out = out;
  }

  /** Tags and writes. */
  final void write(List<Sentence> sentences) throws IOException {
    int threads = sentences.size() > Model.BATCH ? THREADS : 1;
    if (!model.labelsTokens()) {
      List<Sentence> full = sentences.stream().filter(s -> s.size() > 0).toList();
      List<List<String>> words = full.stream().map(Sentence::words).toList();
      var found = Classifier.of(model).classifyAllTokens(words, threads).iterator();
      for (Sentence s : sentences) label(s, s.size() == 0 ? null : found.next());
      return;
    }
    List<String> texts = new ArrayList<>();
    List<List<Token>> tokens = new ArrayList<>();
    for (Sentence s : sentences) {
      texts.add(s.text());
      tokens.add(s.tokens());
    }
    for (Tagged tagged : Tagger.of(model).tagAll(texts, tokens, threads)) tags(tagged);
  }

  final void line(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The labels of a sentence as the data write them; a hyphen when none is accepted. */
  final String intent(Classified found) {
    return found.accepted() ? model.intent(found.labels()) : REJECTED;
  }

  /** Writes a tagged sentence; it has an intent when the model labels sentences too and there is a token. */
  abstract void tags(Tagged tagged) throws IOException;

  /** Writes a sentence of a model that labels sentences alone; the label is null when there is no token. */
  abstract void label(Sentence sentence, Classified found) throws IOException;

  /** For people, on a terminal perhaps. */
  private static final class Text extends Results {
    Text(Model model, OutputStream out) {
      super(model, out);
    }

    @Override
    void tags(Tagged tagged) throws IOException {
      print(tagged.intent().map(found -> intent(found) + "\t").orElse("") + tagged);
    }

    @Override
    void label(Sentence sentence, Classified found) throws IOException {
      print(found == null ? "" : intent(found) + "\t" + sentence.text());
    }

    private void print(String result) throws IOException {
      line(Printable.of(result));
    }
  }

  /** The intent stands in a line of its own before the tokens, a comment as in CoNLL-U. */
  private static final class Conll extends Results {
    private final boolean scores;

    Conll(Model model, boolean scores, OutputStream out) {
      super(model, out);
      this.scores = scores;
      if (!model.labelsTokens()) {
        throw Failures.usage(
            "CLI-005",
            "the model gives a label per sentence, and conll has a label per token",
            "use --format text, jsonl or csv");
      }
    }

    @Override
    void tags(Tagged tagged) throws IOException {
      if (tagged.intent().isPresent()) line("# intent = " + intent(tagged.intent().get()));
      for (int t = 0; t < tagged.tokens().size(); t++)
        line(
            tagged.tokens().get(t).text()
                + "\t"
                + tagged.labels().get(t)
                + (scores ? "\t" + Words.probability(tagged.probabilities().get(t)) : ""));
      line("");
    }

    @Override
    void label(Sentence sentence, Classified found) {
      throw new IllegalStateException("refused at the start");
    }
  }

  /** The field names are those that data.format jsonl reads by default. */
  private static final class JsonLines extends Results {
    private final boolean scores;
    private final JsonGenerator json;

    JsonLines(Model model, boolean scores, OutputStream out) throws IOException {
      super(model, out);
      this.scores = scores;
      json = new JsonFactory().createGenerator(out);
      json.setRootValueSeparator(null);
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    @Override
    void tags(Tagged tagged) throws IOException {
      json.writeStartObject();
      json.writeStringField("text", tagged.text());
      tokens(tagged.tokens());
      json.writeArrayFieldStart("labels");
      for (String label : tagged.labels()) json.writeString(label);
      json.writeEndArray();
      if (scores) {
        json.writeArrayFieldStart("probabilities");
        for (double p : tagged.probabilities()) json.writeNumber(rounded(p));
        json.writeEndArray();
        json.writeNumberField("probability", rounded(tagged.probability()));
      }
      spans("spans", tagged.slots());
      if (model.outputs().holdsBack()) spans("rejected", tagged.rejected());
      if (model.labelsSentences()) writeIntent(tagged.intent().orElse(null));
      end();
    }

    private void spans(String field, List<Slot> slots) throws IOException {
      json.writeArrayFieldStart(field);
      for (Slot slot : slots) {
        json.writeStartObject();
        json.writeStringField("label", slot.type());
        json.writeStringField("text", slot.text());
        json.writeNumberField("start", slot.start());
        json.writeNumberField("end", slot.end());
        confidence(slot.confidence());
        json.writeEndObject();
      }
      json.writeEndArray();
    }

    @Override
    void label(Sentence sentence, Classified found) throws IOException {
      json.writeStartObject();
      json.writeStringField("text", sentence.text());
      tokens(sentence.tokens());
      writeIntent(found);
      end();
    }

    /** A model that may reject says whether it did; one of data with several intents also lists them, each with a confidence of its own. */
    private void writeIntent(Classified found) throws IOException {
      Outputs.Sentence output = model.outputs().sentence().orElseThrow();
      if (found == null) {
        json.writeNullField("intent");
      } else {
        json.writeStringField("intent", model.intent(found.labels()));
        confidence(found.confidence());
        if (model.outputs().rejects()) json.writeBooleanField("accepted", found.accepted());
        if (scores) {
          json.writeObjectFieldStart("intentProbabilities");
          for (Map.Entry<String, Double> e : found.scores().entrySet())
            json.writeNumberField(e.getKey(), rounded(e.getValue()));
          json.writeEndObject();
        }
      }
      if (!output.several() && output.separator().isEmpty()) return;
      json.writeArrayFieldStart("intents");
      Map<String, Double> intents = found == null ? Map.of() : found.intents();
      for (Map.Entry<String, Double> intent : intents.entrySet()) {
        json.writeStartObject();
        json.writeStringField("label", intent.getKey());
        confidence(intent.getValue());
        json.writeEndObject();
      }
      json.writeEndArray();
    }

    private void tokens(List<Token> tokens) throws IOException {
      json.writeArrayFieldStart("tokens");
      for (Token token : tokens) {
        json.writeStartObject();
        json.writeStringField("text", token.text());
        json.writeNumberField("start", token.start());
        json.writeNumberField("end", token.end());
        json.writeEndObject();
      }
      json.writeEndArray();
    }

    private void confidence(double value) throws IOException {
      json.writeNumberField("confidence", rounded(value));
    }

    private static double rounded(double probability) {
      return Math.rint(probability * 1e6) / 1e6;
    }

    private void end() throws IOException {
      json.writeEndObject();
      json.writeRaw('\n');
      json.flush();
    }
  }
}
