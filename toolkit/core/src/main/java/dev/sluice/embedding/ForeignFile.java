package dev.sluice.embedding;

import dev.sluice.config.Location;
import dev.sluice.config.SluiceException;
import java.nio.charset.StandardCharsets;

/** Kinds of files that are given in place of word vectors, told by how they begin. */
enum ForeignFile {
  ZIP("PK\u0003\u0004", "a zip archive", "unzip it and name the file inside"),
  FASTTEXT(
      "\u00ba\u0016\u004f\u002f",
      "a fastText model with subword vectors, which are not read",
      "use the .vec file that comes with it"),
  PICKLE("\u0080\u0002", "a Python pickle", "save it with gensim's save_word2vec_format"),
  PICKLE_3("\u0080\u0003", "a Python pickle", "save it with gensim's save_word2vec_format"),
  PICKLE_4("\u0080\u0004", "a Python pickle", "save it with gensim's save_word2vec_format"),
  NUMPY("\u0093NUMPY", "a NumPy array", "save the words and vectors as text"),
  HDF5("\u0089HDF", "an HDF5 file", "save the words and vectors as text"),
  SQLITE("SQLite format 3", "a database", "save the words and vectors as text"),
  GZIP("\u001f\u008b", "gzip inside of gzip", "gunzip it once"),
  BZIP2("BZh91AY", "bzip2", "decompress it with bunzip2"),
  XZ("\u00fd7zXZ", "xz", "decompress it with unxz"),
  ZSTD("\u0028\u00b5\u002f\u00fd", "zstd", "decompress it with unzstd"),
  SEVEN_ZIP("7z\u00bc\u00af", "a 7z archive", "unpack it and name the file inside"),
  UTF16_BE("\u00fe\u00ff", "UTF-16", "save the file as UTF-8"),
  UTF16_LE("\u00ff\u00fe", "UTF-16", "save the file as UTF-8"),
  PDF("%PDF-", "a PDF file", "check the path"),
  LFS("version https://git-lfs", "a Git LFS pointer", "run git lfs pull"),
  DOCTYPE(
      "<!doctype", "an HTML page", "download the vectors again; a page was saved in their place"),
  HTML("<html", "an HTML page", "download the vectors again; a page was saved in their place"),
  XML("<?xml", "an XML file", "check the path");

  private static final int TAR_MAGIC = 257;

  private final String prefix;
  private final String words;
  private final String fix;

  ForeignFile(String prefix, String words, String fix) {
    this.prefix = prefix;
    this.words = words;
    this.fix = fix;
  }

  /**
   * Throws when the bytes begin as one of the known kinds does.
   *
   * @throws SluiceException EMB-003
   */
  static void refuse(byte[] head, String source) {
    String start = new String(head, 0, Math.min(head.length, 512), StandardCharsets.ISO_8859_1);
    for (ForeignFile kind : values()) {
      boolean anyCase = kind.prefix.startsWith("<");
      if (start.regionMatches(anyCase, 0, kind.prefix, 0, kind.prefix.length())) {
        throw refusal(source, kind.words, kind.fix);
      }
    }
    if (start.startsWith("ustar", TAR_MAGIC)) {
      throw refusal(source, "a tar archive", "unpack it and name the file inside");
    }
  }

  private static SluiceException refusal(String source, String words, String fix) {
    return SluiceException.usage(
        Codes.FOREIGN,
        Location.of(source),
        "the file looks like " + words + ", expected word vectors",
        fix);
  }
}
