package dev.sluice.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The page in a real browser, where Chromium and its driver are installed; skipped elsewhere. */
class ReportInBrowserTest {
  @TempDir private static Path temp;
  private static Optional<Browser> started = Optional.empty();
  private static Path page;
  private static Path small;
  private static Path comparison;
  private static Path series;
  private static Path folds;
  private static Path curve;
  private Browser browser;

  @BeforeAll
  static void start() throws IOException {
    page = temp.resolve("report.html");
    HtmlReport.write(SampleFolder.write(temp, 70), page);
    small = temp.resolve("small.html"); // rules take long on a large page
    HtmlReport.write(SampleFolder.write(temp, 8), small);
    comparison = temp.resolve("comparison.html");
    ComparisonPage.write(new ComparedFolders(temp).three(), comparison);
    series = temp.resolve("series/report.html");
    SeriesPage.write(SeriesData.read(series.getParent()), series);
    folds = RunFolders.folds(temp.resolve("folds")).resolve(HtmlReport.FILE);
    RunsPage.read(folds.getParent()).write(folds);
    curve = RunFolders.curve(temp.resolve("curve")).resolve(HtmlReport.FILE);
    RunsPage.read(curve.getParent()).write(curve);
    started = Browser.start();
  }

  @AfterAll
  static void stop() {
    started.ifPresent(Browser::close);
  }

  @BeforeEach
  void requireBrowser() {
    assumeTrue(started.isPresent(), "skipped: chromium and chromedriver are not both on the PATH");
    browser = started.get();
  }

  @Test
  void nothingIsAskedForAndNothingIsWrong() {
    for (Path file : List.of(page, comparison, series, folds, curve)) {
      browser.open(file, 1280, "light", true);
      assertEquals(List.of(file.toUri().toString()), browser.requests());
      assertEquals(List.of(), browser.console());
    }
  }

  @Test
  void aRequestAndAnErrorWouldBeNoticed() throws IOException {
    Path other =
        Files.writeString(
            temp.resolve("other.html"), "<img src='missing.png'><script>throw 'up'</script>");
    browser.open(other, 1280, "light", true);
    assertEquals(2, browser.requests().size());
    assertFalse(browser.console().isEmpty());
  }

  @Test
  void hostileTextRunsNothing() throws IOException {
    String json = SampleDocument.spans(20, 5).json().toString();
    String hostile =
        "</script></td><img src=x onerror=document.title=1><script>document.title=1</script>";
    Path file = temp.resolve("hostile.html");
    HtmlReport.write(
        ReportData.of(
            "x", SmallDocument.parse(json.replace("to_city", hostile).replace("Bern", hostile))),
        file);
    browser.open(file, 1280, "light", true);
    assertEquals(List.of(file.toUri().toString()), browser.requests());
    assertEquals(List.of(), browser.console());
    assertEquals("x · Evaluation of spans", browser.driver().getTitle());
  }

  @Test
  void filtersLeaveWhatFits() {
    browser.open(page, 1280, "light", true);
    int all = 70;
    assertEquals("Sentences 1 to 20 of 70", status());
    assertEquals(20, shown());
    choose("#f-right", "1");
    int right = browser.number("document.querySelectorAll('.sentences > li[data-r=\"1\"]').length");
    assertTrue(status().endsWith(" of " + right), status());
    set("f-right", "");
    browser.driver().findElement(By.id("f-text")).sendKeys("Lake Hill");
    assertTrue(
        shown() > 0
            && browser
                .ask(
                    "Array.from(document.querySelectorAll('.sentences > li:not([hidden])')).every(li => /Lake\\s*Hill/.test(li.textContent))")
                .equals(true));
    browser.driver().findElement(By.id("f-text")).sendKeys(" no such words");
    assertEquals("No sentence is like that.", status());
    assertEquals(0, shown());
    set("f-text", "");
    assertEquals(all, left());
    set(
        "f-code",
        (String)
            browser.ask("document.querySelector('#f-code optgroup:last-of-type option').value"));
    assertTrue(left() > 0 && left() < all, status());
    set("f-code", "");
    set("f-type", "0");
    assertEquals(
        browser.number("document.querySelectorAll('.sentences > li[data-t~=\"0\"]').length"),
        left());
    set("f-type", "");
    set("f-confidence", "50");
    int low =
        browser.number(
            "Array.from(document.querySelectorAll('.sentences > li')).filter(li => 50 >= Number(li.dataset.c)).length");
    assertEquals(low, left());
    assertTrue(low > 0 && low < all);
    set("f-confidence", "");
    assertEquals(
        "Length in tokens", browser.ask("document.querySelector('#f-bucket optgroup').label"));
    set("f-bucket", "1");
    assertTrue(left() > 0 && left() < all, status());
    assertEquals(
        true,
        browser.ask(
            "Array.from(document.querySelectorAll('.sentences > li:not([hidden])')).every(li => li.dataset.b.split(' ').includes('1'))"));
  }

