package hospes.memory;

import java.lang.foreign.Arena;

/// A block of host memory that Java clears and frees.
final class HostBlock implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final long address;

  HostBlock(long bytes, long alignment) {
    address = arena.allocate(bytes, alignment).address();
  }

  long address() {
    return address;
  }

  @Override
  public void close() {
    arena.close();
  }
}
