package dev.sluice.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenNlpModelFileTest {
  private static final Location WHERE = Location.of("my.bin");
  private static final byte[] ENGLISH = OpenNlpModels.read("en", WHERE);

  @TempDir Path folder;

  private static Map<String, byte[]> entries() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(ENGLISH))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] withManifest(String from, String to) {
    Map<String, byte[]> entries = entries();
    String manifest = new String(entries.get("manifest.properties"), StandardCharsets.ISO_8859_1);
    assertTrue(manifest.contains(from));
    String changed = manifest.replace(from, to);
    entries.put("manifest.properties", changed.getBytes(StandardCharsets.ISO_8859_1));
    return zip(entries);
  }

  private static String refusal(byte[] bytes) {
    String message =
        assertThrows(SluiceException.class, () -> OpenNlpModelFile.parse(bytes, WHERE))
            .getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static void assertRefused(String start, byte[] bytes) {
    String message = refusal(bytes);
    assertTrue(message.startsWith("error[" + start), message);
  }

  /** The checksums stand in the model.properties of the two artifacts; a new release has to be looked at before it is used. */
  @Test
  void theModelsOnTheClassPathAreTheReleasedOnes() {
    assertEquals(
        "95139111197ba9f1165fc12be8d4cbac05ea3912f995d167efa1a0e04e3e649a", sha256("opennlp:en"));
    assertEquals(
        "32d0a7ff84fdd50f9e454340bed782d7269845bfa656e0c988cbb823dd628d6e", sha256("opennlp:de"));
  }

  private static String sha256(String tokenizer) {
    TextConfig config = new TextConfig(tokenizer, TextConfig.Punctuation.KEEP, List.of());
    return TextPipeline.of(config).modelSha256().orElseThrow();
  }

  @Test
  void aModelIsReadFromAFileRelativeToTheGivenFolder() throws IOException {
    Files.write(folder.resolve("own.bin"), ENGLISH);
    Tokenizer own = Tokenizers.of("own.bin", folder, WHERE);
    String text = "Mr. Smith's flights, please.";
    assertEquals(Tokenizers.of("opennlp:en").tokenize(text), own.tokenize(text));
    Files.createDirectory(folder.resolve("dir.bin"));
    String message =
        assertThrows(SluiceException.class, () -> Tokenizers.of("dir.bin", folder, WHERE))
            .getMessage();
    assertTrue(message.contains("TOK-004") && message.contains("not a regular file"), message);
  }

  @Test
  void whatIsNoModelIsCalledDamaged() {
    assertRefused("TOK-005] my.bin: the tokenizer model cannot be used (it is no zip", new byte[0]);
    assertRefused("TOK-005", "<html>404</html>".getBytes(StandardCharsets.UTF_8));
    assertRefused("TOK-005", zip(Map.of("readme.txt", new byte[10])));
    assertRefused("TOK-005", withManifest("Language=en", "Language=\\uXYZ"));
    Map<String, byte[]> entries = entries();
    entries.remove("token.model");
    assertRefused("TOK-005", zip(entries));
    entries.put("token.model", new byte[0]);
    assertRefused("TOK-005", zip(entries));
  }

  @Test
  void aTruncatedOrFlippedModelIsRefusedOrSameButNeverAnythingElse() {
    for (int length = 0; length < ENGLISH.length; length += 1 + length / 2) {
      assertRefused("TOK-00", Arrays.copyOf(ENGLISH, length));
    }
    Random random = new Random(42);
    for (int round = 0; round < 12; round++) {
      byte[] flipped = ENGLISH.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertNotNull(OpenNlpModelFile.parse(flipped, WHERE)); // a bit that does not matter
      } catch (SluiceException expected) {
        assertTrue(expected.getMessage().startsWith("error[TOK-00"), expected.getMessage());
      }
    }
  }

  @Test
  void aModelOfAnotherTaskOrANewerOpenNlpSaysWhatWasFoundAndExpected() {
    String other = refusal(withManifest("=TokenizerME", "=POSTaggerME"));
    assertTrue(
        other.startsWith(
            "error[TOK-007] my.bin: the model is for another task: found component \"POSTaggerME\""
                + " of OpenNLP \"2.5.4\", expected \"TokenizerME\""),
        other);
    String newer = refusal(withManifest("OpenNLP-Version=2.5.4", "OpenNLP-Version=9.0.0"));
    assertTrue(newer.startsWith("error[TOK-005]") && newer.contains("\"9.0.0\""), newer);
  }

  @Test
  void aClassNamedByTheFileIsShownAndNotLoaded() {
    String standard = "opennlp.tools.tokenize.TokenizerFactory";
    assertRefused("TOK-008", withManifest("factory=" + standard, "factory=evil.Factory"));
    String serializer =
        refusal(withManifest("Language=en", "Language=en\nserializer-class-x=evil.S"));
    assertTrue(serializer.contains("asks for the class \"evil.S\""), serializer);
  }

  @Test
  void bombsAreRefusedBeforeOpenNlpSeesThem() {
    byte[] zeros = new byte[4 << 20];
    assertRefused(
        "TOK-006] my.bin: the tokenizer model unpacks to more than",
        zip(Map.of("zeros.model", zeros)));
    Map<String, byte[]> many = entries();
    for (int i = 0; i < 70; i++) many.put(i + ".properties", new byte[0]);
    assertRefused("TOK-006] my.bin: the tokenizer model has more than 64 entries", zip(many));
    assertRefused("TOK-006", withManifest("Language=en", "Language=en\nx=" + "y".repeat(70_000)));
  }

  @Test
  void impossibleCountsInsideTheModelAreRefused() throws IOException {
    for (int count : new int[] {Integer.MAX_VALUE, 9_000_000, -1}) {
      ByteArrayOutputStream model = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(model);
      out.writeUTF("GIS");
      out.writeInt(1);
      out.writeDouble(0);
      out.writeInt(count); // outcomes
      Map<String, byte[]> entries = entries();
      entries.put("token.model", model.toByteArray());
      assertRefused("TOK-005", zip(entries));
    }
  }

  /** The abbreviations are XML: an entity in them must not make anyone open a file. */
  @Test
  void anEntityInTheAbbreviationsIsNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    String dictionary =
        "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE d [<!ENTITY x SYSTEM '%s'>]>"
                .formatted(secret.toUri())
            + "<dictionary case_sensitive='false'><entry><token>&x;</token></entry></dictionary>";
    Map<String, byte[]> entries = entries();
    entries.put("abbreviations.dictionary", dictionary.getBytes(StandardCharsets.UTF_8));
    assertRefused("TOK-005", zip(entries));
  }

  @Test
  void aPatternThatIsNoneIsRefused() {
    String pattern = "alphaNumericPattern=^[A-Za-z0-9]+$";
    assertRefused("TOK-005", withManifest(pattern, "alphaNumericPattern=^[A-Za-z0-9+$"));
  }
}
