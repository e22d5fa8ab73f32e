package dev.sluice.pipeline;

import dev.sluice.config.Loaded;
import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.data.DataConfig.TextLayout.Unit;
import dev.sluice.data.Dataset;
import dev.sluice.data.Documents;
import dev.sluice.data.Sentence;
import dev.sluice.model.SymbolModel;
import dev.sluice.model.SymbolModel.Piece;
import dev.sluice.text.TextPipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The texts that a language model is trained and judged with, cut into symbols. Of plain text the documents are those of {@code data.text}; of every
 * other format each
 * sentence is one, and where words are the symbols, its tokens.
 *
 * @param train what is learned from
 * @param dev what decides when to stop
 * @param test what is scored once, at the end
 */
record TextSplits(Split train, Split dev, Optional<Split> test) {

  /**
   * A split.
   *
   * @param path where it was read
   * @param documents the symbols of each document
   * @param texts the same as text
   * @param places where they begin
   * @param characters the code points of all texts
   * @param fingerprint of what was read
   */
  record Split(
      String name,
      Path path,
      List<List<Piece>> documents,
      List<String> texts,
      List<Location> places,
      long characters,
      String fingerprint) {
    /** The number of symbols, ends of documents among them. */
    long symbols() {
      return documents.stream().mapToLong(d -> d.size() + 1L).sum();
    }
  }

  /** All splits there are. */
  List<Split> all() {
    List<Split> all = new ArrayList<>(List.of(train, dev));
    test.ifPresent(all::add);
    return all;
  }

  /**
   * Reads the splits that a config names.
   *
   * @throws SluiceException when one cannot be read or has no text
   */
  static TextSplits read(Loaded<SluiceConfig> loaded, TextPipeline text) {
    DataConfig data = loaded.value().data();
    if (!data.text().split().isEmpty()) {
      List<Split> parts =
          Documents.split(data.train(), data.text()).stream()
              .map(d -> split(d, text, data.text().unit()))
              .toList();
      parts.forEach(part -> requireText(part, "data.text.split", loaded));
      return new TextSplits(
          parts.get(0),
          parts.get(1),
          parts.size() == 3 ? Optional.of(parts.get(2)) : Optional.empty());
    }
    return new TextSplits(
        read("train", data.train(), loaded, text),
        read("dev", data.dev().orElseThrow(), loaded, text),
        data.test().map(path -> read("test", path, loaded, text)));
  }

  private static Split read(
      String name, Path path, Loaded<SluiceConfig> loaded, TextPipeline text) {
    DataConfig data = loaded.value().data();
    Split split =
        data.format() == Format.TEXT
            ? split(Documents.read(name, path, data.text()), text, data.text().unit())
            : split(Dataset.read(name, path, data, text::tokenize), text, data.text().unit());
    requireText(split, "data." + name, loaded);
    return split;
  }

  private static void requireText(Split split, String key, Loaded<SluiceConfig> loaded) {
    if (split.documents.stream().anyMatch(d -> !d.isEmpty())) return;
    throw SluiceException.usage(
        "TRN-010",
        Preparation.place(loaded, key),
        "the " + split.name + " split has no text in " + split.path,
        "check the file" + (key.endsWith("split") ? " and the percentages" : ""));
  }

  private static Split split(Documents read, TextPipeline text, Unit unit) {
    List<String> texts = read.documents().stream().map(Documents.Document::text).toList();
    return new Split(
        read.name(),
        read.path(),
        texts.stream().map(t -> SymbolModel.pieces(text, unit, t)).toList(),
        texts,
        read.documents().stream().map(Documents.Document::where).toList(),
        read.characters(),
        read.fingerprint());
  }

  private static Split split(Dataset read, TextPipeline text, Unit unit) {
    List<List<Piece>> documents = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<Location> places = new ArrayList<>();
    long characters = 0;
    for (Sentence s : read.sentences()) {
      documents.add(
          unit == Unit.WORD
              ? SymbolModel.words(text, s.tokens())
              : SymbolModel.pieces(text, unit, s.text()));
      texts.add(s.text());
      places.add(s.where());
      characters += s.text().codePointCount(0, s.text().length());
    }
    return new Split(
        read.name(), read.path(), documents, texts, places, characters, read.fingerprint());
  }
}
