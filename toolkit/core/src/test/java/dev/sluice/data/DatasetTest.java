package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.data.DataConfig.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  @TempDir Path folder;

  @Test
  void theFingerprintIsTheSha256OfTheFile() throws IOException, NoSuchAlgorithmException {
    Map<Format, String> samples =
        Map.of(
            Format.CSV, "\ufefftokens,tags\r\na,O\r\n\r\n",
            Format.CONLL, "a O\n".repeat(30_000) + "\n\n \n",
            Format.CONLLU, "1\ta\t_\tX\t_\t_\t_\t_\t_\t_",
            Format.JSONL, "{\"text\":\"a\",\"spans\":[]}\n\n",
            Format.TEXT, "a\n\nb");
    for (Map.Entry<Format, String> sample : samples.entrySet()) {
      Path file = TestData.file(folder, "file", sample.getValue());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      assertEquals(
          HexFormat.of().formatHex(digest),
          read(file, sample.getKey()).fingerprint(),
          file::toString);
    }
  }

  @Test
  void linesOfTextWithoutTokensAreCountedAndLeftOut() throws IOException {
    Dataset read = read(TestData.file(folder, "text", "a b\n\n \nc"), Format.TEXT);
    assertEquals(2, read.size());
    assertEquals(3, read.tokens());
    assertEquals(2, read.skipped().get("lines without tokens"));
  }

  private static Dataset read(Path file, Format format) {
    return Dataset.read("train", file, TestData.config(format), TestData.BLANKS);
  }
}
