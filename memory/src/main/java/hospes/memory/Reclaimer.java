package hospes.memory;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives back frames that a pool has too few of. Of each cold page it asks first whether it holds
/// zeros or the same as another one, and only then moves its content to a [SwapFile].
///
/// What is cold is told by the refill of the software TLBs: each look at a guest makes it forget
/// its translations, and a page that was not asked for until the next look is cold (the clock
/// algorithm). Pages whose frames are shared stay: they save more than they cost.
///
/// May be used by several threads. Whoever sweeps a table sees to it that its guest does not run
/// meanwhile.
public final class Reclaimer implements AutoCloseable {
  /// Makes the swap file when the first page is to go there.
  @FunctionalInterface
  public interface SwapOpener {
    /// An empty file.
    ///
    /// @throws IOException where there can be none
    SwapFile open() throws IOException;
  }

  /// Which pages may be given up.
  public enum Choice {
    /// Those that were not used since the last look.
    COLD,
    /// All of them: where guests use everything that they have all the time, somebody must lose
    /// something.
    ANY
  }

  /// What came of a look at a guest.
  ///
  /// @param freed frames that were given back
  /// @param passed pages by which the look went on; as many as the guest has are once around
  public record Sweep(int freed, int passed) {}

  /// A page could not be swapped out.
  ///
  /// @param why for the user, as the end of a sentence
  /// @param cause what failed: a [SwapFullException] where the file may not grow any more
  public record Failure(String why, IOException cause) {}

  /// Pages that a sweep looks at for each that it may deal with: most are hot, or have no frame of
  /// their own.
  private static final int LOOKS = 64;

  private final FramePool pool;
  private final Optional<PageMerger> merger;
  private final SwapOpener opener;
  private final byte[] page = new byte[FramePool.FRAME_SIZE];
  private Optional<Failure> failure = Optional.empty();
  private @Nullable SwapFile swapFile;
  private @Nullable Backing swapped;

  /// A reclaimer for the guests of a pool; it does not close the merger, if there is one.
  public Reclaimer(FramePool pool, Optional<PageMerger> merger, SwapOpener opener) {
    this.pool = pool;
    this.merger = merger;
    this.opener = opener;
  }

  /// Why the last page that should have been swapped out was not, if that was so: the disk is full,
  /// for example.
  public synchronized Optional<Failure> failure() {
    return failure;
  }

  /// How much is in the swap file.
  public synchronized SwapFile.Statistics swap() {
    return swapFile == null ? SwapFile.Statistics.NONE : swapFile.statistics();
  }

  /// Goes on looking through a guest's memory where it stopped the last time, and deals with `most`
  /// pages at most.
  public synchronized Sweep sweep(FrameTable guest, int most, Choice choice) {
    guest.watchAccesses();
    int freed = 0;
    int passed = 0;
    int at = guest.clockHand();
    int left = most;
    for (int looks = most * LOOKS; left > 0 && looks > 0 && passed < guest.pages(); looks--) {
      int next = guest.map().nextTouched(at);
      passed += next - at;
      at = next;
      if (at == guest.pages()) {
        at = 0;
        continue;
      }
      long frame = guest.map().frameApart(at);
      if (frame != 0 && (!guest.takeAccessed(at) || choice == Choice.ANY)) {
        switch (give(guest, at, frame)) {
          case FREED -> {
            freed++;
            left--;
          }
          case KEPT -> left--;
          case NOTHING -> {}
        }
      }
      at++;
      passed++;
    }
    guest.setClockHand(at);
    return new Sweep(freed, passed);
  }

  private PageMerger.Find give(FrameTable guest, int index, long frame) {
    if (pool.isShared(frame)) {
      // Kept for others that hold the same, of which there are none?
      if (merger.isEmpty() || !merger.get().giveUp(frame)) {
        return PageMerger.Find.NOTHING;
      }
    } else if (merger.isPresent()) {
      PageMerger.Find find = merger.get().look(guest, index, frame);
      if (find != PageMerger.Find.NOTHING) {
        return find;
      }
    }
    return swapOut(guest, index) ? PageMerger.Find.FREED : PageMerger.Find.NOTHING;
  }

  private boolean swapOut(FrameTable guest, int index) {
    if (!guest.copyPage(index, page)) {
      guest.replace(index, 0);
      return true;
    }
    if (failure.isPresent()) {
      return false;
    }
    try {
      SwapFile file = swapFile;
      Backing backing = swapped;
      if (file == null || backing == null) {
        file = opener.open();
        backing = pool.open(file);
        swapFile = file;
        swapped = backing;
      }
      guest.moveTo(index, backing, file.write(page));
      return true;
    } catch (IOException full) {
      String why = String.valueOf(full.getMessage());
      failure = Optional.of(new Failure(swapFile == null ? why : swapFile + ": " + why, full));
      return false;
    }
  }

  /// Begins a search: tries again what failed, and gives up what is kept for nobody.
  public synchronized void begin() {
    failure = Optional.empty();
    merger.ifPresent(PageMerger::sweep);
  }

  /// Swaps nothing out any more. The file is closed when no page is in it.
  @Override
  public synchronized void close() {
    if (swapped != null) {
      swapped.close();
    }
  }
}
