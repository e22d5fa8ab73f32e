package dev.sluice.pipeline;

import dev.sluice.config.Configs;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.FeatureColumn;
import dev.sluice.model.ModelFile;
import java.util.List;

/** Under which column names a CSV file to be tagged has the features that a model reads. */
public final class CsvFeatures {
  private CsvFeatures() {}

  /**
   * The columns: as in training where the training data were CSV, else by the features' own names.
   *
   * @param file the model with its config
   * @param source what messages call the config
   * @throws SluiceException when the model reads features and its config cannot be read
   */
  public static List<FeatureColumn> of(ModelFile file, String source) {
    List<String> names = file.model().inputs().features();
    if (names.isEmpty()) return List.of();
    DataConfig data = Configs.parse(file.config(), source, SluiceConfig.class).value().data();
    return names.stream()
        .map(
            name ->
                data.features().stream()
                    .filter(c -> data.format() == DataConfig.Format.CSV && c.name().equals(name))
                    .findFirst()
                    .orElse(new FeatureColumn(name, name)))
        .toList();
  }
}
