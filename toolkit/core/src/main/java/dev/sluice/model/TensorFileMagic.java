package dev.sluice.model;

import dev.sluice.config.Location;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Kinds of files that people give by mistake, told by how they begin. */
enum TensorFileMagic {
  ZIP("PK\u0003\u0004", "a zip archive (a jar or an OpenNLP model?)"),
  GZIP("\u001f\u008b\b", "gzip"),
  ELF("\u007fELF", "a program (ELF)"),
  PICKLE("\u0080\u0002", "a Python pickle"),
  LFS("version ", "a Git LFS pointer"),
  DOCTYPE("<!doctype", "an HTML page"),
  HTML("<html", "an HTML page"),
  XML("<?xml", "an XML file"),
  JSON("{\"", "a JSON file"),
  PDF("%PDF-", "a PDF file");

  private final String prefix;
  private final String words;

  TensorFileMagic(String prefix, String words) {
    this.prefix = prefix;
    this.words = words;
  }

  /** Throws when the bytes begin as one of the known kinds does. */
  static void refuse(byte[] start, Location file) {
    String begin = new String(start, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    for (TensorFileMagic kind : values()) {
      if (begin.startsWith(kind.prefix.toLowerCase(Locale.ROOT))) {
        throw TensorFileProblem.FOREIGN.in(
            file, "not a model file: it begins as %s does, at byte 0", kind.words);
      }
    }
  }
}
