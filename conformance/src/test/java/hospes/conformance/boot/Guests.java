package hospes.conformance.boot;

import hospes.conformance.tiers.Tier;
import hospes.engine.EngineSettings;
import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import hospes.images.ProgressListener;
import hospes.images.PullOptions;
import hospes.machine.BlockStore;
import hospes.machine.ConsoleOutput;
import hospes.machine.Content;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtKind;
import hospes.virt.VirtMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the tests boot: Debian's kernel with our initial file system, and Debian's firmware.
public final class Guests {
  static final Path OPENSBI = Path.of("/usr/lib/riscv64-linux-gnu/opensbi/generic");
  static final Path U_BOOT = Path.of("/usr/lib/u-boot/qemu-riscv64_smode/uboot.elf");

  /// The kernel parameters: a console without echo, so that its output is that of commands alone.
  public static final String COMMAND_LINE = "console=ttyS0 TERM=dumb";

  private static final Image DEBIAN = pull();

  private Guests() {}

  private static Image pull() {
    try {
      return new Images(ImageSettings.of(System.getenv()))
          .pull("debian", PullOptions.any(), ProgressListener.none());
    } catch (ImageException e) {
      throw new AssertionError("the image debian is needed: " + e.getMessage(), e);
    }
  }

  public static byte[] kernel() {
    return read(DEBIAN.kernel());
  }

  static Path kernelFile() {
    return DEBIAN.kernel();
  }

  public static byte[] initrd() {
    return read(DEBIAN.initrd());
  }

  static Path initrdFile() {
    return DEBIAN.initrd();
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read %s; install the Debian packages opensbi and u-boot-qemu".formatted(file), e);
    }
  }

  /// The kernel and our initial file system, started by our own SBI.
  static Order debian(Tier tier) {
    return new Order(
        1,
        Optional.empty(),
        kernel(),
        Optional.of(initrd()),
        List.of(),
        COMMAND_LINE,
        tier.engine());
  }

  /// A machine that is yet to be built.
  record Order(
      int harts,
      Optional<byte[]> firmware,
      byte[] kernel,
      Optional<byte[]> initrd,
      List<BlockStore> drives,
      String commandLine,
      EngineSettings engine) {
    Order harts(int count) {
      return new Order(count, firmware, kernel, initrd, drives, commandLine, engine);
    }

    Order firmware(String name) {
      return new Order(
          harts,
          Optional.of(read(OPENSBI.resolve(name))),
          kernel,
          initrd,
          drives,
          commandLine,
          engine);
    }

    Order kernel(byte[] content) {
      return new Order(harts, firmware, content, Optional.empty(), drives, commandLine, engine);
    }

    Order initrd(byte[] content) {
      return new Order(harts, firmware, kernel, Optional.of(content), drives, commandLine, engine);
    }

    Order drives(List<BlockStore> stores) {
      return new Order(harts, firmware, kernel, initrd, stores, commandLine, engine);
    }

    Order commandLine(String line) {
      return new Order(harts, firmware, kernel, initrd, drives, line, engine);
    }

    Order engine(EngineSettings settings) {
      return new Order(harts, firmware, kernel, initrd, drives, commandLine, settings);
    }

    /// The machine.
    VirtMachine powerOn(ConsoleOutput console) {
      return alone(console).powerOn(virt());
    }

    /// The device tree that the machine would be given.
    byte[] deviceTree() {
      Standalone alone = alone(dropped -> {});
      return new VirtKind().product("dump-dtb", virt().plan(), alone.resources(), alone.identity());
    }

    private Virt virt() {
      Virt virt = Virt.linux(kernel).append(commandLine).memory("1G").harts(harts);
      firmware.ifPresent(file -> virt.bios(Content.of(file)));
      initrd.ifPresent(virt::initrd);
      return virt;
    }

    private Standalone alone(ConsoleOutput console) {
      return Standalone.on(console).with(engine).with(drives).as(7, 1_700_000_000_000_000_000L);
    }
  }
}
