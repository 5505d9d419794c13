package hospes.images;

import hospes.formats.cpio.CpioWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.CRC32C;

/// The initial file system of the image `debian`: BusyBox, the modules for our board, and an
/// `/init` that ends in a shell.
///
/// It is not compressed: unpacking would cost the guest more than reading.
final class DebianInitramfs {
  /// What the board's devices and a Debian disk need. crc32c_generic is not a dependency that ext4
  /// declares: it asks the kernel's crypto layer for the algorithm.
  static final List<String> MODULES =
      List.of(
          "virtio_mmio",
          "virtio_blk",
          "virtio_net",
          "virtio_rng",
          "virtio_balloon",
          "virtio_input",
          "evdev",
          "ext4",
          "crc32c_generic");

  private static final List<String> DIRECTORIES =
      List.of(
          "bin",
          "dev",
          "etc",
          "mnt",
          "proc",
          "root",
          "run",
          "sbin",
          "sys",
          "tmp",
          "usr/bin",
          "usr/sbin");

  private DebianInitramfs() {}

  /// The archive.
  ///
  /// @param kernelVersion names the modules' directory
  static byte[] build(
      String kernelVersion, byte[] busybox, SortedMap<String, KernelModules.Module> modules) {
    var archive = new ByteArrayOutputStream(16 << 20);
    try (var cpio = new CpioWriter(archive)) {
      for (String directory : DIRECTORIES) {
        cpio.directory(directory);
      }
      // The kernel opens the console for /init before there is a devtmpfs.
      cpio.characterDevice("dev/console", 0600, 5, 1);
      cpio.characterDevice("dev/null", 0666, 1, 3);
      cpio.file("bin/busybox", 0755, busybox);
      String directory = "lib/modules/" + kernelVersion + "/";
      for (KernelModules.Module module : modules.values()) {
        cpio.file(directory + module.path(), 0644, module.content());
      }
      cpio.text(directory + "modules.dep", KernelModules.dependencyList(modules));
      cpio.text(directory + "modules.alias", KernelModules.aliasList(modules));
      cpio.text(directory + "modules.symbols", "");
      // mount tries these; ext4 is not in /proc/filesystems before its module is loaded.
      cpio.text("etc/filesystems", "ext4\n");
      cpio.text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
      cpio.text("etc/group", "root:x:0:\n");
      cpio.text(
          "etc/motd",
          "Debian trixie: Linux %s, BusyBox userland. \"exit\" powers off.\n"
              .formatted(kernelVersion));
      cpio.file("init", 0755, init().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return archive.toByteArray();
  }

  /// Changes whenever this build of Hospes makes another archive from the same packages.
  static String recipe() {
    byte[] init = init().getBytes(StandardCharsets.UTF_8);
    // A checksum that the JVM need not warm up for: this is asked at every start.
    CRC32C checksum = new CRC32C();
    checksum.update(init);
    return "3 " + MODULES + " " + init.length + " " + checksum.getValue();
  }

  /// The script that the kernel starts.
  static String init() {
    try (InputStream in = DebianInitramfs.class.getResourceAsStream("init")) {
      if (in == null) {
        throw new IllegalStateException("the resource init is missing from this build of Hospes");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of this build of Hospes cannot be read", e);
    }
  }
}
