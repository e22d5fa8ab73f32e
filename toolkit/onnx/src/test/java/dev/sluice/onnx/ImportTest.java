package dev.sluice.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

/** The module writes graphs and runs none, and like the library it prints nothing and ends no process. */
class ImportTest {
  private static final JavaClasses MAIN = new ClassFileImporter().importPath("target/classes");

  @Test
  void thereAreClassesToLookAt() {
    assertTrue(MAIN.contain(OnnxModel.class.getName()));
  }

  @Test
  void noRuntimeIsNeeded() {
    noClasses().should().dependOnClassesThat().resideInAPackage("ai.onnxruntime..").check(MAIN);
  }

  @Test
  void nothingIsPrintedAndNothingExits() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN);
    noClasses().should().callMethod(System.class, "exit", int.class).check(MAIN);
  }

  /** Training, whole configs and the data of the user are of no concern here. */
  @Test
  void nothingOfTrainingIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.sluice.trainer..", "dev.sluice.optimizer..", "dev.sluice.pipeline..")
        .check(MAIN);
  }
}
