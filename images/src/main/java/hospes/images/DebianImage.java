package hospes.images;

import hospes.images.ImageException.Reason;
import hospes.images.Progress.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The image `debian`: Debian trixie's own riscv64 kernel with a BusyBox userland, made from the
/// archive's packages.
///
/// The chain of trust is the archive's: the keyring vouches for `InRelease`, that for
/// `Packages.xz`, that for each package.
final class DebianImage {
  static final String NAME = "debian";
  static final String DESCRIPTION = "Debian trixie riscv64: Linux kernel, BusyBox userland";
  static final String COMMAND_LINE = "console=ttyS0";

  /// The shell's first prompt (the resource `init` sets PS1).
  static final String PROMPT = "~ # ";

  private static final String SUITE = "trixie";
  private static final String INDEX = "main/binary-riscv64/Packages";
  private static final String KERNEL_METAPACKAGE = "linux-image-riscv64";
  private static final String BUSYBOX_PACKAGE = "busybox-static";
  private static final Pattern KERNEL_PACKAGE = Pattern.compile("linux-image-[0-9].*-riscv64");
  private static final Pattern KERNEL_FILE = Pattern.compile("boot/vmlinu[xz]-([A-Za-z0-9.+~_-]+)");

  /// `RSC\x05` at offset 56 of a kernel image. Linux documentation, "Boot image header in RISC-V
  /// Linux".
  private static final int IMAGE_MAGIC = 0x05435352;

  private static final int IMAGE_MAGIC_OFFSET = 56;

  /// The packages that an image is made of.
  record Packages(DebianPackage kernel, DebianPackage busybox) {
    SortedMap<String, String> versions() {
      return new TreeMap<>(
          Map.of(kernel.name(), kernel.version(), busybox.name(), busybox.version()));
    }

    /// Names everything that determines the image's content, so that it need not be made again.
    String fingerprint() {
      String inputs =
          String.join("\n", kernel.sha256(), busybox.sha256(), DebianInitramfs.recipe());
      return Sha256.of(inputs.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// An image's content.
  @SuppressWarnings("ArrayRecordComponent") // a carrier of file content, never compared
  record Content(byte[] kernel, byte[] initrd) {}

  private final DebianMirror mirror;
  private final IndexDownloads indices;
  private final Downloads downloads;
  private final ProgressListener listener;

  DebianImage(
      DebianMirror mirror, Fetcher fetcher, Downloads downloads, ProgressListener listener) {
    this.mirror = mirror;
    this.indices = new IndexDownloads(mirror, fetcher, downloads, listener);
    this.downloads = downloads;
    this.listener = listener;
  }

  /// Asks the mirror for the current packages.
  Packages resolve(Keyring keyring, Instant now) throws ImageException {
    listener.progress(new Progress(Phase.RESOLVING, mirror.base().toString(), 0, 0));
    IndexDownloads.Verified verified = indices.get(SUITE, INDEX, keyring, now);
    PackageIndex index =
        PackageIndex.read(
            verified.file(),
            verified.uncompressedSize(),
            name ->
                name.equals(KERNEL_METAPACKAGE)
                    || name.equals(BUSYBOX_PACKAGE)
                    || KERNEL_PACKAGE.matcher(name).matches());
    DebianPackage metapackage = index.get(KERNEL_METAPACKAGE);
    String kernel =
        metapackage.depends().stream()
            .filter(name -> KERNEL_PACKAGE.matcher(name).matches())
            .findFirst()
            .orElseThrow(
                () ->
                    new ImageException(
                        Reason.PACKAGE_MISSING,
                        "package " + KERNEL_METAPACKAGE + " depends on no kernel"));
    return new Packages(index.get(kernel), index.get(BUSYBOX_PACKAGE));
  }

  /// Fetches the packages and makes the image.
  Content build(Packages packages) throws ImageException {
    Path busyboxFile = download(packages.busybox());
    Path kernelFile = download(packages.kernel());
    byte[] busybox = busybox(busyboxFile, packages.busybox());
    var kernel = new Kernel();
    visit(kernelFile, packages.kernel(), kernel);
    byte[] image = kernel.image;
    if (image == null) {
      throw new ImageException(
          Reason.MALFORMED, "package " + packages.kernel().name() + " holds no kernel");
    }
    requireImage(image, packages.kernel().name());
    byte[] initrd =
        DebianInitramfs.build(
            kernel.version, busybox, kernel.modules.closure(DebianInitramfs.MODULES));
    return new Content(image, initrd);
  }

  private Path download(DebianPackage wanted) throws ImageException {
    return downloads.get(
        mirror.resolve(wanted.path()), wanted.size(), wanted.sha256(), wanted.name());
  }

  private byte[] busybox(Path file, DebianPackage description) throws ImageException {
    var found = new HashMap<String, byte[]>();
    visit(
        file,
        description,
        (path, size, content) -> {
          if (List.of("usr/bin/busybox", "bin/busybox").contains(path)) {
            found.put("busybox", read(path, size, content, Limits.FILE));
          }
        });
    byte[] busybox = found.get("busybox");
    if (busybox == null) {
      throw new ImageException(
          Reason.MALFORMED, "package " + description.name() + " holds no busybox");
    }
    return busybox;
  }

  private void visit(Path file, DebianPackage description, DebFile.Visitor visitor)
      throws ImageException {
    new DebFile(file, description)
        .visit(
            visitor,
            read ->
                listener.progress(
                    new Progress(Phase.UNPACKING, description.name(), read, description.size())));
  }

  private static byte[] read(String path, long size, InputStream content, int limit)
      throws IOException {
    KernelModules.requireSize(path, size, limit);
    return content.readNBytes((int) size);
  }

  private static void requireImage(byte[] kernel, String name) throws ImageException {
    ByteBuffer header = ByteBuffer.wrap(kernel).order(ByteOrder.LITTLE_ENDIAN);
    if (kernel.length < 64 || header.getInt(IMAGE_MAGIC_OFFSET) != IMAGE_MAGIC) {
      throw new ImageException(
          Reason.MALFORMED,
          "the kernel in package " + name + " is not an uncompressed riscv64 Image");
    }
  }

  /// Takes what is needed of the kernel's package in one pass, because unpacking it takes seconds.
  private static final class Kernel implements DebFile.Visitor {
    private final KernelModules modules = new KernelModules();
    private byte @Nullable [] image;
    private String version = "";

    @Override
    public void file(String path, long size, InputStream content) throws IOException {
      Matcher kernel = KERNEL_FILE.matcher(path);
      if (kernel.matches()) {
        image = read(path, size, content, Limits.KERNEL);
        version = kernel.group(1);
      } else {
        modules.accept(path, size, content);
      }
    }
  }
}
