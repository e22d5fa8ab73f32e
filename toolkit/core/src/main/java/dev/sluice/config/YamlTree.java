package dev.sluice.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML text to a tree with exact places. It reads the parser's events only, so no tag can build anything, and refuses what would
 * change a config silently: anchors, aliases, merge keys, tags, duplicate keys, second documents, tab indentation.
 */
final class YamlTree {
  static final int MAX_DEPTH = 32;
  static final int MAX_NODES = 20_000; // keys, values and sections: bounds time and memory

  private final String source;
  private final Path folder;
  private final Problems problems;
  private final Lines lines;
  private final ParserImpl parser;
  private int nodes;
  private final BitSet insideScalars = new BitSet(); // lines that continue a quoted or block scalar

  private YamlTree(String text, String source, Path folder, Problems problems) {
    this.source = source;
    this.folder = folder;
    this.problems = problems;
    this.lines = new Lines(text, source);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(2 * ConfigFile.MAX_BYTES); // bytes were counted before
    options.setProcessComments(false);
    this.parser = new ParserImpl(new StreamReader(text), options);
  }

  /** The tree of a text; an empty text is an empty section. Syntax errors are thrown alone, all else is collected. */
  static Node parse(String text, String source, Path folder, Problems problems) {
    YamlTree tree = new YamlTree(text, source, folder, problems);
    try {
      Node root = tree.document();
      int tab = tree.lines.tabIndented(tree.lines.count(), tree.insideScalars);
      if (tab > 0) throw tree.tab(tab);
      return root;
    } catch (MarkedYAMLException e) {
      throw tree.syntax(e);
    } catch (ReaderException e) {
      throw Problems.alone(
          Code.SYNTAX,
          tree.lines.at(e.getPosition()),
          Words.hex("the character U+%04X is not allowed in YAML", e.getCodePoint()),
          "remove it or write it as an escape in double quotes");
    }
  }

  private Node document() {
    parser.getEvent(); // the stream begins
    Event first = parser.getEvent();
    if (first.is(Event.ID.StreamEnd)) return Node.Mapping.empty(new Location(source, 1, 1));
    Node root = node(parser.getEvent(), 0);
    parser.getEvent(); // the document ends
    Event next = parser.getEvent();
    if (!next.is(Event.ID.StreamEnd)) {
      problems.add(
          Code.REFUSED,
          at(next),
          "a second YAML document begins here, expected one",
          "remove the --- and what follows it, or the first document");
    }
    return root;
  }

