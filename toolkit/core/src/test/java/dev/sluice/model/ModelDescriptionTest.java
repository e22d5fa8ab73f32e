package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.label.TagScheme;
import dev.sluice.network.CellConfig;
import dev.sluice.network.EncoderConfig;
import dev.sluice.network.Network;
import dev.sluice.network.NetworkShape;
import dev.sluice.network.NetworkShape.Attention;
import dev.sluice.network.NetworkShape.Input;
import dev.sluice.network.NetworkShape.Reader;
import dev.sluice.text.TextConfig;
import dev.sluice.text.TextPipeline;
import dev.sluice.vocabulary.LabelVocabulary;
import dev.sluice.vocabulary.Letters;
import dev.sluice.vocabulary.VocabularyBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model is made of comes back from its file, and a description that does not hold together is refused. */
class ModelDescriptionTest {
  private static final Location HERE = Location.of("model");

  /** Labels the tokens with what it reads from their letters. */
  private static Model model(Reader reader, Optional<Attention> attention) {
    VocabularyBuilder known = new VocabularyBuilder();
    "abcdefg".chars().forEach(c -> known.add(Character.toString(c)));
    Letters letters = new Letters(known.build(1));
    LabelVocabulary labels = LabelVocabulary.of(List.of("X", "Y", "Z"));
    NetworkShape shape =
        NetworkShape.tagger(
            List.of(new Input.Characters("characters", letters.size(), reader, 4, 5, 1)),
            new NetworkShape.Encoder(
                new CellConfig.Gru(),
                List.of(6, 3),
                true,
                EncoderConfig.Connection.NONE,
                false,
                attention),
            labels.size());
    Network network = new Network(shape);
    network.initialise(4);
    TextPipeline text =
        TextPipeline.of(new TextConfig("whitespace", TextConfig.Punctuation.KEEP, List.of()));
    InputEncoder inputs =
        new InputEncoder(text, new VocabularyBuilder().build(1), List.of(), Optional.of(letters));
    Model model = new Model("pos", inputs, Outputs.of(labels, TagScheme.PLAIN), network);
    model.pack();
    return model;
  }

  private static TensorFile file(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ModelFile(model, "", new TreeMap<>(), List.of()).write(out);
    return TensorFile.parse(out.toByteArray(), HERE);
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void everyReaderOfLettersComesBackWithAttentionAndWithout(Reader reader) throws IOException {
    for (Optional<Attention> attention :
        List.of(Optional.<Attention>empty(), Optional.of(new Attention(6, 2)))) {
      Model model = model(reader, attention);
      Model again = ModelFile.read(file(model)).model();
      assertEquals(model.network().shape(), again.network().shape());
      assertArrayEquals(model.network().parameters().dense(), again.network().parameters().dense());
      List<String> tokens = List.of("bad", "cab", "fade", "a");
      assertArrayEquals(labels(model, tokens), labels(again, tokens), "labels of the same words");
    }
  }

  private static int[] labels(Model model, List<String> tokens) {
    return model
        .predict(tokens, Map.of(), Prediction.Detail.LABELS)
        .tokens()
        .orElseThrow()
        .labels();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "width=6 heads=4",
        "width=0 heads=1",
        "width=6 heads=0",
        "width=6",
        "heads=2",
        "width=6 heads=",
        "",
        "width=6 heads=2 heads=2",
        "width=6 heads=-2",
        "width=six heads=2",
        "6 2"
      })
  void attentionOfImpossibleSizesIsRefused(String attention) throws IOException {
    SluiceException refused = refused(Map.of("network.attention", attention));
    assertTrue(refused.getMessage().startsWith("error[MOD-028] model: "), refused.getMessage());
  }

  /** The sizes are right in themselves, but the weights are of others. */
  @Test
  void attentionThatTheWeightsDoNotHaveIsRefused() throws IOException {
    for (String attention : List.of("width=12 heads=2", "width=8 heads=4"))
      assertEquals(
          SluiceException.Kind.CORRUPT, refused(Map.of("network.attention", attention)).kind());
    SluiceException missing =
        assertThrows(
            SluiceException.class,
            () -> {
              TensorFile file = file(model(Reader.GRU, Optional.of(new Attention(6, 2))));
              SortedMap<String, String> metadata = new TreeMap<>(file.metadata());
              metadata.remove("network.attention");
              ModelFile.read(new TensorFile(HERE, metadata, file.tensors(), file.sha256()));
            });
    assertTrue(missing.getMessage().contains("\"weights.tokens.weight\""), missing.getMessage());
  }

  private static SluiceException refused(Map<String, String> changes) throws IOException {
    TensorFile file = file(model(Reader.LSTM, Optional.of(new Attention(6, 2))));
    SortedMap<String, String> metadata = new TreeMap<>(file.metadata());
    metadata.putAll(changes);
    TensorFile changed = new TensorFile(HERE, metadata, file.tensors(), file.sha256());
    return assertThrows(SluiceException.class, () -> ModelFile.read(changed));
  }
}
