package dev.sluice.eval;

import dev.sluice.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models that know a handful of words by heart, so that their predictions are known beforehand. */
final class Models {
  private static final String[] SENTENCES = {
    "fly to Oslo today,O O B-city B-date,=1+1",
    "fly to Rome tomorrow,O O B-city B-date,=1+1",
    "fly to New York today,O O B-city I-city B-date,=1+1",
    "fly from Lima to Oslo,O O B-city O B-city,=1+1",
    "fly from New York to Lima today,O O B-city I-city O B-city B-date,=1+1",
    "fly from Rome to New York tomorrow,O O B-city O B-city I-city B-date,=1+1",
    "rain in Rome today,O O B-city B-date,weather",
    "rain in New York tomorrow,O O B-city I-city B-date,weather",
    "rain in Lima,O O B-city,weather",
    "rain in Oslo tomorrow,O O B-city B-date,weather"
  };

  private Models() {}

  /** A tagger of cities and dates, trained on CSV with the columns tokens and tags. */
  static Path tagger(Path folder) throws IOException {
    return train(folder, "slots");
  }

  /** A classifier into {@code weather} and a label that a spreadsheet would compute. */
  static Path classifier(Path folder) throws IOException {
    return train(folder, "classify");
  }

  private static Path train(Path folder, String task) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("all.csv"), "tokens,tags,intent\n" + String.join("\n", SENTENCES) + "\n");
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        "task: "
            + task
            + """

            data:
              format: csv
              train: all.csv
              dev: all.csv
              csv: {tokens: tokens, tags: tags, intent: intent}
              overlap: ignore
            inputs: [{type: word, dimension: 12}]
            vocabulary: {unknownRate: 0}
            encoder: {hidden: 12, dropout: {input: 0, layer: 0, recurrent: 0}}
            training: {epochs: 16, batch: 1, seed: 5, threads: 1, optimizer: {type: adam, rate: 0.02}}
            """);
    return Training.from(config)
        .out(folder.resolve("run"))
        .run()
        .folder()
        .resolve("model.safetensors");
  }
}
