package dev.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.sluice.ImportTable.Row;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import opennlp.tools.tokenize.TokenizerME;
import org.junit.jupiter.api.Test;

/** Data flows one way: what the table of packages says is what the classes do. */
class ImportTest {
  private static final JavaClasses CORE = new ClassFileImporter().importPath("target/classes");
  private static final Path SOURCES = Path.of("src/main/java/dev/sluice");

  @Test
  void thereAreClassesToLookAt() {
    assertTrue(CORE.size() > 10, () -> CORE.size() + " classes found in target/classes");
    assertTrue(CORE.contain("dev.sluice.config.SluiceException"));
  }

  @Test
  void aPackageImportsOnlyWhatItsRowLists() {
    TreeSet<String> wrong = new TreeSet<>();
    for (JavaClass user : CORE) {
      Optional<Row> row = ImportTable.rowOf(user.getPackageName());
      if (row.isEmpty()) {
        wrong.add(user.getPackageName() + " has no row in the table");
        continue;
      }
      for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
        JavaClass used = dependency.getTargetClass().getBaseComponentType();
        if (used.isPrimitive() || row.get().mayUse(used.getPackageName())) continue;
        wrong.add(user.getName() + " must not use " + used.getName());
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  /** The rule itself is tested with imports that are wrong. */
  @Test
  void aWrongImportIsNoticed() {
    Row network = ImportTable.rowOf("dev.sluice.network").orElseThrow();
    assertTrue(network.mayUse("dev.sluice.kernel"));
    assertTrue(network.mayUse("dev.sluice.network"));
    assertTrue(!network.mayUse("dev.sluice.trainer"));
    assertTrue(!network.mayUse("dev.sluice.unknown"));
    Row kernel = ImportTable.rowOf("dev.sluice.kernel.simd").orElseThrow();
    assertTrue(kernel.mayUse("jdk.incubator.vector"));
    assertTrue(!kernel.mayUse("org.slf4j"));
    assertTrue(!kernel.mayUse("dev.sluice.config"));
    Row pipeline = ImportTable.rowOf("dev.sluice.pipeline").orElseThrow();
    assertTrue(pipeline.mayUse("dev.sluice.trainer"));
    assertTrue(!pipeline.mayUse("dev.sluice"));
    assertTrue(ImportTable.rowOf("dev.sluice.unknown").isEmpty());
  }

  @Test
  void noRowListsARowAboveIt() {
    List<Row> rows = ImportTable.ROWS;
    for (int i = 0; i < rows.size(); i++) {
      List<String> below = rows.subList(i + 1, rows.size()).stream().map(Row::name).toList();
      for (String name : rows.get(i).imports()) {
        assertTrue(below.contains(name), rows.get(i).name() + " lists " + name);
      }
    }
  }

  @Test
  void theFirstSentenceOfEveryPackageRepeatsItsRow() throws IOException {
    int seen = 0;
    for (Path folder : foldersWithCode()) {
      Row row = ImportTable.rowOf(ImportTable.packageOf(SOURCES.relativize(folder))).orElseThrow();
      String text = Files.readString(folder.resolve("package-info.java"));
      assertEquals(row.words(), firstSentence(text), row.name());
      seen++;
    }
    assertTrue(seen > 10, seen + " packages found in " + SOURCES);
  }

  private static List<Path> foldersWithCode() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .sorted()
          .toList();
    }
  }

  /** What stands before the first full stop that ends a word, without Javadoc marks, in lower case. */
  private static String firstSentence(String packageInfo) {
    int begin = packageInfo.indexOf("/**") + 3;
    String text =
        packageInfo
            .substring(begin, packageInfo.indexOf("*/", begin))
            .replaceAll("(?m)^ \\* ?", "")
            .replaceAll("\\{@\\w+ #?([^}]*)}", "$1");
    return ImportTable.plain(text.strip().split("\\.(\\s|$)", 2)[0]);
  }

  @Test
  void nothingIsPrintedAndNothingExits() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
    check(noClasses().should().callMethod(System.class, "exit", int.class));
    check(noClasses().should().callMethod(Runtime.class, "exit", int.class));
    check(noClasses().should().callMethod(Runtime.class, "halt", int.class));
  }

  @Test
  void nothingIsSerializedByJava() {
    check(noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class));
    check(noClasses().should().dependOnClassesThat().areAssignableTo(ObjectOutputStream.class));
  }

  @Test
  void theNetworkIsNotUsed() {
    check(noClasses().should().dependOnClassesThat().resideInAPackage("java.net.."));
  }

  /** That constructor of OpenNLP downloads its model. */
  @Test
  void noModelIsDownloaded() {
    check(noClasses().should().callConstructor(TokenizerME.class, String.class));
  }

  @Test
  void aRuleThatLooksAtNothingFails() {
    JavaClasses nothing = new ClassFileImporter().importPath("target/no-such-folder");
    ArchRule rule = noClasses().should().callMethod(System.class, "exit", int.class);
    assertThrows(AssertionError.class, () -> rule.check(nothing));
  }

  private static void check(ArchRule rule) {
    rule.check(CORE);
  }
}