  @Test
  void aPlaceIsCopiedByAButtonThatOnlyTheScriptMakes() {
    browser.open(page, 1280, "light", true);
    String place = (String) browser.ask("document.querySelector('#s3 .place').textContent");
    assertEquals("data/test.csv:4", place);
    browser.ask(
        "window.taken = ''; navigator.clipboard.writeText = text => { taken = text; return Promise.resolve(); }; true");
    browser.driver().findElement(By.cssSelector("#s3 .copy")).sendKeys(Keys.ENTER);
    assertEquals(place, browser.ask("new Promise(done => setTimeout(() => done(taken), 50))"));
    assertEquals("Copied", browser.ask("document.querySelector('#s3 .copy').textContent"));
    browser.ask(
        "navigator.clipboard.writeText = text => Promise.reject(new Error('not allowed')); true");
    browser.driver().findElement(By.cssSelector("#s4 .copy")).click();
    browser.ask("new Promise(done => setTimeout(done, 50))");
    assertEquals("data/test.csv:5", browser.ask("String(getSelection())"));
    browser.open(page, 1280, "light", false);
    assertEquals(0, browser.number("document.querySelectorAll('.copy').length"));
    assertEquals(true, browser.ask("document.querySelector('#s3 .place').checkVisibility()"));
  }

  @Test
  void theAxisOfTheCurvesIsChosenByKeyboard() {
    browser.open(page, 1280, "light", true);
    assertEquals("epoch", axisShown());
    browser.driver().findElement(By.id("axis-epoch")).sendKeys(Keys.ARROW_RIGHT);
    assertEquals("step", axisShown());
    browser.driver().findElement(By.id("axis-step")).sendKeys(Keys.ARROW_RIGHT);
    assertEquals("time", axisShown());
  }

  /** The axis of the one row of charts that can be seen. */
  private Object axisShown() {
    return browser.ask(
        "Array.from(document.querySelectorAll('#training .figures')).filter(e => e.checkVisibility()).map(e => e.className.replace('figures by-', '')).join()");
  }

  @Test
  void aMatrixThatIsCutOffSaysSoAndCanBeScrolledByKeyboard() {
    browser.open(page, 360, "light", true);
    browser.ask("new Promise(done => setTimeout(done, 50))");
    String region = "document.querySelector('#confusion .scroll')";
    assertEquals(true, browser.ask(region + ".classList.contains('more')"));
    assertEquals("0", browser.ask(region + ".getAttribute('tabindex')"));
    assertEquals(true, browser.ask("document.querySelector('#confusion .hint').checkVisibility()"));
    browser.ask(region + ".scrollLeft = 10000; true");
    browser.ask("new Promise(done => setTimeout(done, 100))");
    assertEquals(false, browser.ask(region + ".classList.contains('more')"));
    browser.open(page, 1280, "light", true);
    browser.ask("new Promise(done => setTimeout(done, 50))");
    assertEquals(0, browser.number("document.querySelectorAll('#confusion .hint').length"));
    assertEquals(false, browser.ask(region + ".hasAttribute('tabindex')"));
  }

  /** Gives a field a value as a reader would. */
  private void set(String id, String value) {
    browser.ask(
        "(f => { f.value = '"
            + value
            + "'; f.dispatchEvent(new Event('input', {bubbles: true})); })(document.getElementById('"
            + id
            + "'))");
  }

  @Test
  void pagesTurnAndLinksFindTheirSentence() {
    browser.open(page, 1280, "light", true);
    browser.driver().findElement(By.cssSelector("[data-turn='1']")).click();
    assertEquals("Sentences 21 to 40 of 70", status());
    browser.driver().findElement(By.cssSelector("[data-turn='-1']")).click();
    assertEquals("Sentences 1 to 20 of 70", status());
    browser.ask("location.hash = 's65'");
    browser.ask("new Promise(done => setTimeout(done, 50))");
    assertEquals("Sentences 61 to 70 of 70", status());
    assertFalse((Boolean) browser.ask("document.querySelector('#s65').hidden"));
  }

  @Test
  void tablesAreSortedByKeyboard() {
    browser.open(page, 1280, "light", true);
    var button = browser.driver().findElement(By.cssSelector("#types th:nth-child(4) button"));
    button.sendKeys(Keys.ENTER);
    assertEquals(
        "descending",
        browser.ask("document.querySelector('#types th:nth-child(4)').getAttribute('aria-sort')"));
    assertTrue(sorted("a >= b"), "F1 falls");
    button.sendKeys(Keys.SPACE);
    assertEquals(
        "ascending",
        browser.ask("document.querySelector('#types th:nth-child(4)').getAttribute('aria-sort')"));
    assertTrue(sorted("b >= a"), "F1 rises");
    assertEquals(
        1,
        browser.number(
            "document.querySelectorAll('#types table:first-of-type th[aria-sort]').length"));
    assertEquals("micro", browser.ask("document.querySelector('#types tfoot th').textContent"));
  }

