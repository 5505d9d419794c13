package hospes.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// A tiny archive with Debian's layout: the packages that the image needs, indexed and signed.
final class TestArchive {
  static final SigningKey KEY =
      SigningKey.create(Instant.parse("2025-01-01T00:00:00Z"), Duration.ZERO);

  private final Path root;
  private final StringBuilder index = new StringBuilder();
  String releaseFields = "Codename: trixie\nSuite: stable\n";
  SigningKey key = KEY;

  TestArchive(Path root) {
    this.root = root;
  }

  /// The archive with a kernel of that version, complete.
  static TestArchive complete(Path root, String version) {
    var archive = new TestArchive(root);
    archive.kernel(version, kernelFiles(version));
    archive.busybox();
    archive.publish();
    return archive;
  }

  /// The files of a kernel package.
  static Map<String, byte[]> kernelFiles(String version) {
    String modules = "./usr/lib/modules/" + version + "-riscv64/";
    var files = new LinkedHashMap<String, byte[]>();
    files.put("./boot/vmlinux-" + version + "-riscv64", kernelImage(version));
    files.put(modules + "modules.builtin", text("kernel/lib/crc32c_generic.ko\n"));
    files.put(
        modules + "kernel/drivers/virtio/virtio_mmio.ko.xz",
        module("depends=\0name=virtio_mmio\0"));
    files.put(
        modules + "kernel/drivers/block/virtio_blk.ko.xz",
        module("alias=virtio:d00000002v*\0depends=\0"));
    files.put(modules + "kernel/drivers/net/virtio_net.ko.xz", module("depends=net_failover\0"));
    files.put(modules + "kernel/drivers/net/net_failover.ko.xz", module("depends=failover\0"));
    files.put(modules + "kernel/net/core/failover.ko", moduleFile("depends=\0"));
    files.put(modules + "kernel/drivers/char/hw_random/virtio-rng.ko.xz", module("depends=\0"));
    files.put(modules + "kernel/drivers/virtio/virtio_balloon.ko.xz", module("depends=\0"));
    files.put(modules + "kernel/drivers/virtio/virtio_input.ko.xz", module("depends=\0"));
    files.put(modules + "kernel/drivers/input/evdev.ko.xz", module("depends=\0"));
    files.put(
        modules + "kernel/fs/ext4/ext4.ko.xz", module("alias=fs-ext4\0depends=jbd2,mb-cache\0"));
    files.put(modules + "kernel/fs/jbd2/jbd2.ko.xz", module("depends=\0"));
    files.put(modules + "kernel/fs/mb-cache.ko.xz", module("depends=\0"));
    files.put(modules + "kernel/sound/unwanted.ko.xz", module("depends=\0"));
    return files;
  }

  /// Adds the kernel and its metapackage.
  void kernel(String version, Map<String, byte[]> files) {
    String name = "linux-image-" + version + "-riscv64";
    add(
        "linux-image-riscv64",
        version + "-1",
        "Depends: " + name + " (= " + version + "-1)\n",
        deb(Map.of()));
    add(name, version + "-1", "Depends: kmod, linux-base (>= 4.12~) | other\n", deb(files));
  }

  void busybox() {
    add("busybox-static", "1:1.37.0-6", "", deb(Map.of("./usr/bin/busybox", text("a busybox"))));
  }

  /// Adds a package to the pool and to the index.
  void add(String name, String version, String fields, byte[] deb) {
    String path = "pool/main/x/" + name + "_" + version.replace(":", "") + "_riscv64.deb";
    write(path, deb);
    index.append(
        "Package: %s\nVersion: %s\nInstalled-Size: 100\n%sFilename: %s\nSize: %d\nSHA256: %s\n\n"
            .formatted(name, version, fields, path, deb.length, Sha256.of(deb)));
  }

  /// Writes and signs the indices.
  void publish() {
    publish("trixie");
  }