  private Node node(Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw Problems.alone(
          Code.REFUSED,
          at(event),
          "nested deeper than " + MAX_DEPTH + " levels",
          "remove brackets or indentation");
    }
    if (++nodes > MAX_NODES) {
      throw Problems.alone(
          Code.REFUSED,
          at(event),
          "more than " + MAX_NODES + " keys and values",
          "put long lists into data files");
    }
    Location at = at(event);
    boolean broken = refused((NodeEvent) event);
    Node node;
    if (event instanceof MappingStartEvent) node = mapping(at, depth);
    else if (event instanceof SequenceStartEvent) node = sequence(at, depth);
    else if (event instanceof ScalarEvent scalar) node = scalar(scalar, at);
    else node = new Node.Broken(at);
    return broken ? new Node.Broken(at) : node;
  }

  private boolean refused(NodeEvent event) {
    if (event instanceof AliasEvent) {
      refuse(event, "the alias *" + Words.shown(event.getAnchor()) + " is not supported");
    } else if (event.getAnchor() != null) {
      refuse(event, "the anchor &" + Words.shown(event.getAnchor()) + " is not supported");
    } else if (event instanceof ScalarEvent scalar && scalar.getTag() != null) {
      refuse(event, "the tag " + Words.shown(scalar.getTag()) + " is not supported");
    } else if (event instanceof CollectionStartEvent start && start.getTag() != null) {
      refuse(event, "the tag " + Words.shown(start.getTag()) + " is not supported");
    } else {
      return false;
    }
    return true;
  }

  private void refuse(Event event, String what) {
    String fix =
        what.contains("tag")
            ? "remove it; types follow from the setting"
            : "write the block out, or share it through extends: other.yaml";
    problems.add(Code.REFUSED, at(event), what, fix);
  }

  private Node mapping(Location at, int depth) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    for (Event key = parser.getEvent(); !key.is(Event.ID.MappingEnd); key = parser.getEvent()) {
      Location keyAt = at(key);
      Node name = node(key, depth + 1);
      Node value = node(parser.getEvent(), depth + 1);
      if (name instanceof Node.Scalar scalar) {
        put(entries, scalar, keyAt, value);
      } else if (!(name instanceof Node.Broken)) {
        problems.add(
            Code.TYPE, keyAt, "a key is a list or section, expected a name", "give it a name");
      }
    }
    return new Node.Mapping(at, entries);
  }

  private void put(Map<String, Node.Entry> entries, Node.Scalar key, Location keyAt, Node value) {
    if (key.text().equals("<<")) {
      problems.add(
          Code.REFUSED,
          keyAt,
          "the merge key << is not supported",
          "write the block out, or share it through extends: other.yaml");
      return;
    }
    Node.Entry before = entries.putIfAbsent(key.text(), new Node.Entry(keyAt, value));
    if (before != null) {
      problems.add(
          Code.DUPLICATE,
          keyAt,
          "the key \"" + Words.shown(key.text()) + "\" already stands at " + before.at(),
          "keep one of the two");
    }
  }

  private Node sequence(Location at, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event e = parser.getEvent(); !e.is(Event.ID.SequenceEnd); e = parser.getEvent()) {
      items.add(node(e, depth + 1));
    }
    return new Node.Sequence(at, items);
  }

  private Node scalar(ScalarEvent event, Location at) {
    if (!event.isPlain()) {
      int last = lines.at(event.getEndMark().getIndex()).line();
      if (last > at.line()) insideScalars.set(at.line() + 1, last + 1);
    }
    Node.Style style = event.isPlain() ? Node.Style.PLAIN : Node.Style.QUOTED;
    return new Node.Scalar(at, event.getValue(), style, folder, List.of());
  }

  private Location at(Event event) {
    return lines.at(event.getStartMark().getIndex());
  }

  private SluiceException tab(int line) {
    return Problems.alone(
        Code.SYNTAX,
        new Location(source, line, lines.tabColumn(line)),
        "a tab in the indentation, expected spaces",
        "use spaces, two per level");
  }

  private SluiceException syntax(MarkedYAMLException e) {
    Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
    Location at = mark == null ? Location.of(source) : lines.at(mark.getIndex());
    int tab = lines.tabIndented(at.line(), insideScalars);
    if (tab > 0) return tab(tab);
    String problem = e.getProblem() == null ? "not YAML" : Words.shown(e.getProblem().strip());
    while (problem.endsWith(".") && !problem.endsWith("...")) {
      problem = problem.substring(0, problem.length() - 1);
    }
    if (problem.contains("(TAB)")) {
      return Problems.alone(
          Code.SYNTAX, at, "a tab where YAML allows none", "use spaces or put quotes around it");
    }
    String context = e.getContext() == null ? "" : " (" + Words.shown(e.getContext()) + ")";
    String fix = "correct the YAML here";
    if (at.line() > 0 && lines.text(at.line()).contains("${")) {
      fix = "inside [ ] and { } put quotes around it: \"${NAME:-default}\"";
    } else if (problem.startsWith("mapping values are not allowed")) {
      fix = "indent the keys of a section alike, and quote text that contains \": \"";
    } else if (problem.startsWith("could not find expected ':'")) {
      fix = "write key: value, with a blank after the colon";
    }
    return Problems.alone(Code.SYNTAX, at, "not YAML: " + problem + context, fix);
  }
}
