package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  private static final String FACTS = "/META-INF/maven/dev.sluice/sluice-cli/pom.properties";

  /** The version of the jar; "development" outside a jar. */
  static String text() {
    try (InputStream in = Version.class.getResourceAsStream(FACTS)) {
      if (in == null) return "development";
      Properties facts = new Properties();
      facts.load(in);
      return facts.getProperty("version", "development");
    } catch (IOException e) {
      return "development";
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "sluice " + text(),
      "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
      System.getProperty("os.name") + " " + System.getProperty("os.arch")
    };
  }
}
