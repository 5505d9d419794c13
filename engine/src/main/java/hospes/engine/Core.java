package hospes.engine;

import hospes.machine.Trap;
import hospes.memory.Countdown;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the engine must know of a processor's state: where it is, and how much longer it may run.
public abstract class Core implements Countdown {
  /// The address of the next instruction, true whenever the interpreter's loop is not running.
  public long pc;

  /// Where to go on after a [Serializing] instruction.
  public long nextPc;

  /// How many instructions may still be executed before the loop must be left.
  public int remaining;

  private int unspent;
  private boolean held;
  private boolean wantedToLeave;

  /// The trap that ended the loop, if one did.
  public @Nullable Trap trap;

  /// Whether the loop ended at an instruction that must be executed apart (see [Decoder#APART]).
  public boolean apart;

  /// How often a jump must lead somewhere before [#warm] is called; beyond all counts where nothing
  /// is translated.
  public int threshold = Integer.MAX_VALUE;

  /// Jumps of which is known where they led.
  private static final int TARGETS = 1 << 11;

  private static final int PAGES_LOG2 = 10;
  private static final int PAGES = 1 << PAGES_LOG2;

  /// Pages listed as remembered. When there are more, forgetting goes through all.
  private static final int MOST_LISTED = 512;

  private @Nullable Translations translations;
  private EngineObserver observer = EngineObserver.NONE;
  private long executedEver;

  /// How this core ran regions.
  final RegionRuns runs = new RegionRuns();

  /// What a core looks into until it remembers a page of a set: one for all, and never written.
  private static final long[] NO_ADDRESSES = new long[PAGES];

  private static final @Nullable CodePage[] NO_PAGES = new @Nullable CodePage[PAGES];

  private long @Nullable [] lastTargets;

  private final long[][] addresses;
  private final @Nullable CodePage[][] pages;
  private int[] listed = new int[16];
  private int listedCount;
  private int selected;
  private long[] selectedAddresses;
  private @Nullable CodePage[] selectedPages;

  /// A core with `sets` sets of remembered pages, one for each way in which it may look at code;
  /// set 0 is selected.
  protected Core(int sets) {
    addresses = new long[sets][];
    pages = new @Nullable CodePage[sets][];
    Arrays.fill(addresses, NO_ADDRESSES);
    Arrays.fill(pages, NO_PAGES);
    selectedAddresses = addresses[0];
    selectedPages = pages[0];
  }

  /// Makes the interpreter's loop end behind the current instruction, because something that it
  /// does not see changed: an interrupt may be pending, or the code that it executes was dropped.
  public final void leave() {
    if (held) {
      wantedToLeave = true;
      return;
    }
    unspent += remaining;
    remaining = 0;
  }

  /// Until [#release], the core is in the middle of an instruction that does not look whether the
  /// loop is to end, such as a load: [#leave] notes only that it was called.
  public final void hold() {
    held = true;
    wantedToLeave = false;
  }

  /// Ends what [#hold] began; whether [#leave] was called in between.
  public final boolean release() {
    held = false;
    return wantedToLeave;
  }

  /// Gives back what [#leave] took from the budget.
  protected final void goOn() {
    remaining += unspent;
    unspent = 0;
  }

  @Override
  public final int remaining() {
    return remaining;
  }

  @Override
  public final void remaining(int instructions) {
    remaining = instructions;
  }

  /// How many instructions of the budget are left, whether or not the loop was told to end.
  protected final int unspent() {
    return remaining + unspent;
  }

  final void translateWith(Translations newTranslations, int newThreshold) {
    translations = newTranslations;
    threshold = newThreshold;
  }

  /// From now on `newObserver` is told of traps.
  final void observe(EngineObserver newObserver) {
    observer = newObserver;
  }

  /// Tells whoever looks that a trap is about to be taken at [#pc].
  protected final void tellTrap(long cause, String name, long value) {
    observer.trapped(this, cause, name, value);
  }

