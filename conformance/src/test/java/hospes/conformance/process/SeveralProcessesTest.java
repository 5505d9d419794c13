package hospes.conformance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.conformance.process.HospesProcess.Result;
import hospes.host.HostException;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands find guests in other processes, and only those of their user.
@Timeout(300)
final class SeveralProcessesTest {
  private static final Path NOTHING = Path.of("/dev/null");
  private static final String NOBODY = "65534";

  @TempDir private Path folder;
  private Path runtime = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    runtime = Files.createDirectory(folder.resolve("runtime"));
  }

  /// A test that fails leaves no guest behind.
  @AfterEach
  void endAll() {
    for (String name : guests().living()) {
      try (QmpClient client = QmpClient.connect(guests(), name)) {
        client.execute("quit", Json.object());
      } catch (HostException gone) {
        // by itself
      }
    }
  }

  private RuntimeFolder guests() {
    return RuntimeFolder.of(Map.of("XDG_RUNTIME_DIR", runtime.toString()));
  }

  private String hospes(String... arguments) throws IOException, InterruptedException {
    Result result = HospesProcess.run(runtime, arguments);
    assertEquals(0, result.exitCode(), () -> String.join(" ", arguments) + ": " + result.errors());
    return result.output();
  }

  @Test
  void aDetachedGuestIsListedAttachedReadAndKilled() throws Exception {
    assertEquals("w\n", hospes("run", "hello", "--detach", "--name", "w"));
    assertTrue(hospes("ps").contains("\nw "));
    Path keys = Files.writeString(folder.resolve("keys"), "fib 20\rpoweroff\r");
    String fork = hospes("fork", "w").strip();
    Result attached = HospesProcess.run(runtime, keys, "attach", "w");
    assertEquals(0, attached.exitCode(), attached.errors());
    assertTrue(attached.output().contains("6765"), attached.output());
    assertTrue(hospes("logs", "w").contains("6765"));
    assertFalse(hospes("logs", fork).contains("6765"));
    hospes("kill", fork);
    String all = hospes("ps", "-a");
    assertTrue(all.contains("powered off, exit code 0"), all);
    assertTrue(all.contains("killed"), all);
    assertEquals(List.of(), guests().living());
    Result gone = HospesProcess.run(runtime, "attach", "w");
    assertEquals(125, gone.exitCode());
    assertTrue(gone.errors().contains("no guest named w"), gone.errors());
  }

  @Test
  void guestsThatStartAtTheSameMomentHaveNamesOfTheirOwn() throws Exception {
    List<HospesProcess> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(new HospesProcess(runtime, NOTHING, "run", "hello", "--detach"));
    }
    List<String> names = new ArrayList<>();
    for (HospesProcess start : starts) {
      try (start) {
        Result result = start.await();
        assertEquals(0, result.exitCode(), result.errors());
        names.add(result.output().strip());
      }
    }
    names.sort(null);
    assertEquals(List.of("hello", "hello-1", "hello-2", "hello-3"), names);
    assertEquals(names, guests().living());
  }

  @Test
  void aGuestGoesOnInAnotherProcessAsIfNothingHadHappened() throws Exception {
    Path program = DiskWriter.program(folder);
    List<String> states = new ArrayList<>();
    for (String name : List.of("whole", "saved")) {
      Path disk = DiskWriter.disk(Files.createDirectory(folder.resolve(name))).toAbsolutePath();
      String[] run = {
        "run",
        program.toString(),
        "--name",
        name,
        "--memory",
        "16M",
        "--clock",
        "virtual",
        "--max-instructions",
        "400000000",
        "--drive",
        disk.toString(),
        "--stats"
      };
      if (name.equals("whole")) {
        Result result = HospesProcess.run(runtime, run);
        assertEquals(124, result.exitCode(), result.errors());
        states.add(state(result));
        assertEquals("", DiskWriter.problem(Files.readAllBytes(disk)));
      } else {
        String snapshot = folder.resolve("w.snapshot").toString();
        try (HospesProcess host = new HospesProcess(runtime, NOTHING, run);
            QmpClient client = connected(host, name)) {
          client.execute("x-hospes-snapshot", Json.object().put("file", snapshot));
          host.kill();
        }
        Result restored = HospesProcess.run(runtime, "restore", snapshot, "--stats");
        assertEquals(124, restored.exitCode(), restored.errors());
        assertTrue(restored.errors().contains("disk.img.fork-1.qcow2"), restored.errors());
        states.add(state(restored));
      }
    }
    assertEquals(states.get(0), states.get(1));
    compare("whole/disk.img", "raw", "saved/disk.img.fork-1.qcow2");
  }

  private QmpClient connected(HospesProcess host, String name)
      throws IOException, InterruptedException {
    host.awaitLine("ready");
    return QmpClient.connect(guests(), name);
  }

  private static String state(Result result) {
    return result
        .errors()
        .lines()
        .filter(line -> line.startsWith("state: "))
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.errors()));
  }

  private void compare(String one, String format, String other) throws Exception {
    assertEquals(0, shell("qemu-img", "compare", "-f", format, "-F", "qcow2", one, other));
  }

  private int shell(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("tool.txt").toFile())
        .start()
        .waitFor();
  }

  @Test
  void nobodyElseReachesAGuest() throws Exception {
    // That nobody may enter the test's own folder would prove nothing.
    Set<PosixFilePermission> open = PosixFilePermissions.fromString("rwxr-xr-x");
    Files.setPosixFilePermissions(folder, open);
    Files.setPosixFilePermissions(runtime, open);
    assertEquals("w\n", hospes("run", "hello", "--detach", "--name", "w"));
    Path socket = guests().socket("w");
    assertEquals("rwx------", permissions(runtime.resolve("hospes")));
    assertEquals("rw-------", permissions(socket));
    String[] connect = {
      "perl",
      "-MSocket",
      "-e",
      "socket(S, AF_UNIX, SOCK_STREAM, 0) or die; exit(connect(S, sockaddr_un($ARGV[0])) ? 0 : 9)",
      socket.toString()
    };
    assertEquals(0, shell(connect), "we ourselves connect");
    if (isRoot()) {
      List<String> asNobody =
          new ArrayList<>(
              List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
      asNobody.addAll(List.of(connect));
      assertEquals(9, shell(asNobody.toArray(String[]::new)), "another user is refused");
      List<String> entering = new ArrayList<>(asNobody.subList(0, 5));
      entering.addAll(List.of("test", "-r", runtime.toString()));
      assertEquals(0, shell(entering.toArray(String[]::new)), "it is the folder that refuses");
    }
    hospes("rm", "--force", "w");
    assertEquals(List.of(), guests().ended());
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  @Test
  void whatAKilledHostLeavesIsSeenAndRemoved() throws Exception {
    Path disk = DiskWriter.disk(folder);
    String program = DiskWriter.program(folder).toString();
    String fork;
    try (HospesProcess host =
            new HospesProcess(
                runtime, NOTHING, "run", program, "--name", "w", "--drive", disk.toString());
        QmpClient client = connected(host, "w")) {
      fork = client.execute("x-hospes-fork", Json.object()).path("names").path(0).asText();
      host.kill();
    }
    assertTrue(Files.exists(guests().socket("w")), "a stale socket");
    String listed = hospes("ps", "-a");
    assertFalse(Files.exists(guests().socket("w")));
    assertTrue(listed.contains("its host was killed, exit code 137"), listed);
    assertTrue(hospes("inspect", fork).contains("disk.img.fork-1.qcow2"));
    Path own = folder.resolve("disk.img.fork-1.qcow2");
    assertTrue(Files.exists(own));
    assertEquals(own + "\n", hospes("rm", "--keep-drives", fork));
    assertTrue(Files.exists(own));
    hospes("rm", "w");
    assertEquals(125, HospesProcess.run(runtime, "rm", fork).exitCode());
    int checked = shell("qemu-img", "check", "-f", "qcow2", own.toString());
    assertTrue(checked == 0 || checked == 3, "3: clusters that nobody uses; but " + checked);
  }
}
