package hospes.conformance.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import hospes.memory.SwapFile;
import hospes.riscv.AssembleFiles;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The floors of the house: arrows point down only, and below the host floor there is no clock, no
/// entropy, no thread, no file and no socket (DESIGN.md, house plan, laws 2 and 9).
final class ModuleFloorsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("hospes");

  /// Each module with those that it may use, lowest first.
  private static final Map<String, List<String>> FLOORS = floors();

  private static Map<String, List<String>> floors() {
    Map<String, List<String>> floors = new LinkedHashMap<>();
    floors.put("formats", List.of());
    floors.put("memory", List.of());
    floors.put("machine", List.of());
    floors.put("storage", List.of("machine", "formats"));
    floors.put("engine", List.of("machine", "memory"));
    floors.put("guests", List.of("engine", "machine", "memory"));
    floors.put("devices", List.of("machine", "memory", "formats"));
    floors.put("riscv", List.of("engine", "machine", "memory", "formats"));
    floors.put(
        "virt", List.of("guests", "riscv", "devices", "engine", "machine", "memory", "formats"));
    floors.put("zmachine", List.of("guests", "engine", "machine", "memory", "formats"));
    floors.put("testkit", List.of("guests", "machine", "memory"));
    floors.put("images", List.of("storage", "formats"));
    floors.put(
        "host", List.of("guests", "images", "engine", "storage", "machine", "memory", "formats"));
    floors.put(
        "cli",
        List.of("host", "guests", "images", "engine", "storage", "machine", "memory", "formats"));
    return floors;
  }

  /// What a machine is made of.
  private static final String[] BELOW_THE_HOST =
      Stream.of(
              "formats",
              "memory",
              "machine",
              "engine",
              "guests",
              "devices",
              "riscv",
              "virt",
              "zmachine")
          .map(ModuleFloorsTest::packages)
          .toArray(String[]::new);

  private static String packages(String module) {
    return "hospes." + module + "..";
  }

  @Test
  void modulesUseOnlyTheFloorsBelowThem() {
    Architectures.LayeredArchitecture house =
        layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String module : FLOORS.keySet()) {
      house = house.layer(module).definedBy(packages(module));
    }
    for (Map.Entry<String, List<String>> floor : FLOORS.entrySet()) {
      Architectures.LayeredArchitecture.LayerDependencySpecification layer =
          house.whereLayer(floor.getKey());
      house =
          floor.getValue().isEmpty()
              ? layer.mayNotAccessAnyLayer()
              : layer.mayOnlyAccessLayers(floor.getValue().toArray(String[]::new));
    }
    house.check(CLASSES);
  }

  @Test
  void everyModuleStandsOnAFloor() {
    Set<String> modules =
        CLASSES.stream()
            .map(each -> each.getPackageName().split("\\.", -1)[1])
            .collect(Collectors.toCollection(TreeSet::new));
    modules.remove("conformance");
    assertEquals(new TreeSet<>(FLOORS.keySet()), modules);
  }

  /// Each package by itself, but for those of the engine: its translator is to be split from it.
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass each) {
          String name = each.getPackageName();
          return SliceIdentifier.of(name.startsWith("hospes.engine") ? "hospes.engine" : name);
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void belowTheHostThereIsNoFileAndNoSocket() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(BELOW_THE_HOST)
        .and(not(belongToAnyOf(AssembleFiles.class))) // a tool of the build
        .and(not(belongToAnyOf(SwapFile.class))) // behind frames, where the host says
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
        .orShould()
        .dependOnClassesThat(
            belongToAnyOf(
                File.class,
                FileInputStream.class,
                FileOutputStream.class,
                FileReader.class,
                FileWriter.class,
                RandomAccessFile.class))
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
