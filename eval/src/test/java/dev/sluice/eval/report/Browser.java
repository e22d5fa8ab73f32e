package dev.sluice.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, driven by the chromedriver that is installed; nothing is downloaded. */
final class Browser implements AutoCloseable {
  /** All groups of rules that a page should keep. */
  static final List<String> RULES =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private static final String AXE = axe();

  /** Says that it does not know the newest browser, of which nothing is used that it would have to know. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(Path chromium, Path chromedriver) {
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update");
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build(),
            options);
  }

  /** Starts the browser; nothing where it is not installed. */
  static Optional<Browser> start() {
    Optional<Path> driver = onPath("chromedriver");
    Optional<Path> chromium =
        onPath("chromium").or(() -> onPath("chromium-browser")).or(() -> onPath("google-chrome"));
    if (driver.isEmpty() || chromium.isEmpty()) return Optional.empty();
    return Optional.of(new Browser(chromium.get(), driver.get()));
  }

  private static Optional<Path> onPath(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) return Optional.of(file);
    }
    return Optional.empty();
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens a file in a window of a size and a scheme of colours. */
  void open(Path file, int width, String scheme, boolean withScript) {
    driver.manage().logs().get(LogType.BROWSER);
    driver.manage().logs().get(LogType.PERFORMANCE); // forgets what was before
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !withScript));
    driver.get("about:blank"); // else a change of the fragment alone loads nothing
    String address = file.toUri().toString();
    driver.get(address);
    // the driver answers too early at times: while scripts were off, or before the page was drawn
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isThere(address))
      if (System.nanoTime() > end) throw new IllegalStateException(address + " never came");
    if (withScript)
      ask("new Promise(f => requestAnimationFrame(() => requestAnimationFrame(() => f(true))))");
  }

  /** Whether the page at an address is read to its end. */
  private boolean isThere(String address) {
    try {
      return Boolean.TRUE.equals(
          ask("document.readyState === 'complete' && location.href === '" + address + "'"));
    } catch (IllegalStateException | WebDriverException leaving) {
      return false; // the page before it is on its way out
    }
  }

  /** The whole page as it looks, as PNG. */
  byte[] picture() {
    int width = number("document.documentElement.clientWidth");
    int height = number("document.documentElement.scrollHeight");
    Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    Map<String, Object> answer =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
    return Base64.getDecoder().decode((String) answer.get("data"));
  }

  /** What the console of the page says since it was opened. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(e -> e.getLevel() + " " + e.getMessage())
        .toList();
  }

  /** What was asked for since the page was opened, itself included. */
  List<String> requests() {
    List<String> urls = new ArrayList<>();
    for (var entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = SmallDocument.parse(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent"))
        urls.add(message.at("/params/request/url").asText());
    }
    urls.remove("about:blank");
    return urls;
  }

  /** Asks the page; a number comes as a Long or Double. */
  Object ask(String expression) {
    Map<String, Object> answer =
        driver.executeCdpCommand(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.containsKey("exceptionDetails")) throw new IllegalStateException(answer.toString());
    return ((Map<?, ?>) answer.get("result")).get("value");
  }

  /** A whole number of the page. */
  int number(String expression) {
    return ((Number) ask(expression)).intValue();
  }

  /**
   * What is wrong with the page by the rules of axe-core, a line per rule and place.
   *
   * @param rules single rules, or groups of them
   */
  String violations(List<String> rules) {
    ask(AXE + "; true");
    String options =
        "{resultTypes: ['violations'], iframes: false, runOnly: ['"
            + String.join("', '", rules)
            + "']}";
    return (String)
        ask(
            "axe.run(document, "
                + options
                + ").then(found => found.violations.map(v => v.id + ': ' + v.help + '\\n  '"
                + " + v.nodes.slice(0, 4).map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join('\\n  ')).join('\\n'))");
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
