package dev.sluice.model;

import dev.sluice.config.SluiceException;
import dev.sluice.model.Tensor.Dtype;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.Symbols;
import dev.sluice.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** How tokens become numbers, as metadata and tensors of a model file. Sizes that follow from a vocabulary are not written down. */
final class InputDescription {
  private static final String INPUT = "network.input.";
  private static final String WORDS = "vocabulary.words";
  private static final String LETTERS = "vocabulary.letters";
  private static final String VOCABULARY = "vocabulary.input.";
  private static final int MOST_INPUTS = 64;

  private final TensorFile file;
  private final InputEncoder encoder;
  private final List<Input> shapes = new ArrayList<>();

  static void put(SortedMap<String, String> m, List<Input> shapes, InputEncoder inputs) {
    int channel = 0, language = 0;
    for (int i = 0; i < shapes.size(); i++) {
      Input input = shapes.get(i);
      Attributes a = new Attributes().put("name", input.name());
      if (input.readsIds()) a.put("source", inputs.channels().get(channel++).source().name());
      if (input instanceof Input.Table t) {
        a.put("dimension", t.dimension()).put("frozen", t.frozen()).put("added", t.added());
      } else if (input instanceof Input.Characters c) {
        a.put("reader", Attributes.name(c.reader())).put("dimension", c.dimension());
        a.put("size", c.size()).put("window", c.window());
      } else if (input instanceof Input.States states) {
        LanguageDescription.put(a, states, inputs.languages().get(language++));
        EncoderDescription.put(m, INPUT + i, states.encoder());
      }
      m.put(INPUT + i, a.toString());
    }
  }

  /** Vocabularies and gazetteers by the name of the tensor. */
  static Map<String, byte[]> tensors(InputEncoder inputs) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    bytes.put(WORDS, inputs.words().toBytes());
    for (Channel c : inputs.channels()) {
      if (c.vocabulary() != inputs.words())
        bytes.put(VOCABULARY + c.name(), c.vocabulary().toBytes());
      if (c.source() instanceof Source.Gazetteer g)
        bytes.put(Sources.tensor(c.name()), g.phrases().toBytes());
    }
    for (SymbolSource language : inputs.languages())
      bytes.put(VOCABULARY + language.name(), language.symbols().known().toBytes());
    inputs.letters().ifPresent(l -> bytes.put(LETTERS, l.toBytes()));
    return bytes;
  }

  /**
   * Reads a description, that of how text becomes tokens with it.
   *
   * @throws SluiceException CORRUPT when its parts do not fit together
   */
  InputDescription(TensorFile file) {
    this.file = file;
    TextPipeline text = TextDescription.read(file);
    Vocabulary words = vocabulary(WORDS);
    List<Channel> channels = new ArrayList<>();
    List<SymbolSource> languages = new ArrayList<>();
    Optional<Letters> letters =
        file.tensors().containsKey(LETTERS)
            ? Optional.of(Letters.fromBytes(bytes(LETTERS), file.source()))
            : Optional.empty();
    for (int i = 0; file.metadata().containsKey(INPUT + i); i++) {
      if (i == MOST_INPUTS)
        throw ModelDescription.damaged(file, "more than " + MOST_INPUTS + " inputs");
      String key = INPUT + i;
      Attributes a = new Attributes(file, key);
      if (a.has("source")) {
        Channel channel = channel(a, words);
        channels.add(channel);
        shapes.add(table(a, channel));
      } else if (LanguageDescription.isIn(a)) {
        Symbols symbols = new Symbols(vocabulary(VOCABULARY + a.text("name")));
        languages.add(LanguageDescription.source(file, key, a, symbols));
        shapes.add(
            ModelDescription.checked(
                file, () -> LanguageDescription.states(file, key, a, symbols)));
      } else {
        shapes.add(characters(a, letters));
      }
    }
    encoder = new InputEncoder(text, words, channels, letters, languages);
  }

  private Channel channel(Attributes a, Vocabulary words) {
    String name = a.text("name");
    Source source = Sources.named(a.text("source"), name, file);
    Vocabulary vocabulary = source instanceof Source.Word ? words : vocabulary(VOCABULARY + name);
    return new Channel(name, source, vocabulary);
  }

  private Input table(Attributes a, Channel channel) {
    int V = channel.vocabulary().size();
    if (!a.has("dimension")) return new Input.OneHot(channel.name(), V);
    return ModelDescription.checked(
        file,
        () ->
            new Input.Table(
                channel.name(), V, a.number("dimension"), a.flag("frozen"), a.flag("added")));
  }

  private Input characters(Attributes a, Optional<Letters> letters) {
    Letters l =
        letters.orElseThrow(
            () -> ModelDescription.damaged(file, "letters are read, but there are none"));
    return ModelDescription.checked(
        file,
        () ->
            new Input.Characters(
                a.text("name"),
                l.size(),
                a.choice("reader", NetworkShape.Reader.class),
                a.number("dimension"),
                a.number("size"),
                a.number("window")));
  }

  private Vocabulary vocabulary(String name) {
    return Vocabulary.fromBytes(bytes(name), file.source());
  }

  private byte[] bytes(String name) {
    return file.require(name, Dtype.U8, -1).bytes();
  }

  /** How tokens become ids and letters. */
  InputEncoder encoder() {
    return encoder;
  }

  /** The sizes of the inputs, in their order. */
  List<Input> shapes() {
    return shapes;
  }
}
