package hospes.conformance.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.storage.BlockStoreException;
import hospes.storage.Drive;
import hospes.storage.DriveFormat;
import hospes.storage.DriveSpec;
import hospes.storage.Overlay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// QEMU reads what Hospes writes, Hospes reads what QEMU writes, and QEMU's own check finds nothing
/// wrong with it.
final class QemuImageTest {
  private static final int SIZE = 6 << 20;

  @TempDir private Path folder;

  private String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + output);
    return output;
  }

  private Path raw(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Half of it is noise, in stretches.
  private static byte[] content(long seed) {
    Random random = new Random(seed);
    byte[] content = new byte[SIZE];
    for (int at = 0; at < SIZE; at += 1 << 16) {
      if (random.nextBoolean()) {
        byte[] line =
            "%d of %d\n".formatted(at, random.nextInt()).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 1 << 16; i++) {
          content[at + i] = line[i % line.length];
        }
      }
    }
    return content;
  }

  private static byte[] read(Drive drive) throws IOException {
    byte[] all = new byte[(int) drive.size()];
    for (int at = 0; at < all.length; at += 1 << 20) {
      drive.read(at, all, at, Math.min(1 << 20, all.length - at));
    }
    return all;
  }

  private static byte[] read(Path image) throws Exception {
    try (Drive drive = Drive.open(DriveSpec.of(image).readOnly())) {
      return read(drive);
    }
  }

  /// The same operations on the drive and on an array.
  private static void change(Drive drive, byte[] model, Random random) throws IOException {
    for (int i = 0; i < 150; i++) {
      int at = random.nextInt(model.length / 512) * 512;
      int length = Math.min(random.nextInt(1, 400) * 512, model.length - at);
      switch (random.nextInt(5)) {
        case 0 -> {
          drive.discard(at, length);
          Arrays.fill(model, at, at + length, (byte) 0);
        }
        case 1 -> drive.flush();
        default -> {
          byte[] bytes = noise(random, length);
          drive.write(at, bytes, 0, length);
          System.arraycopy(bytes, 0, model, at, length);
        }
      }
    }
  }

  private void assertQemuReads(String image, byte[] model) throws Exception {
    run("qemu-img", "check", "-f", "qcow2", image);
    raw("model.raw", model);
    assertTrue(
        run("qemu-img", "compare", "-f", "qcow2", "-F", "raw", image, "model.raw")
            .contains("identical"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compat=1.1",
        "compat=0.10",
        "cluster_size=512",
        "cluster_size=2M",
        "refcount_bits=1",
        "refcount_bits=2",
        "refcount_bits=8",
        "refcount_bits=32",
        "refcount_bits=64,cluster_size=4096",
        "preallocation=metadata",
        "preallocation=falloc",
        "lazy_refcounts=on"
      })
  void hospesWritesToImagesThatQemuMade(String options) throws Exception {
    run("qemu-img", "create", "-q", "-f", "qcow2", "-o", options, "disk", "" + SIZE);
    byte[] model = new byte[SIZE];
    Random random = new Random(options.hashCode());
    for (int round = 0; round < 2; round++) {
      try (Drive drive = Drive.open(DriveSpec.of(folder.resolve("disk")))) {
        change(drive, model, random);
        assertArrayEquals(model, read(drive));
      }
      assertQemuReads("disk", model);
    }
  }

  @Test
  void qemuAndHospesWriteInTurns() throws Exception {
    raw("base.raw", content(1));
    byte[] model = content(1);
    Path image = Overlay.create(folder, "overlay", folder.resolve("base.raw"), DriveFormat.RAW);
    Random random = new Random(99);
    for (int round = 0; round < 4; round++) {
      try (Drive drive = Drive.open(DriveSpec.of(image))) {
        assertArrayEquals(model, read(drive));
        change(drive, model, random);
      }
      assertQemuReads("overlay", model);
      List<String> command = new ArrayList<>(List.of("qemu-io", "-f", "qcow2", "overlay"));
      for (int i = 0; i < 40; i++) {
        int at = random.nextInt(SIZE / 512) * 512;
        int length = Math.min(random.nextInt(1, 300) * 512, SIZE - at);
        int value = random.nextInt(1, 255);
        String what = random.nextInt(4) == 0 ? "write -z" : "write -P " + value;
        command.addAll(List.of("-c", "%s %d %d".formatted(what, at, length)));
        Arrays.fill(model, at, at + length, what.endsWith("-z") ? 0 : (byte) value);
      }
      run(command.toArray(String[]::new));
    }
    assertArrayEquals(content(1), Files.readAllBytes(folder.resolve("base.raw")));
    assertTrue(run("qemu-img", "info", "overlay").contains("backing file format: raw"));
  }

  @ParameterizedTest
  @CsvSource({"zlib,65536", "zstd,65536", "zlib,4096", "zstd,2097152"})
  void compressedImagesAreReadAndWrittenTo(String compression, int clusterSize) throws Exception {
    byte[] model = content(2);
    raw("from.raw", model);
    String options = "compression_type=%s,cluster_size=%d".formatted(compression, clusterSize);
    run(
        "qemu-img",
        "convert",
        "-q",
        "-c",
        "-f",
        "raw",
        "-O",
        "qcow2",
        "-o",
        options,
        "from.raw",
        "disk");
    assertFalse(run("qemu-img", "check", "disk").contains(" 0.00% compressed"));
    assertArrayEquals(model, read(folder.resolve("disk")));
    try (Drive drive = Drive.open(DriveSpec.of(folder.resolve("disk")))) {
      change(drive, model, new Random(3));
    }
    assertQemuReads("disk", model);
  }

  @Test
  void snapshotsInsideTheImageStayAsTheyWere() throws Exception {
    byte[] before = content(4);
    raw("from.raw", before);
    run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", "from.raw", "disk");
    run("qemu-img", "snapshot", "-c", "one", "disk");
    byte[] model = before.clone();
    for (int round = 0; round < 2; round++) {
      try (Drive drive = Drive.open(DriveSpec.of(folder.resolve("disk")))) {
        change(drive, model, new Random(5 + round));
      }
      assertQemuReads("disk", model);
    }
    run("qemu-img", "snapshot", "-a", "one", "disk");
    assertQemuReads("disk", before);
    assertArrayEquals(before, read(folder.resolve("disk")));
  }

  @ParameterizedTest
  @CsvSource({"extended_l2=on,subclusters", "data_file=other,data in another file"})
  void whatIsNotSupportedIsRefused(String option, String reason) throws Exception {
    run("qemu-img", "create", "-q", "-f", "qcow2", "-o", option, "disk", "" + SIZE);
    BlockStoreException refused =
        assertThrows(
            BlockStoreException.class,
            () -> Drive.open(DriveSpec.of(folder.resolve("disk"))).close());
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
  }

  @Test
  void encryptedImagesAreRefused() throws Exception {
    run(
        "qemu-img",
        "create",
        "-q",
        "-f",
        "qcow2",
        "--object",
        "secret,id=s,data=x",
        "-o",
        // LUKS would have qemu-img measure this machine, which fails on a busy one.
        "encrypt.format=aes,encrypt.key-secret=s",
        "disk",
        "" + SIZE);
    BlockStoreException refused =
        assertThrows(
            BlockStoreException.class,
            () -> Drive.open(DriveSpec.of(folder.resolve("disk"))).close());
    assertTrue(String.valueOf(refused.getMessage()).contains("encrypted"), refused.getMessage());
  }

  @Test
  void discardedAndZeroedPartsTakeNoSpace() throws Exception {
    raw("base.raw", content(6));
    Path image = Overlay.create(folder, "overlay", folder.resolve("base.raw"), DriveFormat.RAW);
    try (Drive drive = Drive.open(DriveSpec.of(image))) {
      drive.write(0, new byte[1 << 20], 0, 1 << 20);
      drive.discard(0, SIZE);
    }
    assertQemuReads("overlay", new byte[SIZE]);
    String map = run("qemu-img", "map", "-f", "qcow2", "--output=json", "overlay");
    assertTrue(map.contains("\"length\": %d, \"depth\": 0".formatted(SIZE)), map);
    assertTrue(map.contains("\"zero\": true, \"data\": false"), map);
  }
}
