package hospes.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A guest's physical memory (RAM): guest page → [frame][FramePool].
///
/// A page that was never written has no frame and reads as zeros, so memory costs what the guest
/// touched; a page may also be [elsewhere][#back] until it is touched. All exceptional cases of a
/// write — untouched, shared with another guest, holding decoded code — are sorted out in
/// [#writable], which the software TLB reaches only when it has no entry (DESIGN.md, law 3).
///
/// Belongs to the thread that runs the guest. Whoever [forks][#fork] or saves it, merges its pages
/// or swaps them out, does so while the guest does not run.
public final class FrameTable implements AutoCloseable {
  private static final int PAGE_SHIFT = 12;

  private final FramePool pool;
  private final long base;
  private final long size;
  private final PageMap map;
  private final PageBits code;
  private final List<AddressSpace> users = new ArrayList<>();
  private CodeWatch codeWatch = (physicalAddress, length) -> {};
  private boolean zeroFrameMapped;
  private @Nullable PageBits accessed;
  private byte @Nullable [] fetched;
  private final int number;
  private int mergeCursor;
  private int mergeRounds;
  private int clockHand;

  /// `size` bytes of zeros from physical address `base`; both are multiples of the frame size.
  public FrameTable(FramePool pool, long base, long size) {
    this(pool, base, size, new PageMap(pool, pageCount(base, size)));
  }

  private FrameTable(FramePool pool, long base, long size, PageMap map) {
    this(pool, base, size, map, new PageBits(map.pages()));
  }

  private FrameTable(FramePool pool, long base, long size, PageMap map, PageBits code) {
    this.pool = pool;
    this.base = base;
    this.size = size;
    this.map = map;
    this.code = code;
    this.number = pool.add(this);
  }

  private static int pageCount(long base, long size) {
    if (size <= 0 || ((base | size) & FramePool.FRAME_SIZE - 1) != 0) {
      throw new IllegalArgumentException(
          "RAM of %#x bytes at %#x is not whole pages".formatted(size, base));
    }
    return Math.toIntExact(size >>> PAGE_SHIFT);
  }

  /// Memory with the same content, for another guest. No frame is copied before one of the two
  /// writes it. The same pages are taken to hold decoded code.
  public FrameTable fork() {
    users.forEach(AddressSpace::flushWrites);
    return new FrameTable(pool, base, size, map.fork(), code.fork());
  }

  /// The first physical address.
  public long base() {
    return base;
  }

  /// Bytes of RAM promised to the guest.
  public long size() {
    return size;
  }

  /// Where the frames are from.
  public FramePool pool() {
    return pool;
  }

  /// Bytes of host memory that hold this guest's RAM now, shared or not.
  public long residentBytes() {
    return (long) map.residents() * FramePool.FRAME_SIZE;
  }

  int residentPages() {
    return map.residents();
  }

  /// Bytes of host memory that hold this guest's RAM, and no other guest's.
  public long ownBytes() {
    return map.ownFrames() * FramePool.FRAME_SIZE;
  }

