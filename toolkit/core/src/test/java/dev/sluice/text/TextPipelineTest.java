package dev.sluice.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import dev.sluice.text.TextConfig.Normalization;
import dev.sluice.text.TextConfig.Punctuation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextPipelineTest {
  private static final Location WHERE = Location.of("model.sluice");

  @TempDir Path folder;

  private static TextConfig config(String tokenizer) {
    return new TextConfig(
        tokenizer, Punctuation.KEEP, List.of(Normalization.LOWERCASE, Normalization.DIGITS));
  }

  private static List<String> words(TextPipeline pipeline, String text) {
    return pipeline.tokenize(text).stream().map(Token::text).toList();
  }

  @Test
  void punctuationIsKeptOrDroppedAndOffsetsStay() {
    String text = "Wow -- 3 ½ tacos, please 😀 !";
    TextPipeline keep = TextPipeline.of(config("simple"));
    assertEquals(9, keep.tokenize(text).size());
    TextPipeline drop = TextPipeline.of(new TextConfig("simple", Punctuation.DROP, List.of()));
    assertEquals(List.of("Wow", "3", "½", "tacos", "please"), words(drop, text));
    assertEquals(new Token("tacos", 11, 16), drop.tokenize(text).get(3));
    assertEquals(List.of(), drop.tokenize("... !?"));
  }

  @Test
  void normalizationTouchesTheLookUpFormOnly() {
    TextPipeline pipeline = TextPipeline.of(config("whitespace"));
    Token token = pipeline.tokenize(" Gate\u00A0B42 ").get(1);
    assertEquals(new Token("B42", 6, 9), token);
    assertEquals("b00", pipeline.normalize(token.text()));
  }

  @Test
  void aPipelineIsMadeAgainFromItsConfigAndBytesWhenTheFileIsGone() throws IOException {
    Path file = folder.resolve("en.bin");
    Files.write(file, OpenNlpModels.read("en", WHERE));
    TextPipeline trained = TextPipeline.of(config("en.bin"), folder, WHERE);
    Files.delete(file);
    TextPipeline restored =
        TextPipeline.restore(trained.config(), trained.modelBytes(), trained.modelSha256(), WHERE);
    String text = "Mr. Smith's 2 flights, please.";
    assertEquals(trained.tokenize(text), restored.tokenize(text));
    assertEquals(trained.modelSha256(), restored.modelSha256());
    assertEquals("en.bin", restored.name());
    restored.requireSameAs(trained, WHERE);
    restored.requireSameAs(TextPipeline.of(config("opennlp:en")), WHERE); // the same model
  }

  @Test
  void aPipelineWithoutModelNeedsNoBytes() {
    TextPipeline trained = TextPipeline.of(config("break-iterator:de"));
    assertEquals(Optional.empty(), trained.modelBytes());
    TextPipeline restored =
        TextPipeline.restore(trained.config(), Optional.empty(), Optional.empty(), WHERE);
    assertEquals(words(trained, "Ein, zwei!"), words(restored, "Ein, zwei!"));
  }

  @Test
  void changingTheBytesGivenOutChangesNothing() {
    TextPipeline pipeline = TextPipeline.of(config("opennlp:en"));
    pipeline.modelBytes().orElseThrow()[0] ^= 1;
    TextPipeline.restore(pipeline.config(), pipeline.modelBytes(), pipeline.modelSha256(), WHERE);
  }

  @Test
  void bytesThatAreMissingUnaskedOrOthersAreCorrupt() {
    TextPipeline english = TextPipeline.of(config("opennlp:en"));
    Optional<byte[]> bytes = english.modelBytes();
    Optional<String> sha256 = english.modelSha256();
    assertCorrupt("MOD-111", config("opennlp:en"), Optional.empty(), sha256);
    assertCorrupt("MOD-111", config("opennlp:en"), bytes, Optional.empty());
    assertCorrupt("MOD-111", config("simple"), bytes, sha256);
    bytes.orElseThrow()[1000] ^= 1;
    assertCorrupt("MOD-112", config("opennlp:en"), bytes, sha256);
  }

  private static void assertCorrupt(
      String code, TextConfig config, Optional<byte[]> bytes, Optional<String> sha256) {
    SluiceException e =
        assertThrows(
            SluiceException.class, () -> TextPipeline.restore(config, bytes, sha256, WHERE));
    assertEquals(SluiceException.Kind.CORRUPT, e.kind());
    assertTrue(e.getMessage().startsWith("error[" + code + "] model.sluice: "), e.getMessage());
  }

  @Test
  void aPipelineOtherThanTheTrainedOneIsRefusedWithWhatDiffers() {
    TextPipeline trained = TextPipeline.of(config("opennlp:en"));
    assertDiffers("SHA-256 is 32d0a7ff", trained, config("opennlp:de"));
    assertDiffers("tokenizer is simple, expected opennlp:en", trained, config("simple"));
    assertDiffers(
        "normalize is []", trained, new TextConfig("opennlp:en", Punctuation.KEEP, List.of()));
  }

  private static void assertDiffers(String what, TextPipeline trained, TextConfig config) {
    TextPipeline here = TextPipeline.of(config);
    SluiceException e =
        assertThrows(SluiceException.class, () -> here.requireSameAs(trained, WHERE));
    assertTrue(e.getMessage().contains(what), e.getMessage());
    assertTrue(e.getMessage().startsWith("error[TOK-010]"), e.getMessage());
  }
}
