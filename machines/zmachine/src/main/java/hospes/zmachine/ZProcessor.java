package hospes.zmachine;

import hospes.engine.CodeCache;
import hospes.engine.CodePage;
import hospes.engine.Core;
import hospes.engine.EngineSettings;
import hospes.engine.EngineStatistics;
import hospes.engine.Restart;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import hospes.machine.Trap;
import hospes.machine.TrapException;
import hospes.memory.AddressSpace;
import hospes.memory.FrameTable;
import org.jspecify.annotations.Nullable;

/// The processor of the Z-machine: variables, the stack, and memory as instructions see it.
///
/// Values are `int`s from 0 to 0xffff everywhere. An operand is told by a word: below 0x10000 a
/// constant, else [#VARIABLE] and a variable's number: 0 the stack, 1 to 15 the locals of the
/// current routine, 16 to 255 globals (Z-Machine Standards 1.1, 4.2.2).
final class ZProcessor extends Core implements Stateful, AutoCloseable {
  /// The bit of an operand's word that makes it a variable.
  static final int VARIABLE = 0x10000;

  /// Where a routine goes on that the machine called to interrupt the user: no story has code here.
  static final int INTERRUPTED = 0x7fff_0000;

  /// The number of the variable that takes such a routine's result: none.
  static final int INTERRUPT_RESULT = 0x100;

  private static final int FIRST_GLOBAL = 16;
  private static final int MOST_LOCALS = 15;

  /// The current routine's local variables: elements 1 to 15.
  final long[] locals = new long[MOST_LOCALS + 1];

  final AddressSpace memory;

  /// The calls that are going on, and the stack of each.
  final CallStack calls = new CallStack(locals);

  /// The version of the Z-machine.
  final int version;

  /// The first address that may not be written.
  final int staticBase;

  /// The first address that instructions may not read.
  final int readableEnd;

  /// Bytes of the story.
  final int length;

  /// What the last instruction asked of the machine, until that is done.
  @Nullable Request request;

  /// What the story did wrong, if it did: it ends where [#pc] is.
  @Nullable ZTrap failure;

  /// Where text goes.
  @SuppressWarnings("NullAway.Init") // see connect
  OutputStreams output;

  /// Buffers for what the user types.
  @SuppressWarnings("NullAway.Init") // see connect
  TextBuffers words;

  @SuppressWarnings("NullAway.Init") // see connect
  RandomNumbers random;

  /// Whether the story file has the checksum that its header tells.
  boolean isGenuine;

  /// What the last interrupting routine returned.
  int interruptResult;

  private final FrameTable frames;
  private final CodeCache codeCache;
  private final ZDecoder decoder;
  private final CodePage apartPage;
  private boolean yielding;
  private int slice;
  private int withheld;
  private final int globals;
  private final int packedScale;
  private final int routinesBase;
  private final int stringsBase;

  /// A processor before a story's first instruction.
  ///
  /// @param frames memory that holds the story from address 0
  ZProcessor(Story story, FrameTable frames, EngineSettings engine) {
    super(1);
    this.frames = frames;
    IdentityTranslation translation = new IdentityTranslation();
    memory = new AddressSpace(frames, translation, translation, 1);
    version = story.version();
    staticBase = story.staticBase();
    length = story.length();
    readableEnd = Math.min(Story.ADDRESSABLE, length);
    globals = story.globals() - 2 * FIRST_GLOBAL;
    packedScale = story.packedScale();
    routinesBase = story.routinesBase();
    stringsBase = story.stringsBase();
    pc = story.initialPc();
    decoder = ZCode.decoder(story);
    apartPage = CodePage.detached(decoder, frames);
    codeCache = ZCode.cache(story, frames, engine);
    codeCache.addCore(this);
  }

  /// Connects what instructions print to and read from. Without it they can be executed only as far
  /// as they do neither.
  void connect(
      OutputStreams newOutput, TextBuffers newWords, RandomNumbers newRandom, boolean genuine) {
    output = newOutput;
    words = newWords;
    random = newRandom;
    isGenuine = genuine;
  }

  /// Executes at most `budget` instructions; fewer where the machine is asked for something, the
  /// story does something wrong, or an interrupting routine returns. Returns how many.
  int execute(int budget) {
    slice = budget;
    remaining = budget;
    yielding = false;
    while (remaining > 0 && request == null && failure == null && !yielding && pc != INTERRUPTED) {
      takeTranslations();
      runFromPage();
      goOn();
    }
    int executed = counted(executedInSlice());
    slice = 0;
    remaining = 0;
    return executed;
  }

  /// Has the machine look what is to be done, behind the current instruction.
  void yieldTurn() {
    yielding = true;
    leave();
  }

  /// Instructions executed in the slice that runs now.
  int executedInSlice() {
    return slice - unspent() - withheld;
  }

  private void runFromPage() {
    CodePage page = cachedPage(pc);
    if (page == null) {
      if (pc < 0 || pc >= length) {
        remaining--;
        failure = new ZTrap.IllegalAddress(pc);
        return;
      }
      page = codeCache.page(pc);
      cachePage(pc, page);
    }
    ZInterpreter.run(this, page);
    finish();
  }

  private void finish() {
    Trap taken = trap;
    if (taken instanceof Restart) {
      trap = null;
      remaining++;
    } else if (taken != null) {
      trap = null;
      failure = (ZTrap) taken;
    } else if (apart) {
      apart = false;
      runApart();
    }
  }

