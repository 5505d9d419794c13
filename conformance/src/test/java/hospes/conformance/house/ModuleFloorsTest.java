package hospes.conformance.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/// The floors of the house: arrows point down only, and below the host floor there is no clock, no
/// entropy and no thread (DESIGN.md, house plan and law 2).
final class ModuleFloorsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("hospes");

  private static final String[] BELOW_THE_HOST = {
    "hospes.formats..",
    "hospes.memory..",
    "hospes.machine..",
    "hospes.engine..",
    "hospes.devices..",
    "hospes.riscv..",
    "hospes.virt..",
    "hospes.zmachine.."
  };

  @Test
  void modulesUseOnlyTheFloorsBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("formats")
        .definedBy("hospes.formats..")
        .layer("memory")
        .definedBy("hospes.memory..")
        .layer("machine")
        .definedBy("hospes.machine..")
        .layer("storage")
        .definedBy("hospes.storage..")
        .layer("engine")
        .definedBy("hospes.engine..")
        .layer("devices")
        .definedBy("hospes.devices..")
        .layer("riscv")
        .definedBy("hospes.riscv..")
        .layer("virt")
        .definedBy("hospes.virt..")
        .layer("zmachine")
        .definedBy("hospes.zmachine..")
        .layer("images")
        .definedBy("hospes.images..")
        .layer("host")
        .definedBy("hospes.host..")
        .layer("cli")
        .definedBy("hospes.cli..")
        .whereLayer("memory")
        .mayNotAccessAnyLayer()
        .whereLayer("formats")
        .mayNotAccessAnyLayer()
        .whereLayer("machine")
        .mayNotAccessAnyLayer()
        .whereLayer("storage")
        .mayOnlyAccessLayers("machine", "formats")
        .whereLayer("engine")
        .mayOnlyAccessLayers("machine", "memory")
        .whereLayer("devices")
        .mayOnlyAccessLayers("machine", "memory")
        .whereLayer("riscv")
        .mayOnlyAccessLayers("engine", "machine", "memory", "formats")
        .whereLayer("virt")
        .mayOnlyAccessLayers("riscv", "devices", "engine", "machine", "memory", "formats")
        .whereLayer("zmachine")
        .mayOnlyAccessLayers("engine", "machine", "memory", "formats")
        .whereLayer("images")
        .mayOnlyAccessLayers("formats")
        .whereLayer("host")
        .mayOnlyAccessLayers(
            "zmachine", "images", "engine", "storage", "machine", "memory", "formats")
        .check(CLASSES);
  }

  @Test
  void theEngineKnowsNoArchitecture() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("hospes.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "hospes.riscv..", "hospes.virt..", "hospes.devices..", "hospes.zmachine..")
        .check(CLASSES);
  }

  @Test
  void belowTheHostThereIsNoClock() {
    List<ArchRule> rules =
        List.of(
            ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(BELOW_THE_HOST)
                .should()
                .callMethod(System.class, "nanoTime"),
            ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(BELOW_THE_HOST)
                .should()
                .callMethod(System.class, "currentTimeMillis"),
            ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(BELOW_THE_HOST)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.time.."));
    rules.forEach(rule -> rule.check(CLASSES));
  }

  @Test
  void belowTheHostThereIsNoEntropy() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(BELOW_THE_HOST)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.util.random.RandomGenerator.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.UUID.class)
        .check(CLASSES);
  }

  @Test
  void belowTheHostThereIsNoThread() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(BELOW_THE_HOST)
        .and()
        .resideOutsideOfPackage("hospes.engine..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .check(CLASSES);
  }

  /// The host's threads may translate for it, and guests on several threads share translations.
  @Test
  void theEngineMakesNoThreadAndWaitsForNone() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("hospes.engine..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat(
            resideInAPackage("java.util.concurrent..")
                .and(not(resideInAPackage("java.util.concurrent.atomic")))
                .and(
                    not(
                        belongToAnyOf(
                            Executor.class,
                            RejectedExecutionException.class,
                            ConcurrentHashMap.class,
                            ConcurrentLinkedQueue.class))))
        .check(CLASSES);
  }
}
