package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `./hospes` and `./verify` do where something that they need is missing.
@Timeout(120)
class InstallTest {
  private static final int LACKING = 125;
  private static final String CTRL_C = "\u0003";
  private static final String UPDATE =
      "apt-get -q -o DPkg::Lock::Timeout=300 update, frontend noninteractive";
  private static final String DEBIAN_12 =
      "ID=debian\nPRETTY_NAME='Debian GNU/Linux 12 (bookworm)'\n";
  private static final String BUILD =
      "mvn -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package";

  @TempDir private Path folder;
  private FreshMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new FreshMachine(folder.toRealPath());
  }

  private static String install(String packages) {
    return "apt-get -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends %s, frontend noninteractive"
        .formatted(packages);
  }

  private FreshMachine.Result hospes(String... arguments) throws Exception {
    return machine.run("typed for the guest", "hospes", arguments);
  }

  private FreshMachine.Result verify(String... arguments) throws Exception {
    return machine.run("", "verify", arguments);
  }

  private static void assertLacking(FreshMachine.Result result, String... said) {
    assertEquals(LACKING, result.exitCode(), result.errors());
    assertEquals("", result.output());
    assertTrue(result.errors().startsWith("hospes: "), result.errors());
    for (String text : said) {
      assertTrue(result.errors().contains(text), result.errors());
    }
  }

  @Test
  void inAPipeWhatIsMissingIsNamedAndNothingIsInstalled() throws Exception {
    assertLacking(
        hospes("run", "hello"),
        "needs a JDK 25 or later, Apache Maven;",
        "\n  apt-get update && apt-get install --no-install-recommends"
            + " openjdk-25-jdk-headless maven\n",
        "\n  ./hospes --install\n");
    assertEquals(List.of(), machine.log());
  }

  @Test
  void whatIsMissingIsInstalledAndTheGuestGetsItsInputAndOutputToItself() throws Exception {
    FreshMachine.Result result = hospes("--install", "run", "hello", "--install");
    assertEquals(0, result.exitCode(), result.errors());
    assertEquals("typed for the guest", result.output());
    assertTrue(result.errors().contains("apt-get speaks"), result.errors());
    assertEquals(
        List.of(
            UPDATE, install("openjdk-25-jdk-headless maven"), BUILD, "hospes  run hello --install"),
        machine.log());

    assertEquals(0, hospes("--install", "ps").exitCode());
    assertEquals(List.of("hospes  ps"), machine.log());
  }

  @Test
  void installAloneBuildsAndStartsNothing() throws Exception {
    machine.has("mvn");
    FreshMachine.Result result = hospes("--install");
    assertEquals(0, result.exitCode(), result.errors());
    assertTrue(result.errors().contains("hospes: ready"), result.errors());
    assertEquals(List.of(UPDATE, install("openjdk-25-jdk-headless"), BUILD), machine.log());
  }

  @Test
  void aUserInstallsThroughSudoOrIsToldWhatRootTypes() throws Exception {
    machine.write("user", "1000\n");
    FreshMachine.Result result = hospes("--install");
    assertLacking(result, "there is no sudo", ", as root, with:\n  apt-get update && apt-get");
    assertEquals(List.of(), machine.log());

    machine.has("sudo");
    assertLacking(hospes(), "  sudo apt-get update && sudo apt-get install");
    assertEquals(0, hospes("--install").exitCode());
    assertEquals(
        List.of("sudo -E", UPDATE, "sudo -E", install("openjdk-25-jdk-headless maven"), BUILD),
        machine.log());
  }

  @Test
  void whereTheDistributionHasNoJdkThatIsSaidAndNothingIsInstalled() throws Exception {
    machine.system(DEBIAN_12).write("archive", "maven\n");
    String[] said = {
      "no package of JDK 25 on Debian GNU/Linux 12 (bookworm)", "adoptium.net", "HOSPES_JAVA_HOME"
    };
    assertLacking(hospes("--install"), said);
    assertEquals(List.of(UPDATE), machine.log());
    FreshMachine.Result later = hospes();
    assertLacking(later, said);
    assertFalse(later.errors().contains("openjdk"), later.errors());
    assertFalse(later.errors().contains("--install\n"), later.errors());

    machine.write("archive", "maven\ntemurin-25-jdk\n");
    assertEquals(0, hospes("--install").exitCode());
    assertEquals(List.of(UPDATE, install("temurin-25-jdk maven"), BUILD), machine.log());
  }

  @Test
  void otherSystemsAreToldWhatToType() throws Exception {
    machine.system("ID=fedora\n");
    assertLacking(
        hospes("--install"),
        "for Debian and Ubuntu only",
        "\n  dnf install java-25-openjdk-devel maven\n");
    assertLacking(verify("--install"), "for Debian and Ubuntu only", "qemu-user", "dnf install");
    machine.system("ID=slackware\n");
    assertLacking(hospes(), "adoptium.net", "maven.apache.org");
    machine.system("ID=pop\nID_LIKE='ubuntu debian'\n");
    assertEquals(0, hospes("--install").exitCode());
    assertEquals(List.of(UPDATE, install("openjdk-25-jdk-headless maven"), BUILD), machine.log());
  }

  @Test
  void aJdkThatTheUserNamesWronglyIsNotReplaced() throws Exception {
    machine.setting("HOSPES_JAVA_HOME=/nowhere");
    assertLacking(hospes("--install"), "HOSPES_JAVA_HOME=/nowhere is no JDK 25");
    assertEquals(List.of(), machine.log());
  }

  @Test
  void whatAptCannotDoEndsTheRun() throws Exception {
    machine.write("no-network", "");
    assertLacking(hospes("--install"), "apt-get update failed");
    assertEquals(List.of(UPDATE), machine.log());
    assertTrue(folder.resolve("no-network").toFile().delete());
    machine.write("during-install", "exit 100");
    assertLacking(hospes("--install"), "could not install openjdk-25-jdk-headless maven");
  }

  @Test
  void theTestsPackagesAreInstalledOnceAndOnlyWhatIsMissing() throws Exception {
    machine.has("mvn").write("installed", "qemu-user\ntmux\n");
    assertLacking(verify(), "a JDK 25 or later, 18 packages for the tests");
    assertEquals(0, verify("--install", "-pl", "formats").exitCode());
    List<String> log = machine.log();
    assertEquals(3, log.size(), log::toString);
    assertEquals(UPDATE, log.get(0));
    assertTrue(log.get(1).contains(" openjdk-25-jdk-headless qemu-system-misc "), log.get(1));
    assertTrue(log.get(1).contains(" frotz "), log.get(1));
    assertFalse(log.get(1).contains(" qemu-user "), log.get(1));
    assertFalse(log.get(1).contains(" tmux"), log.get(1));
    assertEquals("mvn -B verify -pl formats", log.get(2));

    assertEquals(0, verify("--install").exitCode());
    assertEquals(List.of("mvn -B verify"), machine.log());
  }

  @Test
  void aChoiceOfTestsRunsWithoutTheirPackages() throws Exception {
    assertEquals(0, hospes("--install").exitCode());
    machine.log();
    assertLacking(verify(), "needs 20 packages for the tests;", " mandoc\n", "./verify --install");
    assertEquals(List.of(), machine.log());
    FreshMachine.Result result = verify("-pl", "formats");
    assertEquals(0, result.exitCode(), result.errors());
    assertTrue(result.errors().contains("some tests fail: qemu-system-misc "), result.errors());
    assertEquals(List.of("mvn -B verify -pl formats"), machine.log());
  }

  @Test
  void atATerminalItAsksAndOnlyYesInstalls() throws Exception {
    for (String no : List.of("n", "", "nyes")) {
      Process terminal = machine.openTerminal("hospes --install-me-not");
      type(terminal, no + "\n");
      assertTrue(shown(terminal).contains("Install it now? [y/N]"));
      assertEquals(LACKING, FreshMachine.await(terminal), no);
    }
    assertEquals(List.of(), machine.log());
    Process terminal = machine.openTerminal("hospes --version");
    type(terminal, "Yes\n\u0004");
    shown(terminal);
    assertEquals(0, FreshMachine.await(terminal));
    assertEquals(4, machine.log().size());
  }

  @Test
  void inContinuousIntegrationItDoesNotAskEvenAtATerminal() throws Exception {
    Process terminal = machine.setting("CI=true").openTerminal("hospes");
    assertFalse(shown(terminal).contains("now?"));
    assertEquals(LACKING, FreshMachine.await(terminal));
  }

  @Test
  void controlCWaitsForAptToEndAndStartsNothing() throws Exception {
    machine.write(
        "during-install",
        """
        trap 'echo "apt-get ends by itself" >>"$FRESH/log"; exit 100' INT
        mkfifo "$FRESH/never"
        echo unpacking
        cat "$FRESH/never"
        exit 99
        """);
    Process terminal = machine.openTerminal("hospes --install run hello");
    String screen = shownUntil(terminal, "unpacking");
    type(terminal, CTRL_C);
    screen += shown(terminal);
    assertTrue(screen.contains("hospes: interrupted"), screen);
    assertEquals(130, FreshMachine.await(terminal), screen);
    assertEquals(
        List.of(UPDATE, install("openjdk-25-jdk-headless maven"), "apt-get ends by itself"),
        machine.log());
  }

  private static void type(Process terminal, String keys) throws IOException {
    terminal.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
    terminal.getOutputStream().flush();
  }

  private static String shown(Process terminal) throws IOException {
    return new String(terminal.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static String shownUntil(Process terminal, String text) throws IOException {
    InputStream in = terminal.getInputStream();
    StringBuilder screen = new StringBuilder();
    while (screen.indexOf(text) < 0) {
      int next = in.read();
      assertTrue(next >= 0, screen::toString);
      screen.append((char) next);
    }
    return screen.toString();
  }
}