  /// Executes the instruction at [#pc], which could not be decoded in place.
  private void runApart() {
    try {
      decoder.decodeApart(apartPage, this);
    } catch (TrapException wrong) {
      remaining--;
      failure = (ZTrap) wrong.trap();
      return;
    }
    int later = remaining - 1;
    withheld += later;
    remaining = 1;
    ZInterpreter.run(this, apartPage);
    finish();
    withheld -= later;
    remaining += later;
  }

  /// What the engine did for this story so far.
  EngineStatistics engineStatistics() {
    return codeCache.statistics();
  }

  /// What an operand holds; reading variable 0 takes it off the stack.
  int value(int word) {
    if (word < VARIABLE) {
      return word;
    }
    int variable = word & 0xff;
    if (variable == 0) {
      return calls.pop();
    }
    return variable < FIRST_GLOBAL ? (int) locals[variable] : global(variable);
  }

  /// Writes a variable; writing variable 0 pushes.
  void assign(int word, int value) {
    int variable = word & 0xff;
    if (variable == 0) {
      calls.push(value);
    } else {
      set(variable, value);
    }
  }

  /// What a variable holds; variable 0 stays on the stack.
  int peek(int word) {
    if (word < VARIABLE) {
      return word;
    }
    int variable = word & 0xff;
    if (variable == 0) {
      return calls.peek();
    }
    return variable < FIRST_GLOBAL ? (int) locals[variable] : global(variable);
  }

  /// Writes a variable; variable 0 is what is topmost on the stack.
  void replace(int word, int value) {
    int variable = word & 0xff;
    if (variable == 0) {
      calls.replace(value);
    } else {
      set(variable, value);
    }
  }

  private int global(int variable) {
    return Words.load(memory, globals + 2 * variable);
  }

  private void set(int variable, int value) {
    if (variable < FIRST_GLOBAL) {
      locals[variable] = value;
    } else {
      storeWord(globals + 2 * variable, value);
    }
  }

  /// The byte at an address that the story may read.
  int loadByte(int address) {
    checkReadable(address, 1);
    return memory.loadByte(address);
  }

  /// The word at an address that the story may read.
  int loadWord(int address) {
    checkReadable(address, 2);
    return Words.load(memory, address);
  }

  /// Writes a byte where the story may.
  void storeByte(int address, int value) {
    checkWritable(address, 1);
    memory.storeByte(address, value);
  }

  /// Writes a word where the story may.
  void storeWord(int address, int value) {
    checkWritable(address, 2);
    Words.store(memory, address, value);
  }

  /// Fails where the story may not read so many bytes.
  void checkReadable(int address, int bytes) {
    if (address < 0 || address + bytes > readableEnd) {
      throw new TrapException(new ZTrap.ReadOutOfBounds(address));
    }
  }

  /// Fails where the story may not write so many bytes.
  void checkWritable(int address, int bytes) {
    if (address < 0 || address + bytes > staticBase) {
      throw new TrapException(new ZTrap.WriteOutOfBounds(address));
    }
  }

  /// The address of a routine that is given packed (1.2.3).
  int routineAddress(int packed) {
    return packedScale * packed + routinesBase;
  }

  /// The address of a text that is given packed (1.2.3).
  int stringAddress(int packed) {
    return packedScale * packed + stringsBase;
  }

  /// Begins a routine whose variables are zeros, or what its header says (5.2.1); returns the
  /// address of its first instruction.
  ///
  /// @param packed the routine's packed address, not 0
  /// @param supplied how many arguments the caller gives; it writes them to [#locals] then
  /// @param result the variable that takes the result, or [CallStack#NO_RESULT]
  int enter(int packed, long next, int supplied, int result) {
    int address = routineAddress(packed);
    if (address >= length) {
      throw new TrapException(new ZTrap.IllegalRoutine(address));
    }
    int count = memory.loadByte(address);
    int first = address + 1;
    if (count > MOST_LOCALS || version < 5 && first + 2 * count > length) {
      throw new TrapException(new ZTrap.IllegalRoutine(address));
    }
    calls.enter((int) next, result, supplied, address, count);
    if (version < 5) {
      for (int i = 1; i <= count; i++) {
        locals[i] = Words.load(memory, first);
        first += 2;
      }
    }
    return first;
  }

  /// Ends the current routine; returns where its caller goes on.
  int leave(int value) {
    int result = calls.result();
    int address = calls.returnAddress();
    calls.leave();
    if (result == INTERRUPT_RESULT) {
      interruptResult = value;
    } else if (result != CallStack.NO_RESULT) {
      assign(VARIABLE | result, value);
    }
    return address;
  }

  /// A copy of dynamic memory.
  byte[] dynamicMemory() {
    byte[] bytes = new byte[staticBase];
    frames.read(0, bytes, 0, staticBase);
    return bytes;
  }

  /// Puts other content into dynamic memory.
  void setDynamicMemory(byte[] bytes) {
    frames.write(0, bytes, 0, staticBase);
  }

  @Override
  protected Trap illegalInstruction() {
    return new ZTrap.IllegalOpcode();
  }

  @Override
  public String recordName() {
    return "processor";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putLong(pc);
    out.putInt(interruptResult);
    calls.save(out);
  }

  @Override
  public void restore(RecordReader in) {
    pc = in.getLong();
    interruptResult = in.getInt();
    calls.restore(in);
    request = null;
    failure = null;
    memory.flush();
  }

  /// Memory has other content now: forgets what was decoded.
  void forgetCode() {
    codeCache.clear();
  }

  /// Forgets that a slice goes on, for the host failed within it.
  void abandonSlice() {
    slice = 0;
    remaining = 0;
    withheld = 0;
  }

  @Override
  public void close() {
    memory.close();
  }
}
