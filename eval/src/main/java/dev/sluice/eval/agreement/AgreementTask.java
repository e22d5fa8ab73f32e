package dev.sluice.eval.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A stream of sentences such as "The cat , which already chased the dogs near the old goat , was", with as many tokens between subject and verb as are wanted.
 * They come in pairs that differ in the number of the subject alone, so labels are balanced, and no token but the subject says anything about them. The
 * other nouns are of both numbers, each by the toss of a coin, and of the same words as the subjects.
 *
 * <p>What stands between subject and verb decides whether a sentence is one to train or one to test with, so no test sentence, nor one that differs in its
 * subject alone, is ever trained on.
 */
final class AgreementTask {
  /** The least distance for which there are sentences. */
  static final int LEAST_DISTANCE = 5;

  /** One in so many of the texts between subject and verb is for testing. */
  private static final int TEST_SHARE = 8;

  private static final int LEAST_PIECE = 3; // a verb or a preposition, "the", a noun

  /** What sentences are for. */
  enum Side {
    /** Training. */
    TRAIN,
    /** Testing. */
    TEST
  }

  /**
   * The same sentence about one animal and about several.
   *
   * @param singular the sentence with was
   * @param plural the sentence with were
   */
  record Pair(AgreementSentence singular, AgreementSentence plural) {}

  private final Side side;
  private final SplittableRandom random;

  /** The sentences of a side, a function of the seed. */
  AgreementTask(Side side, long seed) {
    this.side = side;
    random = new SplittableRandom(seed);
  }

  /** The side to which a text between subject and verb belongs. */
  static Side side(List<String> between) {
    int hash = between.hashCode() * 0x9e3779b9; // the hash of texts and lists is laid down by Java
    return (hash >>> 16) % TEST_SHARE == 0 ? Side.TEST : Side.TRAIN;
  }

  /**
   * The next pair of sentences.
   *
   * @param distance the tokens between subject and verb, at least {@link #LEAST_DISTANCE}
   */
  Pair next(int distance) {
    if (distance < LEAST_DISTANCE)
      throw new IllegalArgumentException(
          "a distance of " + distance + ", expected at least " + LEAST_DISTANCE);
    String[] subject = Words.NOUNS.get(random.nextInt(Words.NOUNS.size()));
    List<String> between = between(distance);
    while (side(between) != side) between = between(distance);
    return new Pair(sentence(subject[0], between, false), sentence(subject[1], between, true));
  }

  /** Pairs of one distance, one after the other. */
  List<AgreementSentence> sentences(int pairs, int distance) {
    List<AgreementSentence> all = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      Pair pair = next(distance);
      all.add(pair.singular);
      all.add(pair.plural);
    }
    return all;
  }

  private static AgreementSentence sentence(String subject, List<String> between, boolean plural) {
    List<String> words = new ArrayList<>(List.of(Words.FIRST_THE, subject));
    words.addAll(between);
    return new AgreementSentence(words, plural);
  }

  /** A relative clause, with commas or without, of exactly so many tokens. */
  private List<String> between(int distance) {
    List<String> to = new ArrayList<>();
    boolean commas = distance > LEAST_DISTANCE && random.nextBoolean();
    int end = distance - (commas ? 1 : 0);
    if (commas) to.add(Words.COMMA);
    to.add(commas ? Words.WHICH : Words.THAT);
    clause(to, end);
    while (to.size() < end) goOn(to, end);
    if (commas) to.add(Words.COMMA);
    return to;
  }

  /** A verb and its object, perhaps with an adverb and an adjective. */
  private void clause(List<String> to, int end) {
    boolean adverb, adjective;
    do {
      adverb = oneInThree();
      adjective = oneInThree();
    } while (!fits(end - to.size(), 0, adverb, adjective));
    verb(to, adverb);
    noun(to, adjective);
  }

  /** Another clause, or where something is. */
  private void goOn(List<String> to, int end) {
    boolean another, adverb, adjective;
    do {
      another = oneInThree();
      adverb = another && oneInThree();
      adjective = oneInThree();
    } while (!fits(end - to.size(), another ? 1 : 0, adverb, adjective));
    if (another) {
      to.add(Words.AND);
      verb(to, adverb);
    } else {
      to.add(any(Words.PREPOSITIONS));
    }
    noun(to, adjective);
  }

  /** Whether a piece leaves nothing of the room, or enough for another piece. */
  private static boolean fits(int room, int before, boolean adverb, boolean adjective) {
    int left = room - before - LEAST_PIECE - (adverb ? 1 : 0) - (adjective ? 1 : 0);
    return left == 0 || left >= LEAST_PIECE;
  }

  private boolean oneInThree() {
    return random.nextInt(3) == 0;
  }

  private void verb(List<String> to, boolean adverb) {
    if (adverb) to.add(any(Words.ADVERBS));
    to.add(any(Words.VERBS));
  }

  private void noun(List<String> to, boolean adjective) {
    to.add(Words.THE);
    if (adjective) to.add(any(Words.ADJECTIVES));
    to.add(Words.NOUNS.get(random.nextInt(Words.NOUNS.size()))[random.nextInt(2)]);
  }

  private String any(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
