package hospes.host.control;

import hospes.host.guest.Guest;
import hospes.host.ports.ConsoleStream;
import hospes.host.ports.GuestConsole;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a guest's console output to two files of bounded size, the older part in the second.
final class GuestLog {
  /// Bytes of each file.
  static final long LIMIT = 1 << 20;

  private final ConsoleStream output;
  private final Path file;
  private final Path older;
  private final Thread writer;

  private GuestLog(Guest guest, RuntimeFolder folder) {
    output = guest.console().attach(GuestConsole.From.SCROLLBACK);
    file = folder.log(guest.name());
    older = folder.olderLog(guest.name());
    writer = Thread.ofVirtual().name("log-" + guest.name()).unstarted(this::write);
  }

  /// Begins to write, until the guest ends.
  static GuestLog start(Guest guest, RuntimeFolder folder) {
    GuestLog log = new GuestLog(guest, folder);
    RuntimeFolder.delete(log.older);
    log.writer.start();
    return log;
  }

  /// Waits until all output of a guest that has ended is written.
  void join() throws InterruptedException {
    writer.join();
  }

  private void write() {
    byte[] bytes = new byte[8192];
    try {
      boolean more = true;
      while (more) {
        more = writeOne(bytes);
        if (more) {
          Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException lost) {
      // A full disk must not end the guest; its console goes on.
    }
  }

  /// Fills one file, and returns whether the guest goes on.
  private boolean writeOne(byte[] bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      long size = 0;
      int length;
      while (size < LIMIT) {
        length = output.read(bytes);
        if (length < 0) {
          return false;
        }
        out.write(bytes, 0, length);
        size += length;
      }
      return true;
    }
  }
}
