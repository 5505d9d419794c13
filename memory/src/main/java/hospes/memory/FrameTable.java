package hospes.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A guest's physical memory (RAM): guest page → [frame][FramePool].
///
/// A page that was never written has no frame and reads as zeros, so memory costs what the guest
/// touched. All exceptional cases of a write — untouched, shared with another guest, holding
/// decoded code — are sorted out in [#writable], which the software TLB reaches only when it has no
/// entry (DESIGN.md, law 3).
public final class FrameTable implements AutoCloseable {
  private static final int PAGE_SHIFT = 12;

  private final FramePool pool;
  private final long base;
  private final long size;
  private final long[] frames;
  private final boolean[] code;
  private final List<AddressSpace> users = new ArrayList<>();
  private CodeWatch codeWatch = (physicalAddress, length) -> {};
  private boolean zeroFrameMapped;

  /// `size` bytes of zeros from physical address `base`; both are multiples of the frame size.
  public FrameTable(FramePool pool, long base, long size) {
    if (size <= 0 || ((base | size) & FramePool.FRAME_SIZE - 1) != 0) {
      throw new IllegalArgumentException(
          "RAM of %#x bytes at %#x is not whole pages".formatted(size, base));
    }
    this.pool = pool;
    this.base = base;
    this.size = size;
    int pages = Math.toIntExact(size >>> PAGE_SHIFT);
    this.frames = new long[pages];
    this.code = new boolean[pages];
  }

  /// The first physical address.
  public long base() {
    return base;
  }

  /// Bytes of RAM promised to the guest.
  public long size() {
    return size;
  }

  /// Bytes of host memory that hold this guest's RAM now.
  public long residentBytes() {
    return Arrays.stream(frames).filter(frame -> frame != 0).count() * FramePool.FRAME_SIZE;
  }

  /// Whether the physical address is RAM.
  public boolean contains(long physicalAddress) {
    return Long.compareUnsigned(physicalAddress - base, size) < 0;
  }

  /// Whether all of a range is RAM.
  public boolean contains(long physicalAddress, long length) {
    long offset = physicalAddress - base;
    return length >= 0
        && Long.compareUnsigned(offset, size) <= 0
        && Long.compareUnsigned(length, size - offset) <= 0;
  }

  /// Sets who is told of writes to pages that hold decoded code.
  public void watchCode(CodeWatch watch) {
    codeWatch = watch;
  }

  void addUser(AddressSpace user) {
    users.add(user);
  }

  /// Index of the page that holds a physical address in RAM, counted from the first page of RAM.
  public int pageIndex(long physicalAddress) {
    return (int) ((physicalAddress - base) >>> PAGE_SHIFT);
  }

  /// Number of pages of RAM.
  public int pages() {
    return frames.length;
  }

  /// Host address of the frame of the page at `physicalAddress`, for reading only.
  public long readable(long physicalAddress) {
    long frame = frames[pageIndex(physicalAddress)];
    if (frame != 0) {
      return frame;
    }
    zeroFrameMapped = true;
    return pool.zeroFrame();
  }

  /// Host address of a frame that only this page uses, for writing.
  public long writable(long physicalAddress) {
    int page = pageIndex(physicalAddress);
    long frame = frames[page];
    if (frame == 0) {
      frame = pool.allocate();
      frames[page] = frame;
      if (zeroFrameMapped) {
        zeroFrameMapped = false;
        forget(pool.zeroFrame());
      }
    } else if (pool.isShared(frame)) {
      long copy = pool.allocate();
      RawMemory.copy(frame, copy, FramePool.FRAME_SIZE);
      frames[page] = copy;
      pool.release(frame);
      forget(frame);
      frame = copy;
    }
    return frame;
  }

  private void forget(long frame) {
    for (AddressSpace user : users) {
      user.forget(frame);
    }
  }

  /// Whether the page holds decoded code, so that each write to it must be told to the [CodeWatch].
  public boolean isCode(long physicalAddress) {
    return code[pageIndex(physicalAddress)];
  }

