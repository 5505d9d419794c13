package hospes.conformance.isa;

import java.util.List;

/// A stream of instructions and what it is run on.
///
/// @param seed what it was generated from
/// @param pointer the register that points to [Layout#CENTRE] and is not written
/// @param codeOffset where in its pages the code starts
/// @param items the instructions; those of an item belong together
/// @param window memory before the first round; the next ones go on with what it left
/// @param states registers before each round
record Stream(
    long seed,
    int pointer,
    int codeOffset,
    List<List<Step>> items,
    byte[] window,
    List<long[]> states) {

  Stream withItems(List<List<Step>> newItems) {
    return new Stream(seed, pointer, codeOffset, newItems, window, states);
  }

  Stream withRound(byte[] newWindow, long[] state) {
    return new Stream(seed, pointer, codeOffset, items, newWindow, List.of(state));
  }
}
