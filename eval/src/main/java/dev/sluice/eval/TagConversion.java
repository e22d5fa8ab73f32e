package dev.sluice.eval;

import dev.sluice.config.Location;
import dev.sluice.config.Problem;
import dev.sluice.config.SluiceException;
import dev.sluice.data.AtomicFile;
import dev.sluice.data.DataConfig;
import dev.sluice.data.Sentence;
import dev.sluice.data.TagRewriter;
import dev.sluice.label.Decoded;
import dev.sluice.label.Detection;
import dev.sluice.label.LabelException;
import dev.sluice.label.Repair;
import dev.sluice.label.Span;
import dev.sluice.label.TagScheme;
import dev.sluice.label.Violation;
import dev.sluice.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tags of a file of CoNLL columns or CSV written in another scheme, or repaired in their own. */
public final class TagConversion {
  /**
   * What was done.
   *
   * @param from how the tags were read and why
   * @param to how they were written
   * @param sentences how many sentences have tags
   * @param tags how many tags those have
   * @param changed how many of them are others now
   * @param repaired illegal moves by kind, none of which is left
   */
  public record Outcome(
      Detection from,
      TagScheme to,
      long sentences,
      long tags,
      long changed,
      Map<Violation.Kind, Long> repaired) {
    /** Copies the map. */
    public Outcome {
      repaired = Collections.unmodifiableMap(new EnumMap<>(repaired));
    }
  }

  private final Path file;
  private final DataConfig config;
  private final Tokenizer tokenizer;
  private final Repair repair;
  private final Map<Violation.Kind, Long> repaired = new EnumMap<>(Violation.Kind.class);
  private TagScheme from;
  private TagScheme to;
  private long sentences;
  private long tags;
  private long changed;

  /**
   * A conversion.
   *
   * @param file CoNLL columns or CSV
   * @param config its format, with the scheme; one that is not named is found in the file
   * @param tokenizer splits raw text, where the format holds any
   * @param repair what is done with illegal sequences of tags
   */
  public TagConversion(Path file, DataConfig config, Tokenizer tokenizer, Repair repair) {
    this.file = file;
    this.config = config;
    this.tokenizer = tokenizer;
    this.repair = repair;
  }

  /**
   * Writes the file once more, whole or not at all; what is no changed tag stays byte for byte.
   *
   * @param target the scheme of the new tags; empty for that of the old ones
   * @param output another file
   * @throws SluiceException when the file cannot be read, its tags are illegal and not to be repaired, or the scheme cannot spell their spans
   */
  public Outcome write(Optional<TagScheme> target, Path output) {
    requireOther(output);
    Detection found = TagCheck.spansOf(file, config, tokenizer);
    from = found.scheme();
    to = target.orElse(from);
    if (!to.hasSpans())
      throw SluiceException.usage(
          Codes.NO_SPANS,
          Location.of(file.toString()),
          "plain labels spell no spans",
          "convert to another scheme");
    TagRewriter rewriter = new TagRewriter(config, tokenizer);
    AtomicFile.at(output)
        .write(
            out -> {
              rewriter.rewrite(file, out, this::converted);
              if (sentences == 0) throw TagCheck.untagged(file);
            });
    return new Outcome(found, to, sentences, tags, changed, repaired);
  }

  private void requireOther(Path output) {
    try {
      if (!Files.exists(output) || !Files.isSameFile(file, output)) return;
    } catch (IOException e) {
      throw SluiceException.notRead(file, e);
    }
    throw SluiceException.usage(
        Codes.OVERWRITE,
        Location.of(output.toString()),
        "the file to be written is the one to be read",
        "name another one");
  }

  private List<String> converted(Sentence sentence, List<Location> places) {
    List<String> old = sentence.tags();
    Decoded decoded = decoded(sentence, places);
    for (Violation v : decoded.violations()) repaired.merge(v.kind(), 1L, Long::sum);
    List<String> spelled = old;
    if (from != to || !decoded.violations().isEmpty()) {
      requireApart(decoded.spans(), sentence, places);
      spelled = to.encode(decoded.spans(), old.size());
    }
    sentences++;
    tags += old.size();
    for (int t = 0; t < old.size(); t++) if (!old.get(t).equals(spelled.get(t))) changed++;
    return spelled;
  }

  private Decoded decoded(Sentence sentence, List<Location> places) {
    try {
      return from.decode(sentence.tags(), repair);
    } catch (LabelException e) {
      Location where = TagCheck.place(sentence, places, e.index());
      String fix =
          e.code().equals(LabelException.ILLEGAL)
              ? "give --repair conlleval or discard, another --scheme, or correct the line"
              : e.fix();
      throw new SluiceException(
          SluiceException.Kind.USAGE, List.of(new Problem(e.code(), where, e.what(), fix)));
    }
  }

  /** Only IO cannot tell two neighbours of one type from one span. */
  private void requireApart(List<Span> spans, Sentence sentence, List<Location> places) {
    if (to != TagScheme.IO) return;
    for (int i = 1; i < spans.size(); i++) {
      Span before = spans.get(i - 1), span = spans.get(i);
      if (before.end() != span.start() || !before.type().equals(span.type())) continue;
      throw SluiceException.usage(
          Codes.NO_SPANS,
          TagCheck.place(sentence, places, span.start()),
          "two spans of type \"" + span.type() + "\" side by side, which IO would make one",
          "convert to a scheme that marks where spans begin or end, e.g. bio");
    }
  }
}
