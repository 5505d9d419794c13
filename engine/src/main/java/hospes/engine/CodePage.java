package hospes.engine;

import hospes.engine.EngineEvent.Reason;
import hospes.engine.InstalledRegions.Departure;
import hospes.engine.translator.Grade;
import hospes.engine.translator.Stretch;
import hospes.memory.FrameTable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The decoded code of one physical page: a packed instruction for each slot at which one may
/// begin, decoded when first reached.
public final class CodePage {
  /// Log2 of the page's size.
  public static final int SHIFT = 12;

  /// The packed instructions, and slots behind the page for those that run over its end. Where a
  /// region begins, [Decoder#TRANSLATED] stands instead.
  public final long[] code;

  /// The operands of instructions that list them; empty where the packed form holds all.
  public final int[][] operands;

  /// How often jumps led to each slot.
  public final short[] heat;

  private long[] plain;
  private @Nullable RegionSite[] entries;
  private final Set<RegionSite> sites;
  private byte[] looks;

  private static final @Nullable RegionSite[] NO_ENTRIES = {};
  private static final byte[] NO_LOOKS = {};
  private static final int[][] NO_OPERANDS = {};
  private static final int[] NOTHING = {};

  /// How often jumps must lead to where a region was given up before it is looked for again.
  private static final int REST = 1000;

  /// How often a guest is content with a shared page that has not the regions which it wants.
  private static final int MOST_REQUESTS = 16;

  private final Decoder decoder;
  private final CodeLayout layout;
  private final int slots;
  private final int slotShift;
  private final FrameTable memory;
  private final long physicalAddress;
  private final int patience;
  private int idleWrites;
  private boolean dropped;
  private boolean shared;
  private int requests;

  /// Code at a physical address, which may be written `patience` times beside its decoded
  /// instructions before it is taken for data.
  CodePage(Decoder decoder, FrameTable memory, long physicalAddress, int patience) {
    this.patience = patience;
    this.decoder = decoder;
    this.layout = decoder.layout();
    this.slots = layout.slots();
    this.slotShift = layout.slotShift();
    this.memory = memory;
    this.physicalAddress = physicalAddress;
    code = new long[slots + layout.longest()];
    Arrays.fill(code, slots, code.length, Decoder.END_OF_PAGE);
    operands =
        switch (layout.operands()) {
          case PACKED -> NO_OPERANDS;
          case LISTED -> new int[slots][];
        };
    Arrays.fill(operands, NOTHING);
    plain = code;
    heat = new short[slots];
    sites = new LinkedHashSet<>();
    entries = NO_ENTRIES;
    looks = NO_LOOKS;
  }

  private CodePage(CodePage original, FrameTable memory) {
    this.patience = original.patience;
    this.decoder = original.decoder;
    this.layout = original.layout;
    this.slots = original.slots;
    this.slotShift = original.slotShift;
    this.operands = original.operands;
    this.memory = memory;
    this.physicalAddress = original.physicalAddress;
    this.code = original.code;
    this.plain = original.plain;
    this.heat = original.heat;
    this.entries = original.entries;
    this.looks = original.looks;
    this.shared = true;
    // The regions know the pages of the guest that made them.
    this.sites = Collections.emptySet();
  }

  /// From now on other guests may execute what is decoded and translated here. So nothing of it may
  /// change any more but what changes to the same for all: who finds something not decoded decodes
  /// it. Counts of how often something was reached may be wrong.
  void share() {
    shared = true;
  }

  /// Whether other guests may execute this code.
  public boolean isShared() {
    return shared;
  }

  /// This shared page for another guest, whose memory holds the same there.
  CodePage view(FrameTable otherMemory) {
    return new CodePage(this, otherMemory);
  }

  /// Whether this is the page of the guest with this memory.
  boolean isOf(FrameTable guestMemory) {
    return memory == guestMemory;
  }

  /// Whether two guests' pages are the same code, kept once.
  boolean isSame(CodePage other) {
    return code == other.code;
  }

  /// Notes that the guest would be better off with a page of its own; whether it was so often
  /// enough that it is worth the memory.
  boolean isWorthUnsharing() {
    return ++requests >= MOST_REQUESTS;
  }

  /// This guest will have another page instead.
  void unshare() {
    dropped = true;
  }

  /// A page of no memory, for instructions that are put together from two pages. No region is made
  /// of it, for nobody would tell when it changes.
  public static CodePage detached(Decoder decoder, FrameTable memory) {
    CodePage page = new CodePage(decoder, memory, 0, 0);
    page.dropped = true;
    return page;
  }

  /// Decodes the instruction in a slot.
  public void decode(int slot) {
    decoder.decode(this, slot);
  }

  /// Puts a decoded instruction in a slot.
  public void put(int slot, long instruction) {
    code[slot] = instruction;
    plain[slot] = instruction;
  }

  /// Puts a decoded instruction in a slot, whose operands are listed.
  public void put(int slot, long instruction, int[] listed) {
    operands[slot] = listed;
    put(slot, (long) Arrays.hashCode(listed) << Integer.SIZE | instruction);
  }

  /// What stands in a slot in memory now, as an unsigned number.
  public int read(int slot) {
    int bytes = 1 << slotShift;
    return (int) memory.read(physicalAddress(slot), bytes) & (1 << 8 * bytes) - 1;
  }

  /// The packed instructions alone, without the marks of regions.
  public long[] plain() {
    return plain;
  }

  /// The packed instruction in a slot, whether or not a region begins there.
  public long instruction(int slot) {
    return plain[slot];
  }

