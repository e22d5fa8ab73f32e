package dev.sluice.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.data.DataConfig.ConllLayout;
import dev.sluice.data.DataConfig.ConllLayout.Separator;
import dev.sluice.data.DataConfig.ConlluLayout;
import dev.sluice.data.DataConfig.Format;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The public corpora have the published sizes when we read them; needs the environment variable SLUICE_DATA. */
class ReadersOnPublicCorporaTest {
  private static final DataConfig TRIPLES = TestData.config(Format.TRIPLES);
  private static final DataConfig COLUMNS = TestData.config(Format.CONLL);

  @Test
  void atisHasItsPublishedSizeOnPublicCorpora() {
    check("atis/train", TRIPLES, 4478, 50497, 120);
    check("atis/valid", TRIPLES, 500, 5703, 96);
    check("atis/test", TRIPLES, 893, 9164, 101);
  }

  @Test
  void snipsHasItsPublishedSizeOnPublicCorpora() {
    check("snips/train", TRIPLES, 13084, 117700, 72);
    check("snips/valid", TRIPLES, 700, 6384, 70);
    check("snips/test", TRIPLES, 700, 6354, 70);
  }

  @Test
  void englishEwtHasItsPublishedSizeOnPublicCorpora() {
    for (String column : List.of("upos", "xpos")) {
      DataConfig config = TestData.config(new ConlluLayout(column));
      boolean upos = column.equals("upos");
      check("ud-en-ewt/en_ewt-ud-train.conllu", config, 12544, 204577, upos ? 17 : 49);
      check("ud-en-ewt/en_ewt-ud-dev.conllu", config, 2001, 25147, upos ? 17 : 49);
      check("ud-en-ewt/en_ewt-ud-test.conllu", config, 2077, 25094, upos ? 17 : 48);
    }
  }

  @Test
  void englishEwtWordsLieInTheirTextsOnPublicCorpora() {
    Dataset train = read("ud-en-ewt/en_ewt-ud-train.conllu", TestData.config(Format.CONLLU));
    Dataset dev = read("ud-en-ewt/en_ewt-ud-dev.conllu", TestData.config(Format.CONLLU));
    Dataset test = read("ud-en-ewt/en_ewt-ud-test.conllu", TestData.config(Format.CONLLU));
    long ranges = 0;
    long empty = 0;
    for (Dataset split : List.of(train, dev, test)) {
      ranges += split.skipped().getOrDefault("multiword ranges", 0L);
      empty += split.skipped().getOrDefault("empty nodes", 0L);
      for (Sentence sentence : split.sentences()) {
        sentence
            .tokens()
            .forEach(t -> assertEquals(t.text(), sentence.text().substring(t.start(), t.end())));
      }
    }
    assertEquals(3327, ranges);
    assertEquals(43, empty);
  }

  @Test
  void chineseGsdHasItsPublishedSizeOnPublicCorpora() {
    DataConfig upos = TestData.config(Format.CONLLU);
    check("ud-zh-gsd/train.conll", upos, 3997, 98608, 15);
    check("ud-zh-gsd/dev.conll", upos, 500, 12663, 15);
    check("ud-zh-gsd/test.conll", upos, 500, 12012, 15);
  }

  @Test
  void conll2000HasItsPublishedSizeOnPublicCorpora() {
    check("conll2000/train.txt", COLUMNS, 8936, 211727, 22);
    check("conll2000/test.txt", COLUMNS, 2012, 47377, 19);
  }

  @Test
  void conll2003HasItsPublishedSizeOnPublicCorpora() {
    check("conll2003/eng.train", COLUMNS, 14041, 203621, 8);
    check("conll2003/eng.testa", COLUMNS, 3250, 51362, 6);
    check("conll2003/eng.testb", COLUMNS, 3453, 46435, 8);
    check("conll2003/iob2/train.txt", COLUMNS, 14041, 203621, 9);
    check("conll2003/iob2/valid.txt", COLUMNS, 3250, 51362, 9);
    check("conll2003/iob2/test.txt", COLUMNS, 3453, 46435, 9);
    assertEquals(946, read("conll2003/eng.train", COLUMNS).skipped().get("-DOCSTART- lines"));
  }

  @Test
  void weiboHasItsPublishedSizeOnPublicCorpora() {
    DataConfig config =
        TestData.config(new ConllLayout(1, -1, Separator.AUTO, Optional.empty(), true));
    check("weibo-ner/weiboNER_2nd_conll.train", config, 1350, 73778, 17);
    check("weibo-ner/weiboNER_2nd_conll.dev", config, 270, 14509, 17);
    check("weibo-ner/weiboNER_2nd_conll.test", config, 270, 14842, 17);
    assertEquals(3127, vocabulary(read("weibo-ner/weiboNER_2nd_conll.train", config)).size());
    assertEquals(1862, vocabulary(read("weibo-ner/weiboNER_2nd_conll.dev", config)).size());
    assertEquals(1836, vocabulary(read("weibo-ner/weiboNER_2nd_conll.test", config)).size());
  }

  @Test
  void resumeHasItsPublishedSizeOnPublicCorpora() {
    check("resume-ner/train.char.bmes", COLUMNS, 3821, 124099, 28);
    check("resume-ner/dev.char.bmes", COLUMNS, 463, 13890, 26);
    check("resume-ner/test.char.bmes", COLUMNS, 477, 15100, 24);
  }

  private static void check(
      String name, DataConfig config, int sentences, long tokens, int labels) {
    Dataset split = read(name, config);
    assertEquals(sentences, split.size(), name);
    assertEquals(tokens, split.tokens(), name);
    Set<String> found = new HashSet<>();
    split.sentences().forEach(sentence -> found.addAll(sentence.tags()));
    assertEquals(labels, found.size(), () -> name + " " + found);
  }

  /** First characters: the published vocabulary counts a damaged character of two halves as its first half. */
  private static Set<Integer> vocabulary(Dataset split) {
    Set<Integer> characters = new HashSet<>();
    split.sentences().forEach(s -> s.words().forEach(w -> characters.add(w.codePointAt(0))));
    return characters;
  }

  private static Dataset read(String name, DataConfig config) {
    String folder = System.getenv("SLUICE_DATA");
    Assumptions.assumeTrue(folder != null, "SLUICE_DATA is not set: public corpora not read");
    return Dataset.read(name, Path.of(folder, name), config, TestData.BLANKS);
  }
}
