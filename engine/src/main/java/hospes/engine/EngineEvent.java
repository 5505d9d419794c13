package hospes.engine;

import java.util.List;

/// Something that happened to a region of a guest. All of them happen on the guest's thread.
public sealed interface EngineEvent {
  /// The region's entry, in the guest's physical memory.
  long physicalAddress();

  /// A region was translated.
  ///
  /// @param address the entry's virtual address at that time
  /// @param instructions guest instructions in it; one that it contains twice counts twice
  /// @param bytes bytecode of its method, in bytes
  /// @param nanoseconds host time that translating took, or 0 where nobody measures it
  /// @param pages physical addresses of the pages that it lies in
  record Made(
      long address,
      long physicalAddress,
      int instructions,
      int bytes,
      long nanoseconds,
      List<Long> pages)
      implements EngineEvent {}

  /// From now on a region is executed where the guest reaches its entry.
  record Installed(long physicalAddress) implements EngineEvent {}

  /// A region is gone because code that it was made of was written.
  ///
  /// @param writtenAddress the first byte that was written, in physical memory
  /// @param writtenBytes how many bytes were written
  record Invalidated(long physicalAddress, long writtenAddress, int writtenBytes)
      implements EngineEvent {}

  /// A region is gone, or was never used, for another reason.
  record Dropped(long physicalAddress, Reason reason) implements EngineEvent {}

  /// Why a region was dropped.
  enum Reason {
    /// Its code changed while it was being translated.
    OUTDATED,
    /// One of its pages is no longer watched: it is taken for data, or memory was replaced.
    PAGE_FORGOTTEN,
    /// It could not be entered again and again.
    REFUSING,
    /// It trapped at its beginning again and again.
    TRAPPING,
    /// The guest has too many.
    SURPLUS,
    /// A better one took its place.
    IMPROVED
  }
}
