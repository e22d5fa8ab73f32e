package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A shell gets back what went in. */
class ShellWordTest {
  @Test
  void plainWordsStayAndOthersAreQuoted() {
    assertEquals("runs/a-1.yaml", ShellWord.of("runs/a-1.yaml"));
    assertEquals("training.epochs=5", ShellWord.of("training.epochs=5"));
    assertEquals("'my runs/$HOME'", ShellWord.of("my runs/$HOME"));
    assertEquals("''", ShellWord.of(""));
  }

  @Test
  void aShellReadsTheWordThatWasMeant() throws IOException, InterruptedException {
    for (String word :
        new String[] {"a b", "$HOME", "it's", "`id`", "a\\b", "\"q\"", "*", "a;b&c", "~"}) {
      Process sh = new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(word)).start();
      String read = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, sh.waitFor());
      assertEquals(word, read);
    }
  }
}
