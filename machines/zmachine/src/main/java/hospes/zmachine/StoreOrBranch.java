package hospes.zmachine;

/// The end of an instruction that took until the user answered: its result is stored, or its branch
/// taken.
final class StoreOrBranch {
  private StoreOrBranch() {}

  /// Gives an instruction its result, or takes its branch, and goes on behind it.
  ///
  /// @param resultAt where its branch (until version 3) or its result's variable stands in memory
  /// @param value the result; the branch's condition holds unless it is 0
  static void complete(ZProcessor core, int resultAt, int value) {
    if (core.version <= 3) {
      branch(core, resultAt, value != 0);
    } else {
      core.pc = resultAt + 1;
      core.assign(ZProcessor.VARIABLE | core.memory.loadByte(resultAt), value);
    }
  }

  /// Branches as the bytes at an address say. Z-Machine Standards 1.1, 4.7.
  private static void branch(ZProcessor core, int at, boolean holds) {
    int first = core.memory.loadByte(at);
    int offset = first & 0x3f;
    int next = at + 1;
    if ((first & 0x40) == 0) {
      offset = (offset << 8 | core.memory.loadByte(next)) << 18 >> 18;
      next++;
    }
    if (holds != ((first & 0x80) != 0)) {
      core.pc = next;
    } else if (offset == 0 || offset == 1) {
      core.pc = core.leave(offset);
    } else {
      core.pc = next + offset - 2;
    }
  }
}