  /// Counts instructions that were executed, those that trapped included; returns their number.
  protected final int counted(int instructions) {
    executedEver += instructions;
    return instructions;
  }

  /// All instructions that were counted.
  final long executedEver() {
    return executedEver;
  }

  /// Tells that the code at an address, which lies in `page`, was reached [#threshold] times.
  public final void warm(CodePage page, long address) {
    Translations wanted = translations;
    if (wanted != null) {
      wanted.reached(this, page, address);
    }
  }

  /// The shared code of a page does not fit any more: this core's guest shall have its own.
  final void unshare(CodePage page) {
    Translations wanted = translations;
    if (wanted != null) {
      wanted.unshare(page);
    }
  }

  /// Notes where the jump in a slot of a page led.
  public final void jumped(int slot, long target) {
    long[] targets = lastTargets;
    if (targets == null) {
      targets = new long[TARGETS];
      lastTargets = targets;
    }
    targets[slot & TARGETS - 1] = target;
  }

  /// Where the jump in a slot led the last time, or some other one in the same slot of another
  /// page: no more than a guess. 0 where none is known.
  public final long lastTarget(int slot) {
    long[] targets = lastTargets;
    return targets == null ? 0 : targets[slot & TARGETS - 1];
  }

  /// Has regions that were finished in the meantime executed from now on.
  protected final void takeTranslations() {
    Translations wanted = translations;
    if (wanted != null) {
      wanted.install();
    }
  }

  /// The architecture's trap for an instruction word that means nothing.
  protected abstract Trap illegalInstruction();

  /// From now on pages are remembered in, and found in, this set.
  protected final void selectPages(int set) {
    selected = set;
    selectedAddresses = addresses[set];
    selectedPages = pages[set];
  }

  /// The decoded code at an address, if this core executed from its page before and nothing changed
  /// since.
  public final @Nullable CodePage cachedPage(long address) {
    int slot = (int) (address >>> CodePage.SHIFT) & PAGES - 1;
    return selectedAddresses[slot] == address >>> CodePage.SHIFT ? selectedPages[slot] : null;
  }

  /// Remembers the decoded code of the page of an address.
  protected final void cachePage(long address, CodePage page) {
    int slot = (int) (address >>> CodePage.SHIFT) & PAGES - 1;
    if (selectedPages == NO_PAGES) {
      addresses[selected] = new long[PAGES];
      pages[selected] = new @Nullable CodePage[PAGES];
      selectPages(selected);
    }
    if (selectedPages[slot] == null && listedCount < MOST_LISTED) {
      if (listedCount == listed.length) {
        listed = Arrays.copyOf(listed, 2 * listedCount);
      }
      listed[listedCount++] = selected << PAGES_LOG2 | slot;
    }
    selectedAddresses[slot] = address >>> CodePage.SHIFT;
    selectedPages[slot] = page;
  }

  /// Forgets which code stands at which address, in all sets.
  public final void forgetPages() {
    if (listedCount < MOST_LISTED) {
      for (int i = 0; i < listedCount; i++) {
        pages[listed[i] >>> PAGES_LOG2][listed[i] & PAGES - 1] = null;
      }
    } else {
      for (@Nullable CodePage[] set : pages) {
        if (set != NO_PAGES) {
          Arrays.fill(set, null);
        }
      }
    }
    listedCount = 0;
  }

  /// Forgets where a page of code stands.
  final void forget(CodePage page) {
    for (@Nullable CodePage[] set : pages) {
      for (int slot = 0; slot < PAGES; slot++) {
        if (set[slot] == page) {
          set[slot] = null;
        }
      }
    }
  }

  /// Forgets which code stands at one address, in all sets.
  public final void forgetPage(long address) {
    for (@Nullable CodePage[] set : pages) {
      if (set != NO_PAGES) {
        set[(int) (address >>> CodePage.SHIFT) & PAGES - 1] = null;
      }
    }
  }
}
