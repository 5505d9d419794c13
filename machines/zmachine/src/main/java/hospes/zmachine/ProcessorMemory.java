package hospes.zmachine;

import hospes.zmachine.text.StoryMemory;

/// The memory of a processor, as those who read and write text in it see it.
final class ProcessorMemory implements StoryMemory {
  private final ZProcessor core;

  ProcessorMemory(ZProcessor core) {
    this.core = core;
  }

  @Override
  public int length() {
    return core.length;
  }

  @Override
  public int byteAt(int address) {
    return core.memory.loadByte(address);
  }

  @Override
  public int wordAt(int address) {
    return Words.load(core.memory, address);
  }

  @Override
  public void setByte(int address, int value) {
    core.storeByte(address, value & 0xff);
  }
}
