package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.testkit.toy.Toy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunCommandTest {
  @TempDir private Path folder;
  private String kernel = "";
  private String program = "";

  @BeforeEach
  void writeFiles() throws IOException {
    kernel = file("kernel", linuxImage()).toString();
    program = file("program", Toy.file(echo("poll r0\n jumpif r0, 0, again"))).toString();
  }

  /// Greets, echoes its input, and switches off with the exit code that a digit names; `!` makes it
  /// stuck, `?` shows a bug of its machine.
  ///
  /// @param reading how it waits for a byte
  private static String echo(String reading) {
    return """
               say "hello from the guest\\n"
        again: %s
               jumpif r0, '0', digit
               jumpif r0, '3', digit
               jumpif r0, '7', digit
               jumpif r0, '!', stuck
               jumpif r0, '?', bug
               print r0
               jump again
        digit: set r1, 208
               add r0, r1
               off r0
        bug:   bug
        stuck:
        """
        .formatted(reading);
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
    Shell.Result result = shell().typing("echo 7").run("run", program);
    assertEquals(7, result.exitCode());
    assertEquals("hello from the guest\necho ", result.guest());
  }

  @Test
  void withNoInputTheGuestReadsNothing() {
    Shell.Result result =
        shell().typing("7").run("run", program, "--no-input", "--timeout", "50ms");
    assertEquals(ExitCode.LIMIT, result.exitCode());
  }

  @Test
  void theTimeoutExitsWith124AndSaysSo() {
    Shell.Result result = shell().run("run", program, "--timeout", "50ms");
    assertEquals(ExitCode.LIMIT, result.exitCode());
    assertTrue(result.err().contains("--timeout"), result.err());
  }

  @Test
  void statisticsGoToStandardErrorAndCountExactly() {
    Shell.Result result = shell().run("run", program, "--max-instructions", "1234567", "--stats");
    assertEquals(ExitCode.LIMIT, result.exitCode());
    List<String> lines = result.err().lines().filter(line -> !line.startsWith("hospes:")).toList();
    assertEquals("instructions: 1234567", lines.get(0));
    assertTrue(lines.get(1).matches("state: [0-9a-f]{64}"), lines.get(1));
    assertTrue(lines.get(2).matches("mips: [0-9]+\\.[0-9]"), lines.get(2));
    assertTrue(lines.get(3).matches("wall: [0-9]+\\.[0-9]{3} s"), lines.get(3));
    assertEquals("hello from the guest\n", result.guest());
  }

  @Test
  void aStuckGuestAndOneThatCannotBeBuiltAreErrors() throws IOException {
    assertRefused("stuck: there is no instruction", shell().typing("!").run("run", program));
    String large = file("large", Toy.file("work 1\n".repeat(1000))).toString();
    assertRefused(
        "large is larger than the toy's memory; give it more --pages", shell().run("run", large));
    Shell.Result fits = shell().run("run", large, "--pages", "2");
    assertRefused("stuck", fits);
  }

  @Test
  void aBugIsOneLineUnlessTheUserAsksForMore() {
    assertRefused("internal error", shell().typing("?").run("run", program));
    Shell.Result debugged = shell().typing("?").setting("HOSPES_DEBUG", "1").run("run", program);
    assertTrue(debugged.err().contains("\tat "), debugged.err());
  }

  @Test
  void optionsReachTheMachine() throws Exception {
    Path disk = file("disk", new byte[1024]);
    byte[] initrd = {1, 2, 3};
    byte[] firmware = {4, 5, 6};
    Plan plan =
        CommandPlan.of(
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
            disk + ",readonly",
            "--drive",
            disk.toString());
    assertEquals(64 << 20, plan.number("memory", 0));
    assertEquals(4, plan.number("harts", 0));
    assertEquals("console=ttyS0 quiet", plan.text("append"));
    assertArrayEquals(initrd, plan.file("initrd").orElseThrow().content().bytes());
    assertArrayEquals(linuxImage(), plan.file("kernel").orElseThrow().content().bytes());
    assertArrayEquals(firmware, plan.file("bios").orElseThrow().content().bytes());
    assertEquals(
        List.of(
            new Value.Disk(disk.toString(), List.of("readonly")),
            new Value.Disk(disk.toString(), List.of())),
        plan.all("drive"));
    assertEquals("none", CommandPlan.of("--kernel", kernel, "--bios", "none").text("bios"));
    assertFalse(CommandPlan.of("--kernel", kernel).has("bios"));
  }

  @Test
  void whatIsSaidGoesBeforeWhatAFileStandsForAndTextIsAdded() throws Exception {
    Plan toy = CommandPlan.of(program, "--pages", "3", "--deaf");
    assertEquals(3, toy.number("pages", 0));
    assertTrue(toy.has("deaf"));
    assertEquals("program", toy.file("program").orElseThrow().name());
    assertEquals(toy.kind(), CommandPlan.of("--program", program).kind());
    assertEquals("virt", CommandPlan.of(kernel, "--append", "quiet").kind().name());
    assertEquals("quiet", CommandPlan.of(kernel, "--append", "quiet").text("append"));
  }

  @Test
  void aFileIsGuessedAndTheGuessIsTold() throws Exception {
    Path tree = folder.resolve("tree");
    Shell.Result result = shell().run("run", kernel, "--dump-dtb", tree.toString());
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    assertTrue(result.err().contains("is a raw Linux Image"), result.err());
    assertFalse(CommandPlan.of(kernel).has("bios"), "without firmware of its own");
    Shell.Result toy = shell().typing("0").run("run", program);
    assertEquals(ExitCode.SUCCESS, toy.exitCode(), toy.err());
    assertTrue(toy.err().contains("is a program for a toy machine"), toy.err());
  }

  @Test
  void whatCannotRunIsNamedForWhatItIs() throws IOException {
    byte[] gzip = {0x1f, (byte) 0x8b, 8, 0};
    byte[] truncated = "\u007fELF".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused("gunzip", shell().run("run", file("a", gzip).toString()));
    assertRefused("truncated", shell().run("run", file("b", truncated).toString()));
    assertRefused("is empty", shell().run("run", file("c", new byte[0]).toString()));
    assertRefused(
        "is nothing that Hospes can run", shell().run("run", file("d", new byte[100]).toString()));
    assertRefused("neither an image nor a file", shell().run("run", "debain"));
    assertRefused("is a folder", shell().run("run", folder.toString()));
  }

  @Test
  void filesThatCannotBeReadAreNamedWithTheirRole() {
    String missing = folder.resolve("missing").toString();
    for (String role : new String[] {"kernel", "initrd", "dtb", "bios"}) {
      String[] arguments =
          role.equals("kernel")
              ? new String[] {"run", "--kernel", missing}
              : new String[] {"run", "--kernel", kernel, "--" + role, missing};
      assertRefused(role + " " + missing + " does not exist", shell().run(arguments));
    }
  }

  @Test
  void partsThatNeedOthersSayWhich() throws IOException {
    String part = file("part", new byte[8]).toString();
    assertRefused("give --kernel", shell().run("run", "--bios", "none"));
    assertRefused("give --kernel", shell().run("run", "--initrd", part, "--bios", "none"));
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
  void aVirtualRunRepeatsWithTheSameStateAndOutput() throws IOException {
    String waiting = file("waiting", Toy.file(echo("read r0"))).toString();
    String[] arguments = {"run", waiting, "--clock", "virtual", "--stats"};
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