  /// The operands of the instruction in a slot, where they are listed.
  public int[] operands(int slot) {
    return operands.length == 0 ? NOTHING : operands[slot];
  }

  /// How instructions lie in memory.
  public CodeLayout layout() {
    return layout;
  }

  /// Runs the region that begins in a slot, which `core.pc` is the address of, and regions behind
  /// it as long as one leads to another; false, with nothing done, where not even the first one
  /// can be run now.
  public boolean runRegions(Core core, int slot) {
    RegionSite site = entries[slot];
    if (site == null) {
      return false;
    }
    int budget = core.unspent();
    if (!site.run(core)) {
      if (!shared) {
        site.refused(core);
      } else if (site.standsElsewhere(core) && isWorthUnsharing()) {
        core.unshare(this);
      }
      core.runs.refused();
      return false;
    }
    int entered = 1;
    RegionSite next = null;
    while (core.trap == null) {
      CodePage page = core.cachedPage(core.pc);
      next =
          page == null || page.entries.length == 0
              ? null
              : page.entries[(int) core.pc >>> page.slotShift & page.slots - 1];
      if (next == null || !next.run(core)) {
        break;
      }
      site = next;
      entered++;
    }
    int executed = budget - core.unspent();
    core.runs.ended(core, executed, entered, next);
    if (core.trap != null && !site.home().shared) {
      site.trapped(executed);
    }
    return true;
  }

  /// Whether a region begins in a slot.
  boolean hasRegion(int slot) {
    return entries.length > 0 && entries[slot] != null;
  }

  /// Has a region executed from now on where it begins in this page.
  void install(RegionSite site) {
    if (entries.length == 0) {
      entries = new @Nullable RegionSite[slots];
      plain = code.clone();
    }
    entries[site.slot()] = site;
    code[site.slot()] = Decoder.TRANSLATED;
    for (Stretch stretch : site.stretches()) {
      stretch.page().sites.add(site);
    }
  }

  /// Has the interpreter execute what the region that begins here did, and the region looked for
  /// again: at once where it may come back, and after a while where it was no use.
  void uninstall(RegionSite site, Departure why) {
    int slot = site.slot();
    if (entries[slot] != site) {
      return;
    }
    entries[slot] = null;
    code[slot] = plain[slot];
    switch (why) {
      case INVALIDATED, SURPLUS -> startAnew(slot);
      case REFUSING, TRAPPING -> heat[slot] = -REST;
      case IMPROVED -> {}
    }
  }

  /// The better region that was asked for in a slot is not coming: one may be asked for again.
  void retry(int slot) {
    RegionSite site = entries.length > 0 ? entries[slot] : null;
    if (site != null) {
      site.retry();
    }
  }

  /// Makes room for a region of some grade, if a lesser one begins in the slot.
  void makeRoom(int slot, Grade grade) {
    RegionSite site = entries.length > 0 ? entries[slot] : null;
    if (site != null && site.grade().compareTo(grade) < 0) {
      site.remove(Departure.IMPROVED);
    }
  }

  /// What was known of how often a slot was reached is not true any more.
  private void startAnew(int slot) {
    heat[slot] = 0;
    if (looks.length > 0) {
      looks[slot] = 0;
    }
  }

  /// A region that was made of something in this page is gone.
  void forget(RegionSite site) {
    sites.remove(site);
  }

  /// How often the library was asked for a region that begins in a slot.
  int looks(int slot) {
    return looks.length == 0 ? 0 : looks[slot];
  }

  /// Sets how often the library was asked.
  void looks(int slot, int times) {
    if (looks.length == 0) {
      looks = new byte[slots];
    }
    looks[slot] = (byte) times;
  }

  /// Removes the regions that were made of anything in these slots.
  private List<RegionSite> removeRegions(int first, int last) {
    List<RegionSite> gone =
        sites.stream().filter(site -> site.isMadeOf(this, first, last)).toList();
    gone.forEach(site -> site.remove(Departure.INVALIDATED));
    return gone;
  }

  /// The address of the page in physical memory.
  public long physicalAddress() {
    return physicalAddress;
  }

  /// The address of a slot in physical memory.
  public long physicalAddress(int slot) {
    return physicalAddress + ((long) slot << slotShift);
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
    int first = Math.max(0, (offset >> slotShift) - layout.longest() + 1);
    int last = Math.min(slots - 1, offset + length - 1 >> slotShift);
    boolean changed = false;
    for (int slot = first; slot <= last; slot++) {
      changed |= plain[slot] != Decoder.UNDECODED;
    }
    if (!changed) {
      return ++idleWrites < patience ? Effect.NONE : Effect.NOT_WORTH_WATCHING;
    }
    List<RegionSite> gone = removeRegions(first, last);
    gone.forEach(site -> site.log().invalidated(site, physicalAddress + offset, length));
    for (int slot = first; slot <= last; slot++) {
      put(slot, Decoder.UNDECODED);
      startAnew(slot);
    }
    return !gone.isEmpty() ? Effect.REGION_CHANGED : Effect.CODE_CHANGED;
  }

  /// Whether nobody keeps the page true to memory any more.
  public boolean isDropped() {
    return dropped;
  }

  /// Forgets all that was decoded and translated, for good.
  void drop() {
    dropped = true;
    removeRegions(0, slots - 1)
        .forEach(site -> site.log().dropped(site.physicalAddress(), Reason.PAGE_FORGOTTEN));
    Arrays.fill(code, 0, slots, Decoder.UNDECODED);
    Arrays.fill(plain, 0, slots, Decoder.UNDECODED);
  }
}