  /// The same in the suite's directory of that name. The package index is also written under its
  /// hash if the signed one is to promise that.
  void publish(String suite) {
    byte[] packages = text("Package: first\nDescription: is of no interest\n more\n\n" + index);
    byte[] compressed = xz(packages);
    write(packageIndex(suite), compressed);
    if (releaseFields.contains("Acquire-By-Hash: yes")) {
      write(byHash(suite) + Sha256.of(compressed), compressed);
    }
    String release =
        releaseFields
            + "SHA256:\n %s %d main/binary-riscv64/Packages\n"
                .formatted(Sha256.of(packages), packages.length)
            + " %s %d main/binary-riscv64/Packages.xz\n"
                .formatted(Sha256.of(compressed), compressed.length);
    write("dists/" + suite + "/InRelease", key.sign(release));
  }

  static String packageIndex(String suite) {
    return "dists/" + suite + "/main/binary-riscv64/Packages.xz";
  }

  /// The directory of package indices named by their hash.
  static String byHash(String suite) {
    return "dists/" + suite + "/main/binary-riscv64/by-hash/SHA256/";
  }

  Path path(String path) {
    return root.resolve(path);
  }

  void write(String path, byte[] content) {
    try {
      Files.createDirectories(root.resolve(path).getParent());
      Files.write(root.resolve(path), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Settings that know this archive, its key and a cache, and nothing of the machine that the test
  /// runs on.
  ImageSettings settings(Path cache) {
    write("keyring.gpg", KEY.keyring());
    return new ImageSettings(
        cache,
        cache.resolve("absent/config.properties"),
        cache.resolve("absent/apt"),
        List.of(root.resolve("keyring.gpg")),
        Map.of(ImageSettings.MIRROR_VARIABLE, root.toUri().toString()));
  }

  static byte[] kernelImage(String content) {
    byte[] image = Arrays.copyOf(text(content), 4096);
    ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(56, 0x05435352);
    return image;
  }

  static byte[] deb(Map<String, byte[]> files) {
    var out = new ByteArrayOutputStream();
    try (var ar = new ArArchiveOutputStream(out)) {
      var tarBytes = new ByteArrayOutputStream();
      try (var tar = new TarArchiveOutputStream(tarBytes)) {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          var entry = new TarArchiveEntry(file.getKey());
          entry.setSize(file.getValue().length);
          tar.putArchiveEntry(entry);
          tar.write(file.getValue());
          tar.closeArchiveEntry();
        }
      }
      member(ar, "debian-binary", text("2.0\n"));
      member(ar, "control.tar.xz", xz(new byte[1024]));
      member(ar, "data.tar.xz", xz(tarBytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void member(ArArchiveOutputStream ar, String name, byte[] content)
      throws IOException {
    ar.putArchiveEntry(new ArArchiveEntry(name, content.length));
    ar.write(content);
    ar.closeArchiveEntry();
  }

  static byte[] xz(byte[] content) {
    var out = new ByteArrayOutputStream();
    try (var xz = new XZOutputStream(out, new LZMA2Options(0))) {
      xz.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] module(String information) {
    return xz(moduleFile(information));
  }

  /// An object file with nothing but a section `.modinfo`.
  private static byte[] moduleFile(String information) {
    byte[] names = text("\0.modinfo\0.shstrtab\0");
    byte[] data = text(information);
    int sections = 64 + data.length + names.length;
    ByteBuffer out = ByteBuffer.allocate(sections + 3 * 64).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).position(16);
    out.putShort((short) 1).putShort((short) 243).putInt(1).putLong(0).putLong(0).putLong(sections);
    out.putInt(0).putShort((short) 64).putShort((short) 0).putShort((short) 0);
    out.putShort((short) 64).putShort((short) 3).putShort((short) 2);
    out.put(data).put(names).position(sections + 64);
    out.putInt(1)
        .putInt(1)
        .putLong(0)
        .putLong(0)
        .putLong(64)
        .putLong(data.length)
        .position(sections + 128);
    out.putInt(10).putInt(3).putLong(0).putLong(0).putLong(64 + data.length).putLong(names.length);
    return out.array();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
