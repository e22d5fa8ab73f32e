package dev.sluice.cli;

import dev.sluice.kernel.Kernels;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Channel;
import dev.sluice.model.InputEncoder;
import dev.sluice.model.Model;
import dev.sluice.model.ModelFile;
import dev.sluice.model.Outputs;
import dev.sluice.model.Source;
import dev.sluice.network.CellConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tags a few words with a model that knows nothing. The launcher runs this once after a build, so that the JVM can keep the classes that every tagging needs in
 * a form that loads fast (class data sharing).
 */
final class WarmUp {
  private WarmUp() {}

  /** Tags from a file in a temporary folder; what comes out is thrown away. */
  public static void main(String[] arguments) throws IOException {
    Path file = Files.createTempFile("sluice-", ".safetensors");
    try {
      Model model = model();
      try (OutputStream out = Files.newOutputStream(file)) {
        var sample = ModelFile.Sample.of(model, List.of("from", "oslo"), Map.of());
        new ModelFile(model, "task: slots\n", new TreeMap<>(), List.of(sample)).write(out);
      }
      OutputStream nowhere = new ByteArrayOutputStream();
      byte[] text = "from Oslo to Rome\n\n".getBytes(StandardCharsets.UTF_8);
      for (String format : new String[] {"text", "jsonl"}) {
        Console console =
            new Console(
                new ByteArrayInputStream(text),
                nowhere,
                Console.printer(nowhere),
                Console.system().err(),
                false,
                false,
                Map.of());
        int code = Sluice.run(console, "tag", "--model", file.toString(), "--format", format, "-");
        if (code != 0) throw new IOException("tagging ended with " + code);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static Model model() {
    TextConfig config =
        new TextConfig(
            "opennlp:en",
            TextConfig.Punctuation.KEEP,
            List.of(TextConfig.Normalization.LOWERCASE, TextConfig.Normalization.DIGITS));
    VocabularyBuilder words = new VocabularyBuilder();
    words.add("from");
    LabelVocabulary labels = LabelVocabulary.of(List.of("O", "B-city", "I-city"));
    var vocabulary = words.build(1);
    NetworkShape shape =
        NetworkShape.tagger(
            List.of(new NetworkShape.Input.Table("word", vocabulary.size(), 16)),
            new NetworkShape.Encoder(new CellConfig.Lstm(), List.of(16), true),
            labels.size());
    Network network = new Network(shape);
    network.initialise(1);
    network.pack(Kernels.create(), false);
    Channel word = new Channel("word", new Source.Word(), vocabulary);
    InputEncoder inputs =
        new InputEncoder(TextPipeline.of(config), vocabulary, List.of(word), Optional.empty());
    return new Model("slots", inputs, Outputs.of(labels, TagScheme.BIO), network);
  }
}
