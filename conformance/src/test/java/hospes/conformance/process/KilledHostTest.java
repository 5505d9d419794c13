package hospes.conformance.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.formats.qcow2.Qcow2Image;
import hospes.host.HostException;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import hospes.host.guest.Guest;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.RestoreOptions;
import hospes.host.snapshot.SnapshotFile;
import hospes.storage.Drive;
import hospes.storage.DriveSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that is killed at any moment, while its guest writes to its disk, is forked and is saved,
/// leaves nothing behind over which the next one trips.
final class KilledHostTest {
  @TempDir private Path folder;

  private Path runtime = Path.of("");
  private Path program = Path.of("");
  private Path disk = Path.of("");
  private Path snapshot = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    runtime = Files.createDirectory(folder.resolve("runtime"));
    Path disks = Files.createDirectory(folder.resolve("disks"));
    program = DiskWriter.program(folder);
    disk = DiskWriter.disk(disks);
    snapshot = folder.resolve("w.snapshot");
  }

  @Test
  void nothingIsLeftThatTheNextHostTripsOver() throws Exception {
    rounds(20, new Random(1));
  }

  @Tag("slow")
  @Test
  void nothingIsLeftThatTheNextHostTripsOverHoweverOften() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed of the killed hosts: " + seed);
    rounds(300, new Random(seed));
  }

  private RuntimeFolder guests() {
    return RuntimeFolder.of(Map.of("XDG_RUNTIME_DIR", runtime.toString()));
  }

  private void rounds(int count, Random random) throws Exception {
    for (int round = 0; round < count; round++) {
      try (HospesProcess host = start()) {
        host.awaitLine("ready");
        Thread steering = Thread.ofVirtual().start(() -> steer(random.nextInt(3)));
        host.waitFor(random.nextInt(250));
        host.kill();
        steering.join();
      }
      checkDisks();
      checkSnapshot();
      assertEquals(List.of(), guests().living());
      for (String ended : guests().ended()) {
        removeAsRmDoes(ended);
      }
      try (Stream<Path> left = Files.list(runtime.resolve("hospes"))) {
        assertEquals(
            List.of("names.lock"), // is there as long as the folder is
            left.map(file -> String.valueOf(file.getFileName())).toList(),
            "in the runtime folder");
      }
    }
    byte[] written = content(disk);
    assertTrue(DiskWriter.lastWrite(written) > 0, "something was written");
    // What snapshots needed is given up, and forks that were made when their host was killed; then
    // the disk is one raw file again.
    for (Path file : images()) {
      if (file.toString().contains(".snapshot-")) {
        Files.delete(file);
      } else {
        Drive.removeOwnFile(file);
      }
    }
    Drive.open(DriveSpec.of(disk)).close();
    assertEquals(List.of(disk), images());
    assertArrayEquals(written, Files.readAllBytes(disk));
  }

  private List<Path> images() throws IOException {
    try (Stream<Path> files = Files.list(disk.getParent())) {
      return files.sorted().toList();
    }
  }

  private HospesProcess start() throws IOException {
    return new HospesProcess(
        runtime,
        Path.of("/dev/null"),
        "run",
        program.toString(),
        "--name",
        "w",
        "--memory",
        "16M",
        "--drive",
        disk.toString());
  }

  /// Asks for forks and snapshots until the host is gone.
  private void steer(int first) {
    try (QmpClient client = QmpClient.connect(guests(), "w")) {
      for (int step = first; ; step++) {
        if (step % 3 == 0) {
          client.execute("x-hospes-snapshot", Json.object().put("file", snapshot.toString()));
        } else {
          client.execute("x-hospes-fork", Json.object().put("count", 2));
        }
      }
    } catch (HostException killed) {
      // as it should be
    }
  }

  private void removeAsRmDoes(String name) throws IOException {
    JsonNode ended = Json.parse(Files.readAllBytes(guests().record(name)));
    assertEquals("its host was killed", ended.path("reason").asText());
    for (JsonNode own : ended.path("own-drives")) {
      Drive.removeOwnFile(Path.of(own.asText()));
    }
    assertTrue(guests().forget(name));
  }

  /// QEMU finds nothing wrong with any image, and every disk holds what was written to it.
  private void checkDisks() throws Exception {
    for (Path file : images()) {
      if (!file.toString().contains(".hospes-new-")) { // the next guest removes those
        check(file);
        assertEquals("", DiskWriter.problem(content(file)), file.toString());
      }
    }
  }

  private static byte[] content(Path file) throws Exception {
    try (Drive drive = Drive.open(DriveSpec.of(file).readOnly())) {
      byte[] all = new byte[(int) drive.size()];
      drive.read(0, all, 0, all.length);
      return all;
    }
  }

  private void check(Path image) throws IOException, InterruptedException {
    byte[] start = new byte[4];
    try (var in = Files.newInputStream(image)) {
      assertEquals(4, in.readNBytes(start, 0, 4));
    }
    if (!Qcow2Image.isImage(start)) {
      return;
    }
    Process qemu =
        new ProcessBuilder("qemu-img", "check", "-f", "qcow2", image.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(qemu.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = qemu.waitFor();
    assertTrue(code == 0 || code == 3, image + ": " + said); // 3: clusters that nobody uses
  }

  /// A snapshot is whole or not there, and a guest goes on from it.
  private void checkSnapshot() throws Exception {
    if (!Files.exists(snapshot)) {
      return;
    }
    try (SnapshotFile file = SnapshotFile.open(snapshot)) {
      file.verify();
    }
    try (Host host = Host.open(new HostSettings(1));
        Guest restored = host.restore(snapshot, RestoreOptions.defaults())) {
      Path own = restored.ownDrives().getFirst();
      long before = restored.stats().instructions();
      restored.pause();
      assertTrue(restored.stats().instructions() >= before);
      assertTrue(Files.exists(own));
    }
  }
}