  private boolean sorted(String order) {
    return (Boolean)
        browser.ask(
            "(n => n.every((b, i) => i === 0 || (a => "
                + order
                + ")(n[i - 1])))(Array.from(document.querySelector('#types tbody').rows).map(r => parseFloat(r.cells[3].textContent)))");
  }

  @Test
  void theKeyboardReachesEverything() {
    browser.open(page, 360, "light", true);
    browser.ask(
        "window.reached = new Set(); addEventListener('focusin', e => reached.add(e.target)); window.wanted = Array.from(document.querySelectorAll("
            + "'a[href], button:enabled, select, input:not([type=radio]), input[type=radio]:checked, summary, .scroll[tabindex], pre[tabindex]')).filter(e => e.checkVisibility()); true");
    int wanted = browser.number("wanted.length");
    assertTrue(wanted > 100, wanted + " stops");
    String tabs = Keys.TAB.toString().repeat(100);
    for (int pressed = 0; pressed < wanted + 50; pressed += 100)
      new Actions(browser.driver()).sendKeys(tabs).perform();
    assertEquals(
        "",
        browser.ask(
            "wanted.filter(e => !reached.has(e)).map(e => e.outerHTML.slice(0, 120)).join('\\n')"));
  }

  @Test
  void withoutScriptEverythingIsThere() {
    browser.open(page, 1280, "light", false);
    assertEquals(70, shown());
    assertEquals(1, browser.number("document.querySelectorAll('#types tfoot').length"));
    assertEquals(0, browser.number("document.querySelectorAll('th button').length"));
    assertEquals(false, browser.ask("document.querySelector('.filters').checkVisibility()"));
    assertTrue(
        browser.number(
                "Array.from(document.querySelectorAll('#training figure svg')).filter(e => e.checkVisibility()).length")
            >= 5);
    browser.driver().findElement(By.id("axis-time")).click();
    assertEquals(true, browser.ask("document.querySelector('.by-time').checkVisibility()"));
    assertEquals(false, browser.ask("document.querySelector('.by-epoch').checkVisibility()"));
  }

  @ParameterizedTest
  @CsvSource({"360, light", "360, dark", "1280, light", "1280, dark"})
  void thePageIsAccessibleAndNeverScrollsSideways(int width, String scheme) {
    for (Path file : List.of(small, comparison, series, folds, curve)) {
      browser.open(file, width, scheme, true);
      boolean dark = scheme.equals("dark");
      if (!dark)
        browser.ask("document.querySelectorAll('details').forEach(d => { d.open = true; }); true");
      assertTrue(browser.number("document.documentElement.scrollWidth") <= width, file.toString());
      assertEquals(
          dark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)",
          browser.ask("getComputedStyle(document.body).backgroundColor"));
      // what differs between light and dark are colours alone
      assertEquals("", browser.violations(dark ? List.of("color-contrast") : Browser.RULES));
    }
  }

  @Test
  void aComparisonIsWholeWithoutScriptAndKeepsItsFirstColumnInView() {
    browser.open(comparison, 360, "light", false);
    assertTrue(shown() > 0, "sentences");
    assertEquals(0, browser.number("document.querySelectorAll('th button').length"));
    assertTrue(
        browser.number("document.querySelectorAll('#training svg, #trade-offs svg').length") == 3);
    browser.ask("document.querySelector('#systems .scroll').scrollLeft = 300; true");
    assertTrue(
        browser.number(
                "document.querySelector('#systems tbody th').getBoundingClientRect().left - document.querySelector('#systems .scroll').getBoundingClientRect().left")
            <= 1);
    assertTrue(browser.number("document.querySelector('#systems .scroll').scrollLeft") > 0);
  }

  private int shown() {
    return browser.number(
        "Array.from(document.querySelectorAll('.sentences > li')).filter(e => e.checkVisibility()).length");
  }

  private String status() {
    return (String) browser.ask("document.querySelector('.filters .count').textContent");
  }

  /** How many sentences the filters leave, as the status says. */
  private int left() {
    return Integer.parseInt(status().replaceAll(".* of ", ""));
  }

  private void choose(String select, String value) {
    var option =
        browser.driver().findElement(By.cssSelector(select + " option[value='" + value + "']"));
    browser.driver().findElement(By.cssSelector(select)).sendKeys(option.getText());
  }
}
