package dev.sluice.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.label.Repair;
import dev.sluice.label.TagScheme;
import dev.sluice.model.Prediction.Detail;
import dev.sluice.testing.Seeds;
import dev.sluice.testing.UntrainedModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the weights say, a model that keeps to its scheme gives no sequence that the scheme does not allow. */
class ConstraintsTest {
  private static final List<String> WORDS = List.of("ab", "cd", "ef", "gh", "ij", "kl");

  private static String[] labels(TagScheme scheme) {
    List<String> labels = new ArrayList<>(List.of("O"));
    for (String type : List.of("x", "y")) {
      for (String prefix : prefixes(scheme).split("")) labels.add(prefix + "-" + type);
    }
    return labels.toArray(String[]::new);
  }

  private static String prefixes(TagScheme scheme) {
    return switch (scheme) {
      case BIO -> "BI";
      case BIOES -> "BIES";
      case BMES -> "BMES";
      default -> throw new IllegalArgumentException();
    };
  }

  private static UntrainedModels.Recipe recipe(TagScheme scheme, long seed) {
    UntrainedModels.Recipe recipe =
        UntrainedModels.of(labels(scheme)).scheme(scheme).words(WORDS).seed(seed);
    return seed % 2 == 0 ? recipe.chain() : recipe;
  }

  private static List<List<String>> sentences(SplittableRandom random) {
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<String> words = new ArrayList<>();
      for (int t = random.nextInt(9); t >= 0; t--)
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      sentences.add(words);
    }
    return sentences;
  }

  private static boolean legal(TagScheme scheme, List<String> tags) {
    return scheme.decode(tags, Repair.CONLLEVAL).violations().isEmpty();
  }

  private static List<List<String>> tags(Model model, List<List<String>> sentences) {
    List<Map<String, List<String>>> none = sentences.stream().map(s -> noFeatures()).toList();
    return model.predictAll(sentences, none, Detail.LABELS, 1).stream().map(model::tags).toList();
  }

  private static Map<String, List<String>> noFeatures() {
    return Map.of();
  }

  /** Alone and in batches, the best sequence and the next best ones, softmax and CRF in turn. */
  @ParameterizedTest
  @EnumSource(names = {"BIO", "BIOES", "BMES"})
  void aConstrainedModelNeverGivesAnIllegalSequence(TagScheme scheme) {
    SplittableRandom random = Seeds.of(880 + scheme.ordinal());
    for (long seed = 1; seed <= 12; seed++) {
      Model model = recipe(scheme, seed).build();
      List<List<String>> sentences = sentences(random);
      List<List<String>> tags = tags(model, sentences);
      for (int i = 0; i < sentences.size(); i++) {
        List<String> found = tags.get(i);
        assertTrue(legal(scheme, found), () -> scheme + " " + found + ", " + Seeds.describe());
        assertEquals(
            found, model.tags(model.predict(sentences.get(i), Map.of(), Detail.CONFIDENCES)));
      }
      for (Prediction.Ranked ranked : model.best(sentences.get(0), Map.of(), 20)) {
        List<String> path =
            Arrays.stream(ranked.labels()).mapToObj(model.tokenLabels()::get).toList();
        assertTrue(legal(scheme, path), () -> scheme + " " + path + ", " + Seeds.describe());
      }
    }
  }

  /** The same weights without the constraint: the test above would notice. */
  @ParameterizedTest
  @EnumSource(names = {"BIO", "BIOES", "BMES"})
  void anUnconstrainedOneMay(TagScheme scheme) {
    SplittableRandom random = Seeds.of(890 + scheme.ordinal());
    int[] illegal = new int[2];
    for (long seed = 1; seed <= 12; seed++) {
      Model model = recipe(scheme, seed).unconstrained().build();
      for (List<String> tags : tags(model, sentences(random)))
        if (!legal(scheme, tags)) illegal[(int) seed % 2]++;
    }
    assertTrue(illegal[0] > 0 && illegal[1] > 0, Arrays.toString(illegal));
  }
}
