package hospes.boards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The embedded guest: a small supervisor-mode kernel, from `boards/src/main/guest/hello`, made by
/// our own assembler when this module is built.
///
/// It needs firmware that speaks SBI (ours does) and the devices of the `virt` board, and it lives
/// from typed commands; `poweroff` ends it.
public final class Hello {
  private Hello() {}

  /// The kernel as an ELF file, to be started as [VirtSpec#kernel].
  public static byte[] elf() {
    try (InputStream file = Hello.class.getResourceAsStream("hello.elf")) {
      if (file == null) {
        throw new IllegalStateException(
            "hello.elf is missing: build the module boards with Maven, which assembles it");
      }
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
