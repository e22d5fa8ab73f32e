package dev.sluice.opennlp;

import dev.sluice.Tagger;
import dev.sluice.label.TagScheme;
import dev.sluice.testing.UntrainedModels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up sentences of six words, with tags drawn at random. */
final class MadeUp {
  static final List<String> WORDS = List.of("red", "kite", "over", "the", "old", "pier");

  private MadeUp() {}

  static Tagger tagger(TagScheme scheme, long seed, String... labels) {
    return Tagger.of(UntrainedModels.of(labels).scheme(scheme).words(WORDS).seed(seed).build());
  }

  static String[] sentence(SplittableRandom random, int n) {
    String[] words = new String[n];
    for (int t = 0; t < n; t++) words[t] = WORDS.get(random.nextInt(WORDS.size()));
    return words;
  }

  static List<String> legal(SplittableRandom random, TagScheme scheme, List<String> labels, int n) {
    List<String> tags = new ArrayList<>();
    while (tags.size() < n || !scheme.allowed(tags.get(n - 1), null)) {
      if (tags.size() == n) tags.clear();
      String before = tags.isEmpty() ? null : tags.get(tags.size() - 1);
      List<String> next = labels.stream().filter(l -> scheme.allowed(before, l)).toList();
      tags.add(next.get(random.nextInt(next.size())));
    }
    return tags;
  }
}
