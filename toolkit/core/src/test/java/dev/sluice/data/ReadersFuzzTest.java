package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.SluiceException;
import dev.sluice.data.DataConfig.Format;
import dev.sluice.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, a reader gives sentences or a complaint; no other exception escapes. */
class ReadersFuzzTest {
  private static final String CSV_CHARACTERS = "ab,,\"\"\"\n\n\r \t;\u00a0𠮷'";

  /** Our scan and the CSV parser agree on the records and cells of any text. */
  @Test
  void anyCsvIsReadOrRefused() throws IOException {
    SplittableRandom random = Seeds.next();
    DataConfig config = TestData.config(TestData.csv(null, "tokens", null, null, null, ","));
    int accepted = 0;
    for (int i = 0; i < 8_000; i++) {
      StringBuilder text = new StringBuilder("tokens,x\n");
      int length = random.nextInt(24);
      for (int c = 0; c < length; c++) {
        text.append(CSV_CHARACTERS.charAt(random.nextInt(CSV_CHARACTERS.length())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      if (read(bytes, config, text)) accepted++;
    }
    assertTrue(accepted > 200, () -> "too few texts are CSV; " + Seeds.describe());
  }

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    List<DataConfig> configs =
        List.of(
            TestData.config(Format.CSV),
            TestData.config(Format.CONLL),
            TestData.config(Format.CONLLU),
            TestData.config(Format.JSONL),
            TestData.config(Format.TEXT),
            TestData.withFeatures(TestData.config(Format.CSV), "f", "pos"),
            TestData.withFeatures(TestData.config(Format.CONLL), "f", "2", "g", "-2"),
            TestData.withFeatures(TestData.config(Format.CONLLU), "f", "lemma", "g", "feats:A"));
    List<String> samples =
        List.of(
            "tokens,tags\n\"to Bonn\",O B-city\nhi,O\n",
            "-DOCSTART- O\n\nto O\nBönn B-city\n\nhi\tO\n",
            "# text = to Bonn\n1-2\ttoB\t_\t_\t_\t_\t_\t_\t_\t_\n1\tto\t_\tX\t_\t_\t_\t_\t_\t_\n2\tBonn\t_\tX\t_\tA=b\t_\t_\t_\tSpaceAfter=No\n",
            "{\"text\":\"to Bönn\",\"spans\":[{\"start\":3,\"end\":7,\"label\":\"c\"}],\"intent\":\"x\"}\n",
            "to Bonn\n\n𠮷 \u2028\n",
            "tokens,pos,tags\n\"to Bonn\",TO NNP,O B-city\nhi,\"UH\",O\n",
            "to TO O\nBonn NNP B-city\n\nhi UH O\n",
            "1\tto\tto\tX\t_\t_\t_\t_\t_\t_\n2\tBonn\tbonn\tX\t_\tA=b|B=c\t_\t_\t_\t_\n");
    SplittableRandom random = Seeds.next();
    for (int i = 0; i < 8_000; i++) {
      int format = random.nextInt(configs.size());
      byte[] bytes = samples.get(format).getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        byte other = bytes[random.nextInt(bytes.length)];
        boolean known = random.nextInt(3) > 0;
        bytes[random.nextInt(bytes.length)] = known ? other : (byte) random.nextInt(256);
      }
      read(bytes, configs.get(format), new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  private static boolean read(byte[] bytes, DataConfig config, CharSequence shown)
      throws IOException {
    Inputs.Opener opener = file -> new Utf8Input("fuzz", new ByteArrayInputStream(bytes));
    try (SentenceReader reader = Readers.open(null, config, TestData.BLANKS, true, opener)) {
      while (reader.next() != null) {
        // only that it ends, or complains
      }
      return true;
    } catch (SluiceException e) {
      return false;
    } catch (RuntimeException | IOException e) {
      throw new AssertionError(Visible.of(shown.toString()) + "; " + Seeds.describe(), e);
    }
  }
}
