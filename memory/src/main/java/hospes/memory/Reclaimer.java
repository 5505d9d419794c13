package hospes.memory;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Gives frames back to a pool that has too few: pages of zeros and pages that hold the same as
/// others first, then pages that were not used for long, whose content goes to a [SwapFile].
///
/// What is used is told by the refill of the software TLBs: each look at a guest makes it forget
/// its translations, and a page that was not asked for until the next look is cold (the clock
/// algorithm). Pages whose frames are shared stay: they save more than they cost.
public final class Reclaimer implements AutoCloseable {
  private final PageMerger merger;
  private final SwapFile swapFile;
  private final Backing swapped;
  private final byte[] page = new byte[FramePool.FRAME_SIZE];
  private Optional<String> failure = Optional.empty();
  private int firstTable;

  /// A reclaimer for the guests of a pool; closes neither the merger nor, before no page is in it,
  /// the file.
  public Reclaimer(FramePool pool, PageMerger merger, SwapFile swapFile) {
    this.merger = merger;
    this.swapFile = swapFile;
    this.swapped = pool.open(swapFile);
  }

  /// Why the last page that should have been swapped out was not, if that was so: the disk is full,
  /// for example.
  public synchronized Optional<String> failure() {
    return failure;
  }

  /// Gives back so many frames of these guests, none of which may run meanwhile. Returns how many
  /// were given back; fewer where there are no more.
  public synchronized long reclaim(List<FrameTable> guests, long frames) {
    failure = Optional.empty();
    long left = frames;
    for (FrameTable guest : guests) {
      if (left > 0) {
        left -= merger.scan(guest, (int) Math.min(2 * frames, Integer.MAX_VALUE));
      }
    }
    guests.forEach(FrameTable::watchAccesses);
    // Twice around: in the first round pages that were used get a second chance.
    for (int turn = 0; turn < 2 * guests.size() && left > 0 && failure.isEmpty(); turn++) {
      firstTable = (firstTable + 1) % guests.size();
      left -= sweep(guests.get(firstTable), left);
    }
    return frames - Math.max(left, 0);
  }

  /// Moves the hand of a guest's clock at most once around.
  private long sweep(FrameTable guest, long most) {
    long freed = 0;
    int at = guest.clockHand();
    for (int visited = 0; visited < guest.pages() && freed < most; visited++) {
      int next = guest.map().nextTouched(at);
      visited += next - at;
      at = next;
      if (at == guest.pages()) {
        at = 0;
        continue;
      }
      if (guest.isSwappable(at) && !guest.takeAccessed(at)) {
        if (!swapOut(guest, at)) {
          break;
        }
        freed++;
      }
      at++;
    }
    guest.setClockHand(at);
    return freed;
  }

  private boolean swapOut(FrameTable guest, int index) {
    if (!guest.copyPage(index, page)) {
      guest.replace(index, 0);
      return true;
    }
    try {
      guest.moveTo(index, swapped, swapFile.write(page));
      return true;
    } catch (IOException full) {
      failure = Optional.of(String.valueOf(full.getMessage()));
      return false;
    }
  }

  /// Swaps nothing out any more.
  @Override
  public void close() {
    swapped.close();
  }
}
