package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.boards.BoardException;
import hospes.boards.VirtSpec;
import hospes.boards.VirtSpec.Firmware;
import hospes.machine.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunCommandTest {
  @TempDir private Path folder;
  private String kernel = "";

  @BeforeEach
  void writeKernel() throws IOException {
    kernel = file("kernel", linuxImage()).toString();
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] linuxImage() {
    byte[] image = new byte[0x1000];
    byte[] magic = "RSC\u0005".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(magic, 0, image, 0x38, magic.length);
    return image;
  }

  private Shell shell() {
    return new Shell(folder);
  }

  private static void assertRefused(String expected, Shell.Result result) {
    assertEquals(ExitCode.FAILURE, result.exitCode(), result.err());
    assertTrue(result.err().contains(expected), result.err());
    assertFalse(result.err().contains("\tat "), "a stack trace: " + result.err());
  }

  @Test
  void aPipedScriptReachesTheGuestAndItsExitCodeIsOurs() {
    Shell.Result result = shell().typing("echo 7").run("run", "--kernel", kernel);
    assertEquals(7, result.exitCode());
    assertEquals("hello from the guest\nECHO ", result.guest());
  }

  @Test
  void withNoInputTheGuestReadsNothing() {
    Shell.Result result =
        shell().typing("7").run("run", "--kernel", kernel, "--no-input", "--timeout", "50ms");
    assertEquals(ExitCode.LIMIT, result.exitCode());
  }

  @Test
  void theTimeoutExitsWith124AndSaysSo() {
    Shell.Result result = shell().run("run", "--kernel", kernel, "--timeout", "50ms");
    assertEquals(ExitCode.LIMIT, result.exitCode());
    assertTrue(result.err().contains("--timeout"), result.err());
  }

  @Test
  void statisticsGoToStandardErrorAndCountExactly() {
    Shell.Result result =
        shell().run("run", "--kernel", kernel, "--max-instructions", "1234567", "--stats");
    assertEquals(ExitCode.LIMIT, result.exitCode());
    List<String> lines = result.err().lines().filter(line -> !line.startsWith("hospes:")).toList();
    assertEquals("instructions: 1234567", lines.get(0));
    assertTrue(lines.get(1).matches("state: [0-9a-f]{64}"), lines.get(1));
    assertTrue(lines.get(2).matches("mips: [0-9]+\\.[0-9]"), lines.get(2));
    assertTrue(lines.get(3).matches("wall: [0-9]+\\.[0-9]{3} s"), lines.get(3));
    assertEquals("hello from the guest\n", result.guest());
  }

  @Test
  void aStuckGuestAndOneThatCannotBeBuiltAreErrors() {
    assertRefused("stuck: it said so", shell().typing("!").run("run", "--kernel", kernel));
    Shell refusing =
        shell()
            .with(
                spec -> {
                  throw new BoardException("the kernel is larger than memory");
                });
    assertRefused("the kernel is larger than memory", refusing.run("run", "--kernel", kernel));
  }

  @Test
  void aBugIsOneLineUnlessTheUserAsksForMore() {
    Function<VirtSpec, Machine> broken =
        spec -> {
          throw new IllegalStateException("a bug");
        };
    assertRefused("internal error", shell().with(broken).run("run", "--kernel", kernel));
    Shell.Result debugged =
        shell().with(broken).setting("HOSPES_DEBUG", "1").run("run", "--kernel", kernel);
    assertTrue(debugged.err().contains("\tat "), debugged.err());
  }

  @Test
  void optionsReachTheMachine() throws IOException {
    List<VirtSpec> specs = new ArrayList<>();
    Path disk = file("disk", new byte[1024]);
    byte[] initrd = {1, 2, 3};
    byte[] firmware = {4, 5, 6};
    Shell.Result result =
        shell()
            .typing("0")
            .with(
                spec -> {
                  specs.add(spec);
                  return new FakeGuest(spec);
                })
            .run(
                "run",
                "--kernel",
                kernel,
                "--initrd",
                file("initrd", initrd).toString(),
                "--bios",
                file("bios", firmware).toString(),
                "--append",
                "console=ttyS0 quiet",
                "--memory",
                "64M",
                "--harts",
                "4",
                "--drive",
                disk + ",readonly");

    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    VirtSpec spec = specs.getFirst();
    assertEquals(64 << 20, spec.memoryBytes());
    assertEquals(4, spec.harts());
    assertEquals("console=ttyS0 quiet", spec.commandLine());
    assertArrayEquals(initrd, spec.initrd().orElseThrow());
    assertArrayEquals(linuxImage(), spec.kernel().orElseThrow());
    assertArrayEquals(firmware, assertInstanceOf(Firmware.File.class, spec.firmware()).content());
    assertEquals(1, spec.drives().size());
    assertTrue(spec.drives().getFirst().isReadOnly());
  }

  @Test
  void aFileIsGuessedAndTheGuessIsTold() throws IOException {
    List<Firmware> firmware = new ArrayList<>();
    Shell shell =
        shell()
            .typing("0")
            .with(
                spec -> {
                  firmware.add(spec.firmware());
                  return new FakeGuest(spec);
                });
    Shell.Result result = shell.run("run", kernel);
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    assertTrue(result.err().contains("is a raw Linux Image"), result.err());
    assertInstanceOf(Firmware.BuiltIn.class, firmware.getFirst());
  }

  @Test
  void whatCannotRunIsNamedForWhatItIs() throws IOException {
    byte[] gzip = {0x1f, (byte) 0x8b, 8, 0};
    byte[] truncated = "\u007fELF".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused("gunzip", shell().run("run", file("a", gzip).toString()));
    assertRefused("truncated", shell().run("run", file("b", truncated).toString()));
    assertRefused("is empty", shell().run("run", file("c", new byte[0]).toString()));
    assertRefused("neither an ELF", shell().run("run", file("d", new byte[100]).toString()));
    assertRefused("neither an image nor a file", shell().run("run", "debain"));
    assertRefused("directory", shell().run("run", folder.toString()));
  }

  @Test
  void filesThatCannotBeReadAreNamedWithTheirRole() {
    String missing = folder.resolve("missing").toString();
    for (String role : new String[] {"kernel", "initrd", "dtb", "bios"}) {
      String name =
          switch (role) {
            case "dtb" -> "device tree";
            case "bios" -> "firmware";
            default -> role;
          };
      String[] arguments =
          role.equals("kernel")
              ? new String[] {"run", "--kernel", missing}
              : new String[] {"run", "--kernel", kernel, "--" + role, missing};
      assertRefused(name + " " + missing + " does not exist", shell().run(arguments));
    }
  }

  @Test
  void drivesThatCannotBeUsedAreRefusedBeforeTheGuestStarts() throws IOException {
    Path odd = file("odd", new byte[1000]);
    Shell.Result result = shell().run("run", "--kernel", kernel, "--drive", odd.toString());
    assertRefused("not a multiple of 512", result);
    assertEquals("", result.guest());
    assertRefused(
        "does not exist",
        shell().run("run", "--kernel", kernel, "--drive", folder.resolve("none").toString()));
    Path good = file("good", new byte[512]);
    assertRefused(
        "in use by another guest; end that one, or give each guest its own copy, for example as %s,snapshot"
            .formatted(good),
        shell().run("run", "--kernel", kernel, "--drive", good.toString(), "--drive", good + ""));
  }

  @Test
  void theDeviceTreeIsWrittenWithoutAnyGuest() throws IOException {
    Path tree = folder.resolve("virt.dtb");
    Shell.Result result =
        shell().run("run", "--dump-dtb", tree.toString(), "--harts", "2", "--memory", "64M");
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    String text = Files.readString(tree, StandardCharsets.ISO_8859_1);
    assertTrue(text.startsWith("\u00d0\r\u00fe\u00ed"), "not a device tree");
    assertTrue(text.contains("cpu@1") && !text.contains("cpu@2"), "not two harts");
    assertRefused(
        "cannot write",
        shell().run("run", "--dump-dtb", folder.resolve("none/virt.dtb").toString()));
  }

  @Test
  void aVirtualRunRepeatsWithTheSameStateAndOutput() {
    String[] arguments = {"run", "--kernel", kernel, "--clock", "virtual", "--stats"};
    Shell.Result first = shell().typing("some input 3").run(arguments);
    Shell.Result second = shell().typing("some input 3").run(arguments);
    assertEquals(3, first.exitCode());
    assertEquals(first.guest(), second.guest());
    assertEquals(measured(first), measured(second));
  }

  private static String measured(Shell.Result result) {
    return result
        .err()
        .lines()
        .filter(line -> line.startsWith("instructions:") || line.startsWith("state:"))
        .map(line -> line.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("\n"));
  }
}
