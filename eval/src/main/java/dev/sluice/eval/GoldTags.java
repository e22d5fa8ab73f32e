package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.SchemeChoice;
import dev.sluice.data.Readers;
import dev.sluice.data.Sentence;
import dev.sluice.data.SentenceReader;
import dev.sluice.data.TagPlaces;
import dev.sluice.eval.analysis.TrainingLabels;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.label.Repair;
import dev.sluice.label.SchemeDetector;
import dev.sluice.label.TagScheme;
import dev.sluice.metric.Reading;
import dev.sluice.pipeline.Mistakes;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How the tags of data are to be read. */
final class GoldTags {
  private GoldTags() {}

  /** The scheme of the files taken together: as the settings name it, or found in a first pass over them. */
  static Detection scheme(List<Path> files, DataConfig config, Tokenizer tokenizer) {
    if (config.scheme() != SchemeChoice.AUTO)
      return new Detection(TagScheme.valueOf(config.scheme().name()), "as the settings say");
    SchemeDetector detector = new SchemeDetector();
    for (Path file : files) {
      try (SentenceReader reader = Readers.openForScoring(file, config, tokenizer)) {
        for (Sentence s = reader.next(); s != null; s = reader.next()) detector.add(s.tags());
      } catch (IOException e) {
        throw SluiceException.notRead(file, e);
      }
    }
    return detector.result();
  }

  /** The scheme with the repair of the settings. */
  static Reading reading(TagScheme scheme, DataConfig config) {
    return new Reading(scheme, Repair.valueOf(config.repair().name()));
  }

  /** What training data say, read by the scheme that the settings name, else by the one that fits them. */
  static TrainingLabels training(Path file, DataConfig config, Tokenizer tokenizer) {
    Reading reading = reading(scheme(List.of(file), config, tokenizer).scheme(), config);
    return TrainingLabels.of(
        reading,
        taker -> {
          try (SentenceReader reader = Readers.open(file, config, tokenizer)) {
            for (Sentence s = reader.next(); s != null; s = reader.next()) {
              try {
                taker.accept(s);
              } catch (LabelException e) {
                throw problem(e, s, file, config, tokenizer);
              }
            }
          } catch (IOException e) {
            throw SluiceException.notRead(file, e);
          }
        });
  }

  /** A label that cannot be read, as a problem at its place. */
  static SluiceException problem(
      LabelException e, Sentence sentence, Path file, DataConfig config, Tokenizer tokenizer) {
    try (TagPlaces places = new TagPlaces(file, config, tokenizer)) {
      Problem problem = Mistakes.of(e, sentence, places);
      return new SluiceException(SluiceException.Kind.USAGE, List.of(problem));
    }
  }

  /** Where a token stands: its own line where a format has a line for each and nothing else between. */
  static Location place(Sentence sentence, int token, DataConfig config) {
    Location first = sentence.where();
    boolean lines =
        config.format() == DataConfig.Format.CONLL && config.conll().comment().isEmpty();
    return lines ? Location.of(first.source(), first.line() + token) : first;
  }
}
