package hospes.zmachine;

import hospes.machine.Trap;

/// What a story did wrong. The Z-machine has no answer to any of these: they end the story.
public sealed interface ZTrap extends Trap {
  /// What happened, for the user, as the middle of a sentence.
  default String description() {
    return switch (this) {
      case DivisionByZero _ -> "division by zero";
      case StackUnderflow _ -> "nothing is left on the routine's stack";
      case StackOverflow _ ->
          "too many routines are called within each other, or too much is on the" + " stack";
      case IllegalOpcode _ -> "no instruction of this version of the Z-machine";
      case IllegalObject(int object) -> "there is no object %d".formatted(object);
      case IllegalAttribute(int attribute) -> "no object has an attribute %d".formatted(attribute);
      case IllegalProperty(int object, int property) ->
          "object %d has no property %d that could be used so".formatted(object, property);
      case ReadOutOfBounds(int address) ->
          "reading at %#x, where the story may not read".formatted(address);
      case WriteOutOfBounds(int address) ->
          "writing at %#x, where the story may not write".formatted(address);
      case IllegalRoutine(long address) -> "there is no routine at %#x".formatted(address);
      case IllegalAddress(long address) -> "no code can be at %#x".formatted(address);
      case IllegalText(long address) -> "the text at %#x does not end".formatted(address);
      case ReturnFromMain _ -> "the main routine returned";
      case IllegalFrame(int frame) ->
          "a throw to the routine call %d, which is over".formatted(frame);
      case IllegalStream(int stream) -> "there is no stream %d".formatted(stream);
      case TooManyTables _ -> "output goes to more tables within each other than 16";
      case EndlessTree(int object) ->
          "the tree of objects around object %d is broken".formatted(object);
      case IllegalTable(int address) -> "the table at %#x is broken".formatted(address);
    };
  }

  /// A division by 0, or a remainder of one (2.4).
  record DivisionByZero() implements ZTrap {}

  /// A routine took more from the stack than it put there (6.3.2).
  record StackUnderflow() implements ZTrap {}

  /// Calls or values beyond what the stack can grow to (6.3.3).
  record StackOverflow() implements ZTrap {}

  /// Bytes that are no instruction, or not of this version (14.2).
  record IllegalOpcode() implements ZTrap {}

  /// An object of a number that none can have, or whose entry does not lie in memory (12.3).
  record IllegalObject(int object) implements ZTrap {}

  /// An attribute beyond the last (12.3).
  record IllegalAttribute(int attribute) implements ZTrap {}

  /// A property that the object has not, or not of the wanted length (12.4).
  record IllegalProperty(int object, int property) implements ZTrap {}

  /// A load beyond static memory (1.1).
  record ReadOutOfBounds(int address) implements ZTrap {}

  /// A store beyond dynamic memory (1.1).
  record WriteOutOfBounds(int address) implements ZTrap {}

  /// A call to where no routine can begin (5.2).
  record IllegalRoutine(long address) implements ZTrap {}

  /// A jump or branch to outside the story.
  record IllegalAddress(long address) implements ZTrap {}

  /// Text that runs over the end of the story (3.2).
  record IllegalText(long address) implements ZTrap {}

  /// A return, or a throw, out of the routine that is no routine (5.5).
  record ReturnFromMain() implements ZTrap {}

  /// A throw to a call that is not going on (15, throw).
  record IllegalFrame(int frame) implements ZTrap {}

  /// A stream of another number than 1 to 4 (7.1.1).
  record IllegalStream(int stream) implements ZTrap {}

  /// Stream 3 selected a 17th time (7.1.2.1).
  record TooManyTables() implements ZTrap {}

  /// An object that should be among its parent's children, and is not (12.3).
  record EndlessTree(int object) implements ZTrap {}

  /// A table whose header says what cannot be.
  record IllegalTable(int address) implements ZTrap {}
}
