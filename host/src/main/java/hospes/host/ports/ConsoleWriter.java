package hospes.host.ports;

import hospes.machine.ConsoleOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// A guest's console output on its way to a stream: collected while the guest runs, written out
/// when it pauses.
///
/// When the stream fails, the rest is dropped, and [#failure] tells.
public final class ConsoleWriter implements ConsoleOutput {
  private static final int CAPACITY = 8192;

  private final OutputStream stream;

  /// Empty until the first byte: most forks of a guest that waits never write one.
  private byte[] buffer = {};

  private int count;
  private Optional<IOException> failure = Optional.empty();

  /// Writes to `stream`.
  public ConsoleWriter(OutputStream stream) {
    this.stream = stream;
  }

  @Override
  public void write(byte value) {
    if (count == buffer.length) {
      makeRoom();
    }
    buffer[count++] = value;
  }

  private void makeRoom() {
    if (buffer.length == 0) {
      buffer = new byte[CAPACITY];
    } else {
      flush();
    }
  }

  /// Writes out what was collected.
  public void flush() {
    if (count != 0 && failure.isEmpty()) {
      try {
        stream.write(buffer, 0, count);
        stream.flush();
      } catch (IOException e) {
        failure = Optional.of(e);
      }
    }
    count = 0;
  }

  /// Why output is dropped, if it is.
  public Optional<IOException> failure() {
    return failure;
  }
}
