package hospes.devices.virtio;

import hospes.memory.FrameTable;
import java.util.Arrays;

/// Pieces of guest RAM that a driver presents as one buffer.
final class ScatterList {
  private final FrameTable memory;
  private long[] addresses = new long[4];
  private long[] ends = new long[4]; // position in the buffer behind each piece
  private int pieces;

  ScatterList(FrameTable memory) {
    this.memory = memory;
  }

  /// Adds a piece that is known to lie in RAM.
  void add(long physicalAddress, long length) {
    if (pieces == addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * pieces);
      ends = Arrays.copyOf(ends, 2 * pieces);
    }
    addresses[pieces] = physicalAddress;
    ends[pieces] = length() + length;
    pieces++;
  }

  /// Bytes in the buffer.
  long length() {
    return pieces == 0 ? 0 : ends[pieces - 1];
  }

  /// Takes a piece: its address and length.
  @FunctionalInterface
  interface Pieces {
    void accept(long physicalAddress, long length);
  }

  /// Hands over all pieces.
  void forEachPiece(Pieces taker) {
    for (int i = 0; i < pieces; i++) {
      taker.accept(addresses[i], ends[i] - (i == 0 ? 0 : ends[i - 1]));
    }
  }

  /// Copies out of the buffer. The range must lie in it.
  void read(long position, byte[] to, int offset, int length) {
    int piece = pieceAt(position);
    int left = length;
    while (left > 0) {
      int part = (int) Math.min(left, ends[piece] - position);
      memory.read(addressOf(piece, position), to, offset + length - left, part);
      position += part;
      left -= part;
      piece++;
    }
  }

  /// Copies into the buffer. The range must lie in it.
  void write(long position, byte[] from, int offset, int length) {
    int piece = pieceAt(position);
    int left = length;
    while (left > 0) {
      int part = (int) Math.min(left, ends[piece] - position);
      memory.write(addressOf(piece, position), from, offset + length - left, part);
      position += part;
      left -= part;
      piece++;
    }
  }

  private long addressOf(int piece, long position) {
    long start = piece == 0 ? 0 : ends[piece - 1];
    return addresses[piece] + (position - start);
  }

  private int pieceAt(long position) {
    int found = Arrays.binarySearch(ends, 0, pieces, position + 1);
    return found >= 0 ? found : ~found;
  }
}
