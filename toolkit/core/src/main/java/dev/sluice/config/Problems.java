package dev.sluice.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with a config, so that a user sees all of it at once; at most 20 of a kind are kept. */
final class Problems {
  private static final int KEPT_OF_A_KIND = 20;

  private final Map<Code, List<Problem>> found = new EnumMap<>(Code.class);
  private final Map<Code, Integer> more = new EnumMap<>(Code.class);
  private final Map<String, Integer> sources = new LinkedHashMap<>();

  void add(Code code, Location where, String what, String fix) {
    sources.putIfAbsent(where.source(), sources.size());
    List<Problem> kind = found.computeIfAbsent(code, c -> new ArrayList<>());
    if (kind.size() < KEPT_OF_A_KIND) kind.add(new Problem(code.code(), where, what, fix));
    else more.merge(code, 1, Integer::sum);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Takes over the problems of a load that failed. */
  void addAll(SluiceException failure) {
    for (Problem problem : failure.problems()) {
      for (Code code : Code.values()) {
        if (code.code().equals(problem.code())) {
          add(code, problem.where(), problem.what(), problem.fix());
        }
      }
    }
  }

  /** Throws everything found. */
  void throwIfAny() {
    if (!found.isEmpty()) throw asException();
  }

  /** Everything found, at least one, file by file in the order of their lines. */
  SluiceException asException() {
    List<Problem> all = new ArrayList<>();
    found.values().forEach(all::addAll);
    all.sort(
        (a, b) -> {
          int bySource =
              Integer.compare(sources.get(a.where().source()), sources.get(b.where().source()));
          if (bySource != 0) return bySource;
          int byLine = Integer.compare(a.where().line(), b.where().line());
          return byLine != 0 ? byLine : Integer.compare(a.where().column(), b.where().column());
        });
    more.forEach(
        (code, count) ->
            all.add(
                new Problem(
                    code.code(),
                    Location.of(all.get(0).where().source()),
                    "and " + count + " more of this kind",
                    "correct those above first")));
    return new SluiceException(SluiceException.Kind.USAGE, all);
  }

  /** Throws one problem that leaves nothing else to look at. */
  static SluiceException alone(Code code, Location where, String what, String fix) {
    return SluiceException.usage(code.code(), where, what, fix);
  }
}
