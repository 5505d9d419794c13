package hospes.engine;

import hospes.engine.translator.Draft.Stretch;
import hospes.memory.FrameTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The decoded code of one physical page: a packed instruction for each halfword at which one may
/// begin, decoded when first reached.
public final class CodePage {
  /// Log2 of the page's size.
  public static final int SHIFT = 12;

  /// Halfwords in a page.
  public static final int SLOTS = 1 << SHIFT - 1;

  /// The packed instructions, and two slots behind the page for those that run over its end. Where
  /// a region begins, [Decoder#TRANSLATED] stands instead.
  public final long[] code = new long[SLOTS + 2];

  /// How often jumps led to each slot.
  public final short[] heat = new short[SLOTS];

  private long[] plain = code;
  private @Nullable RegionSite[] entries = NO_ENTRIES;
  private final List<RegionSite> sites = new ArrayList<>();

  private static final @Nullable RegionSite[] NO_ENTRIES = {};

  private final Decoder decoder;
  private final FrameTable memory;
  private final long physicalAddress;
  private final int patience;
  private int idleWrites;
  private boolean dropped;

  /// Code at a physical address, which may be written `patience` times beside its decoded
  /// instructions before it is taken for data.
  CodePage(Decoder decoder, FrameTable memory, long physicalAddress, int patience) {
    this.patience = patience;
    this.decoder = decoder;
    this.memory = memory;
    this.physicalAddress = physicalAddress;
    code[SLOTS] = Decoder.END_OF_PAGE;
    code[SLOTS + 1] = Decoder.END_OF_PAGE;
  }

  /// A page of no memory, for instructions that are put together from two pages.
  public static CodePage detached(Decoder decoder, FrameTable memory) {
    return new CodePage(decoder, memory, 0, 0);
  }

  /// Decodes the instruction in a slot.
  public void decode(int slot) {
    long address = physicalAddress + 2L * slot;
    int bits = (int) memory.read(address, Short.BYTES);
    if (decoder.isShort(bits)) {
      set(slot, decoder.decode(bits));
    } else if (slot == SLOTS - 1) {
      set(slot, Decoder.STRADDLING);
    } else {
      set(slot, decoder.decode(bits | (int) memory.read(address + 2, Short.BYTES) << 16));
    }
  }

  private void set(int slot, long instruction) {
    code[slot] = instruction;
    plain[slot] = instruction;
  }

  /// The packed instructions alone, without the marks of regions.
  public long[] plain() {
    return plain;
  }

  /// The packed instruction in a slot, whether or not a region begins there.
  public long instruction(int slot) {
    return plain[slot];
  }

  /// Runs the region that begins in a slot, which `core.pc` is the address of, and regions behind
  /// it as long as one leads to another; false, with nothing done, where not even the first one
  /// can be run now.
  public boolean runRegions(Core core, int slot) {
    RegionSite site = entries[slot];
    if (site == null || !site.run(core)) {
      return false;
    }
    do {
      CodePage page = core.cachedPage(core.pc);
      if (page == null || page.entries.length == 0) {
        return true;
      }
      site = page.entries[(int) core.pc >>> 1 & SLOTS - 1];
    } while (site != null && core.trap == null && site.run(core));
    return true;
  }

  /// Whether a region begins in a slot.
  boolean hasRegion(int slot) {
    return entries.length > 0 && entries[slot] != null;
  }

  /// Has a region executed from now on where it begins in this page.
  void install(RegionSite site) {
    if (entries.length == 0) {
      entries = new @Nullable RegionSite[SLOTS];
      plain = code.clone();
    }
    entries[site.slot()] = site;
    code[site.slot()] = Decoder.TRANSLATED;
    for (Stretch stretch : site.stretches()) {
      stretch.page().sites.add(site);
    }
  }

  private static void remove(RegionSite site) {
    CodePage home = site.home();
    if (home.entries[site.slot()] == site) {
      home.entries[site.slot()] = null;
      home.code[site.slot()] = home.plain[site.slot()];
    }
    for (Stretch stretch : site.stretches()) {
      stretch.page().sites.remove(site);
    }
  }

  /// Whether a region was made of anything in these slots; such regions are gone then.
  private boolean removeRegions(int first, int last) {
    List<RegionSite> gone =
        sites.stream().filter(site -> site.isMadeOf(this, first, last)).toList();
    gone.forEach(CodePage::remove);
    return !gone.isEmpty();
  }

  /// The address of the page in physical memory.
  public long physicalAddress() {
    return physicalAddress;
  }

  /// What a write means for a page of decoded code.
  enum Effect {
    /// Nothing was decoded where it wrote.
    NONE,
    /// Decoded instructions are forgotten.
    CODE_CHANGED,
    /// Decoded instructions and regions are forgotten, perhaps the one that executes.
    REGION_CHANGED,
    /// The page was written so often beside its code that it is not worth watching.
    NOT_WORTH_WATCHING
  }

  /// Forgets what was decoded or translated from `length` bytes at `offset`.
  Effect written(int offset, int length) {
    int first = Math.max(0, offset / 2 - 1);
    int last = Math.min(SLOTS - 1, (offset + length - 1) / 2);
    boolean changed = false;
    for (int slot = first; slot <= last; slot++) {
      changed |= plain[slot] != Decoder.UNDECODED;
    }
    if (!changed) {
      return ++idleWrites < patience ? Effect.NONE : Effect.NOT_WORTH_WATCHING;
    }
    boolean regions = removeRegions(first, last);
    for (int slot = first; slot <= last; slot++) {
      set(slot, Decoder.UNDECODED);
    }
    return regions ? Effect.REGION_CHANGED : Effect.CODE_CHANGED;
  }

  /// Whether nobody keeps the page true to memory any more.
  boolean isDropped() {
    return dropped;
  }

  /// Forgets all that was decoded and translated, for good.
  void drop() {
    dropped = true;
    removeRegions(0, SLOTS - 1);
    Arrays.fill(code, 0, SLOTS, Decoder.UNDECODED);
    Arrays.fill(plain, 0, SLOTS, Decoder.UNDECODED);
  }
}
