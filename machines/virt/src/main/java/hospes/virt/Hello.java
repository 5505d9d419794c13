package hospes.virt;

import hospes.machine.Content;
import hospes.machine.HostLossException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The embedded guest: a small supervisor-mode kernel, from `machines/virt/src/main/guest/hello`,
/// made by our own assembler when this module is built.
///
/// It needs firmware that speaks SBI (ours does) and the devices of the `virt` board, and it lives
/// from typed commands; `poweroff` ends it.
public final class Hello {
  private Hello() {}

  /// The kernel as an ELF file.
  public static byte[] elf() {
    try (InputStream file = Hello.class.getResourceAsStream("hello.elf")) {
      if (file == null) {
        throw new IllegalStateException(
            "hello.elf is missing: build the module virt with Maven, which assembles it");
      }
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new HostLossException("cannot read the guest hello of this program", unreadable);
    }
  }

  /// The same, read when it is needed.
  public static Content content() {
    return new Lazy();
  }

  private static final class Lazy implements Content {
    private volatile byte @Nullable [] file;

    @Override
    public long size() {
      return bytes().length;
    }

    @Override
    public byte[] bytes() {
      byte[] known = file;
      if (known == null) {
        known = elf();
        file = known;
      }
      return known;
    }
  }
}
