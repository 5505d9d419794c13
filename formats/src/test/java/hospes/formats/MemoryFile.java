package hospes.formats;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A file in memory that remembers in which order it was written, so that a test can look at what a
/// process or a host that died would have left.
public final class MemoryFile implements FileAccess {
  private sealed interface Step {
    record Write(long position, byte[] bytes) implements Step {}

    record Flush() implements Step {}
  }

  private final List<Step> steps = new ArrayList<>();
  private final byte[] before;
  private byte[] content;
  private int size;

  /// A file with this content.
  public MemoryFile(byte[] content) {
    this.before = content.clone();
    this.content = content.clone();
    this.size = content.length;
  }

  /// All that is in the file.
  public byte[] toByteArray() {
    return Arrays.copyOf(content, size);
  }

  /// How many writes there were.
  public int steps() {
    return steps.size();
  }

  /// The file after the first `count` writes: a process that was killed left this.
  public byte[] after(int count) {
    MemoryFile file = new MemoryFile(before);
    for (Step step : steps.subList(0, count)) {
      if (step instanceof Step.Write(long position, byte[] bytes)) {
        file.put(position, bytes, 0, bytes.length);
      }
    }
    return file.toByteArray();
  }

  /// The file after the first `count` writes, but of those since the last flush only some: a host
  /// that lost power left this.
  public byte[] afterPowerLoss(int count, Random random) {
    int flushed = count;
    while (flushed > 0 && !(steps.get(flushed - 1) instanceof Step.Flush)) {
      flushed--;
    }
    MemoryFile file = new MemoryFile(after(flushed));
    for (Step step : steps.subList(flushed, count)) {
      if (step instanceof Step.Write(long position, byte[] bytes) && random.nextBoolean()) {
        file.put(position, bytes, 0, bytes.length);
      }
    }
    return file.toByteArray();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, byte[] to, int offset, int length) throws EOFException {
    if (position < 0 || position > size - length) {
      throw new EOFException("read behind the end");
    }
    System.arraycopy(content, (int) position, to, offset, length);
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) {
    steps.add(new Step.Write(position, Arrays.copyOfRange(from, offset, offset + length)));
    put(position, from, offset, length);
  }

  private void put(long position, byte[] from, int offset, int length) {
    if (position + length > 64 << 20) {
      throw new AssertionError("a test file grew to " + (position + length));
    }
    if (position + length > content.length) {
      content = Arrays.copyOf(content, 2 * ((int) position + length));
    }
    size = (int) Math.max(size, position + length);
    System.arraycopy(from, offset, content, (int) position, length);
  }

  @Override
  public void flush() {
    steps.add(new Step.Flush());
  }
}