  /// From now on every write to this page is told to the [CodeWatch].
  public void markCode(long physicalAddress) {
    int page = pageIndex(physicalAddress);
    if (!code[page]) {
      code[page] = true;
      if (frames[page] != 0) {
        for (AddressSpace user : users) {
          user.forgetWrites(frames[page]);
        }
      }
    }
  }

  /// The page holds no decoded code any more.
  public void unmarkCode(long physicalAddress) {
    code[pageIndex(physicalAddress)] = false;
  }

  /// Tells the code watch of a write of at most a page, if the page holds code.
  void written(long physicalAddress, int length) {
    if (isCode(physicalAddress)) {
      codeWatch.written(physicalAddress, length);
    }
  }

  /// Copies RAM out, as a device's DMA does.
  ///
  /// @throws IndexOutOfBoundsException unless the range is RAM; callers check a guest's addresses
  /// with [#contains]
  public void read(long physicalAddress, byte[] to, int offset, int length) {
    check(physicalAddress, length);
    while (length > 0) {
      int inPage = (int) (physicalAddress & FramePool.FRAME_SIZE - 1);
      int part = Math.min(length, FramePool.FRAME_SIZE - inPage);
      long frame = frames[pageIndex(physicalAddress)];
      if (frame == 0) {
        Arrays.fill(to, offset, offset + part, (byte) 0);
      } else {
        RawMemory.copyOut(frame + inPage, to, offset, part);
      }
      physicalAddress += part;
      offset += part;
      length -= part;
    }
  }

  /// Copies into RAM, as a device's DMA does.
  ///
  /// @throws IndexOutOfBoundsException unless the range is RAM; callers check a guest's addresses
  /// with [#contains]
  public void write(long physicalAddress, byte[] from, int offset, int length) {
    check(physicalAddress, length);
    while (length > 0) {
      int inPage = (int) (physicalAddress & FramePool.FRAME_SIZE - 1);
      int part = Math.min(length, FramePool.FRAME_SIZE - inPage);
      RawMemory.copyIn(from, offset, writable(physicalAddress) + inPage, part);
      written(physicalAddress, part);
      physicalAddress += part;
      offset += part;
      length -= part;
    }
  }

  /// Reads 1, 2, 4 or 8 bytes that lie in one page, zero-extended.
  public long read(long physicalAddress, int bytes) {
    check(physicalAddress, bytes);
    return AddressSpace.getRaw(
        readable(physicalAddress) + (physicalAddress & FramePool.FRAME_SIZE - 1), bytes);
  }

  /// Reads eight bytes at an address in RAM that is a multiple of eight, as walks of page tables
  /// do.
  public long readLong(long physicalAddress) {
    long frame = frames[pageIndex(physicalAddress)];
    return frame == 0
        ? 0
        : RawMemory.getLong(frame + (physicalAddress & FramePool.FRAME_SIZE - Long.BYTES));
  }

  /// Writes 1, 2, 4 or 8 bytes that lie in one page.
  public void write(long physicalAddress, int bytes, long value) {
    check(physicalAddress, bytes);
    AddressSpace.putRaw(
        writable(physicalAddress) + (physicalAddress & FramePool.FRAME_SIZE - 1), bytes, value);
    written(physicalAddress, bytes);
  }

  private void check(long physicalAddress, long length) {
    if (!contains(physicalAddress, length)) {
      throw new IndexOutOfBoundsException(
          "%#x+%#x is not in RAM".formatted(physicalAddress, length));
    }
  }

  /// Whether a page was touched and holds anything but zeros.
  public boolean isBlank(int page) {
    return frames[page] == 0 || RawMemory.isZero(frames[page], FramePool.FRAME_SIZE);
  }

  /// Makes all of RAM zeros again. Whoever holds translations must forget them.
  public void clear() {
    for (int page = 0; page < frames.length; page++) {
      if (frames[page] != 0) {
        pool.release(frames[page]);
        frames[page] = 0;
      }
    }
  }

  /// Returns all frames to the pool.
  @Override
  public void close() {
    clear();
  }
}
