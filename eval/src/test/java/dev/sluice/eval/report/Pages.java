package dev.sluice.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Pages read back by a strict parser, and what must hold for each of them. */
final class Pages {
  /** Text that does what it can to become markup or to steer. */
  static final String HOSTILE =
      "</script><img src=x onerror=alert(1)>\"'&]]>\u202e\u0000\ud800\n<!--";

  private Pages() {}

  static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  /** All elements of a name below another, in order. */
  static List<Element> all(Node from, String tag) {
    var nodes =
        from instanceof Document d
            ? d.getElementsByTagName(tag)
            : ((Element) from).getElementsByTagName(tag);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) found.add((Element) nodes.item(i));
    return found;
  }

  /** The ids of all sections, in order. */
  static List<String> sections(Document page) {
    return all(page, "section").stream().map(s -> s.getAttribute("id")).toList();
  }

  static Element section(Document page, String id) {
    return all(page, "section").stream()
        .filter(s -> s.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** The text of every cell of a table, heads included, a list per row. */
  static List<List<String>> cells(Element table) {
    List<List<String>> rows = new ArrayList<>();
    for (Element row : all(table, "tr")) {
      List<String> cells = new ArrayList<>();
      for (Node n = row.getFirstChild(); n != null; n = n.getNextSibling())
        if (n instanceof Element) cells.add(n.getTextContent());
      rows.add(cells);
    }
    return rows;
  }

  static String between(String html, String from, String to) {
    int start = html.indexOf(from) + from.length();
    return html.substring(start, html.indexOf(to, start));
  }

  static String hash(String content) throws Exception {
    byte[] sum =
        MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(sum);
  }

  /** The policy allows the one style and the one script of the page by their hashes, and nothing else. */
  static void requirePolicy(String html) throws Exception {
    Document page = parse(html);
    assertEquals(1, all(page, "style").size());
    assertEquals(1, all(page, "script").size());
    String policy = all(page, "meta").get(1).getAttribute("content");
    assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
    assertTrue(
        policy.contains("style-src '" + hash(between(html, "<style>", "</style>")) + "'"), policy);
    assertTrue(
        policy.contains("script-src '" + hash(between(html, "<script>", "</script>")) + "'"),
        policy);
    assertFalse(policy.contains("unsafe"), policy);
  }

  /** No inline style, no handler and nothing to load. */
  static void requireClosed(String html) throws Exception {
    for (Element e : all(parse(html), "*")) {
      for (int i = 0; i < e.getAttributes().getLength(); i++) {
        String name = e.getAttributes().item(i).getNodeName();
        assertFalse(
            name.equals("style")
                || name.startsWith("on")
                || name.equals("src")
                || name.equals("action")
                || name.equals("xlink:href"),
            e.getTagName() + " " + name);
      }
      assertFalse(
          Set.of("img", "link", "iframe", "object", "embed", "base", "image", "use")
              .contains(e.getTagName()),
          e.getTagName());
    }
    String style = between(html, "<style>", "</style>");
    assertFalse(style.contains("url(") || style.contains("@import"), "the style loads something");
  }
}
