package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.bench.GuestProgram.Target;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

final class BenchTest {
  @TempDir private Path empty;

  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    CommandLine bench =
        Bench.commandLine(new Workbench(empty, new Tools(empty.toString()), nowhere, nowhere));
    bench.setErr(new PrintWriter(errors));
    return bench.execute(arguments);
  }

  @Test
  void withoutQemuTheUserLearnsWhichPackageHasIt() {
    assertEquals(125, run("boot"));
    assertTrue(errors.toString().contains("apt-get install qemu-system-misc"), errors.toString());
  }

  @Test
  void withoutACompilerTheUserLearnsWhichPackageHasIt() {
    assertEquals(125, run("compute"));
    assertTrue(
        errors.toString().contains("apt-get install gcc-riscv64-linux-gnu"), errors.toString());
  }

  @Test
  void anUnknownProgramIsAnsweredWithTheKnownOnes() {
    assertEquals(125, run("compute", "fib"));
    assertTrue(errors.toString().contains("no program fib"), errors.toString());
    assertTrue(errors.toString().contains("pointer-chase"), errors.toString());
  }

  @Test
  void theShellScriptDoesNotRunOnTheBareBoard() {
    assertEquals(125, run("bare", "shell"));
    assertTrue(errors.toString().contains("no program shell"), errors.toString());
  }

  @Test
  void everyProgramHasWorkToDoOnEachOfItsTargets() {
    for (Target target : Target.values()) {
      for (GuestProgram program : GuestProgram.all(target)) {
        assertTrue(program.rounds(target, 1) > 1, program + " on " + target);
        assertEquals(1, program.rounds(target, 1e-9));
      }
    }
  }

  @Test
  void aChartOfOneEmulatorIsRefusedBeforeAnythingIsMeasured() {
    assertEquals(125, run("boot", "--no-qemu", "--chart", "chart.svg"));
    assertTrue(errors.toString().contains("--chart compares"), errors.toString());
  }

  @Test
  void theRecipeOfTheSystemdDiskIsWhereItIsExpected() {
    for (String script : SystemdDisk.SCRIPTS) {
      Path file = Path.of("..").resolve(SystemdDisk.RECIPE).resolve(script);
      assertTrue(Files.exists(file), file.toString());
    }
  }

  @Test
  void aResultThatIsNoneIsRefused() throws Exception {
    Path file = Files.writeString(empty.resolve("result.json"), "{}");
    assertEquals(125, run("show", file + ".gone"));
    assertEquals(125, run("show", file.toString()));
    assertTrue(errors.toString().contains("cannot read"), errors.toString());
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertEquals(125, run("boot", "--rounds", "0"));
    assertEquals(125, run("boot", "--harts", "9"));
    assertEquals(125, run("compute", "--scale", "0"));
    assertEquals(125, run("compute", "--scale", "NaN"));
    assertEquals(125, run("compute", "--runs", "1"));
    assertEquals(125, run("bare", "--scale", "-1"));
    assertEquals(2, run("boot", "--rounds", "many"));
  }

  @Test
  void aFolderThatIsNoCheckoutCannotBeMeasured() throws Exception {
    Files.createFile(empty.resolve("qemu-system-riscv64")).toFile().setExecutable(true);
    assertEquals(125, run("boot", "--against", "old=" + empty));
    assertTrue(errors.toString().contains("is no checkout of Hospes"), errors.toString());
  }

  @Test
  void aProgramThatIsNoFileToExecuteIsNotFound() throws Exception {
    Files.createFile(empty.resolve("riscv64-linux-gnu-gcc"));
    assertThrows(BenchFailure.class, () -> new Tools(empty.toString()).compiler());
  }

  @ParameterizedTest
  @EnumSource(GuestProgram.class)
  void everyProgramHasItsSource(GuestProgram program) {
    assertTrue(Files.exists(Path.of("src/main/guest", program.source())), program.toString());
  }

  @Test
  void theProcessorsModelAndTheLoadAreReadFromLinux() {
    assertEquals("A B", HostFacts.cpu("processor\t: 0\nmodel name\t: A B\nmodel name\t: C\n"));
    assertEquals("unknown", HostFacts.cpu(""));
    assertEquals("0.52", HostFacts.load("0.52 0.58 0.59 1/467 12345\n"));
    assertEquals("unknown", HostFacts.load(""));
  }
}
