package hospes.engine.translator;

/// A register that a region keeps in a local variable.
///
/// @param file the registers among which it is
/// @param number its number
record Register(String file, int number) implements Comparable<Register> {
  @Override
  public int compareTo(Register other) {
    int byFile = file.compareTo(other.file);
    return byFile != 0 ? byFile : Integer.compare(number, other.number);
  }
}
