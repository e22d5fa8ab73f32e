package dev.sluice.eval.picture;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A picture read back by a strict parser. */
final class Xml {
  private Xml() {}

  /** The root of a well-formed picture that refers to nothing and runs nothing. */
  static Element parse(String svg) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Element root =
        factory
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getDocumentElement();
    NodeList all = root.getElementsByTagName("*");
    for (int i = -1; i < all.getLength(); i++) requireInert(i < 0 ? root : (Element) all.item(i));
    return root;
  }

  private static void requireInert(Element e) {
    List<String> known =
        List.of("svg", "title", "desc", "style", "g", "rect", "circle", "path", "text");
    if (!known.contains(e.getTagName())) throw new AssertionError("<" + e.getTagName() + ">");
    for (int i = 0; i < e.getAttributes().getLength(); i++) {
      String name = e.getAttributes().item(i).getNodeName();
      if (name.equals("style") || name.startsWith("on") || name.endsWith("href"))
        throw new AssertionError("an attribute " + name);
    }
  }

  /** The texts of all elements of a name, in order. */
  static List<String> texts(Element root, String name) {
    List<String> texts = new ArrayList<>();
    NodeList all = root.getElementsByTagName(name);
    for (int i = 0; i < all.getLength(); i++) texts.add(all.item(i).getTextContent());
    return texts;
  }

  /** The values of an attribute of all elements of a name that have it, in order. */
  static List<String> attributes(Element root, String name, String attribute) {
    List<String> values = new ArrayList<>();
    NodeList all = root.getElementsByTagName(name);
    for (int i = 0; i < all.getLength(); i++) {
      Element e = (Element) all.item(i);
      if (e.hasAttribute(attribute)) values.add(e.getAttribute(attribute));
    }
    return values;
  }
}
