package hospes.formats.snapshot;

/// Takes pages that were read.
@FunctionalInterface
public interface PageSink {
  /// A page: `length` bytes of `from`, from `offset` on, which are the sink's only during the call.
  void accept(long page, byte[] from, int offset, int length);
}