  PageMap map() {
    return map;
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

  void removeUser(AddressSpace user) {
    users.remove(user);
  }

  /// Index of the page that holds a physical address in RAM, counted from the first page of RAM.
  public int pageIndex(long physicalAddress) {
    return (int) ((physicalAddress - base) >>> PAGE_SHIFT);
  }

  /// Number of pages of RAM.
  public int pages() {
    return map.pages();
  }

  /// The frame of a page, which is brought into memory if it is elsewhere; 0 where the page holds
  /// zeros and has none.
  ///
  /// @throws HostFaultException where it cannot be brought
  private long resident(int page) {
    PageBits bits = accessed;
    if (bits != null) {
      bits.set(page);
    }
    long entry = map.get(page);
    return Backings.isAbsent(entry) ? fetch(page, entry) : entry;
  }

  private long fetch(int page, long entry) {
    byte[] content = fetched;
    if (content == null) {
      content = new byte[FramePool.FRAME_SIZE];
      fetched = content;
    }
    pool.backings().read(entry, content);
    long frame = pool.allocate(content);
    PageBlock.release(pool, map.swap(page, frame));
    return frame;
  }

  /// Host address of the frame of the page at `physicalAddress`, for reading only.
  ///
  /// @throws HostFaultException where its content cannot be brought into memory
  public long readable(long physicalAddress) {
    long frame = resident(pageIndex(physicalAddress));
    if (frame != 0) {
      return frame;
    }
    zeroFrameMapped = true;
    return pool.zeroFrame();
  }

  /// Host address of a frame that only this page uses, for writing.
  ///
  /// @throws HostFaultException where its content cannot be brought into memory, or there is none
  public long writable(long physicalAddress) {
    int page = pageIndex(physicalAddress);
    long frame = resident(page);
    map.own(page);
    if (frame == 0) {
      frame = pool.allocate();
      map.swap(page, frame);
      if (zeroFrameMapped) {
        zeroFrameMapped = false;
        forget(pool.zeroFrame());
      }
    } else if (pool.isShared(frame)) {
      long copy = pool.copy(frame);
      map.swap(page, copy);
      forget(frame);
      pool.release(frame);
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
    return code.get(pageIndex(physicalAddress));
  }

  /// From now on every write to this page is told to the [CodeWatch].
  public void markCode(long physicalAddress) {
    int page = pageIndex(physicalAddress);
    if (!code.get(page)) {
      code.set(page);
      long frame = map.get(page);
      if (frame > 0) {
        for (AddressSpace user : users) {
          user.forgetWrites(frame);
        }
      }
    }
  }

  /// The page holds no decoded code any more.
  public void unmarkCode(long physicalAddress) {
    code.clear(pageIndex(physicalAddress));
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
      long frame = resident(pageIndex(physicalAddress));
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
    long frame = resident(pageIndex(physicalAddress));
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

  /// Makes whole pages zeros again, and gives up what held them; for pages that the guest gave back
  /// or that a device clears. The range must be RAM, in whole pages.
  public void discard(long physicalAddress, long length) {
    check(physicalAddress, length);
    if (((physicalAddress | length) & FramePool.FRAME_SIZE - 1) != 0) {
      throw new IllegalArgumentException(
          "%#x+%#x is not whole pages".formatted(physicalAddress, length));
    }
    int first = pageIndex(physicalAddress);
    int end = first + (int) (length >>> PAGE_SHIFT);
    for (int page = first; page < end; page++) {
      if (map.get(page) != 0) {
        replace(page, 0);
        written(base + ((long) page << PAGE_SHIFT), FramePool.FRAME_SIZE);
      }
    }
  }

  /// Copies a page out without bringing it into memory; returns whether it holds anything but
  /// zeros.
  ///
  /// @param page counted from the first page of RAM
  /// @throws LostPageException where its content cannot be read
  public boolean copyPage(int page, byte[] to) {
    long entry = map.get(page);
    if (entry == 0) {
      Arrays.fill(to, (byte) 0);
      return false;
    }
    if (!Backings.isAbsent(entry)) {
      RawMemory.copyOut(entry, to, 0, FramePool.FRAME_SIZE);
      return !RawMemory.isZero(entry, FramePool.FRAME_SIZE);
    }
    pool.backings().read(entry, to);
    for (byte value : to) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  /// Whether nothing is known of a page but that it holds zeros: it has no frame, and is not
  /// elsewhere.
  public boolean isUntouched(int page) {
    return map.get(page) == 0;
  }

  /// From now on a page holds what a source has under a key; it is read when the page is touched.
  public void back(int page, Backing backing, long key) {
    long entry = backing.entry(key);
    pool.backings().retain(entry);
    replace(page, entry);
    written(base + ((long) page << PAGE_SHIFT), FramePool.FRAME_SIZE);
  }

  /// Gives a page another entry, which this table owns from now on, and gives up the old one. What
  /// the guest reads must stay the same unless the code watch is told.
  void replace(int page, long entry) {
    long old = map.swap(page, entry);
    if (old == 0 && zeroFrameMapped) {
      zeroFrameMapped = false;
      forget(pool.zeroFrame());
    } else if (old > 0) {
      forget(old);
    }
    PageBlock.release(pool, old);
  }

  /// A page's content is in a source now, under a key that has a reference for it.
  void moveTo(int page, Backing backing, long key) {
    long entry = backing.entry(key);
    pool.backings().adopt(entry);
    replace(page, entry);
  }

  /// The number of this table among those of its pool.
  int number() {
    return number;
  }

  /// Where the merger goes on.
  int mergeCursor() {
    return mergeCursor;
  }

  void setMergeCursor(int page) {
    mergeCursor = page;
  }

  /// How often a [PageMerger] came to the end of it.
  public int mergeRounds() {
    return mergeRounds;
  }

  void mergedAround() {
    mergeRounds++;
  }

  /// Where the search for cold pages goes on.
  int clockHand() {
    return clockHand;
  }

  void setClockHand(int page) {
    clockHand = page;
  }

  /// Forbids direct writes to a frame that was shared just now.
  void protect(long frame) {
    for (AddressSpace user : users) {
      user.forgetWrites(frame);
    }
  }

  /// Begins to note which pages are accessed, or begins anew: from now on each first access comes
  /// here.
  void watchAccesses() {
    if (accessed == null) {
      accessed = new PageBits(map.pages());
    }
    users.forEach(AddressSpace::flush);
  }

  /// Whether a page was accessed since the last look.
  boolean takeAccessed(int page) {
    PageBits bits = accessed;
    if (bits == null || !bits.get(page)) {
      return false;
    }
    bits.clear(page);
    return true;
  }

  /// Makes all of RAM zeros again. Whoever holds translations must forget them.
  public void clear() {
    map.clear();
  }

  /// Returns all frames to the pool.
  @Override
  public void close() {
    clear();
    pool.remove(this);
  }
}
