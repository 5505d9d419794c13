package hospes.memory;

/// Is told of writes to pages that hold decoded code, so that the code can be decoded anew.
@FunctionalInterface
public interface CodeWatch {
  /// `length` bytes from `physicalAddress`, all in one page, were written.
  void written(long physicalAddress, int length);
}
