package hospes.host.memory;

import java.time.Duration;
import java.util.OptionalLong;

/// What the guests of a host use together.
///
/// @param guests how many there are
/// @param usedBytes host memory that holds their memory
/// @param limitBytes how much it may be; empty for no limit
/// @param sharing what they share
/// @param swap what there is no memory for
public record HostStats(
    int guests, long usedBytes, OptionalLong limitBytes, Sharing sharing, Swap swap) {
  /// What guests share, as forks or because it was merged.
  ///
  /// @param merging whether pages that hold the same are looked for
  /// @param sharedFrames frames that more than one page of guests has
  /// @param sharingPages pages that have such a frame and would need one of their own otherwise
  /// @param savedBytes host memory that this saves
  /// @param scannedPages pages that were looked at so far
  /// @param mergedPages pages that gave up their frame for an equal one so far
  /// @param zeroPages pages that gave up their frame for holding zeros so far
  /// @param time processor time that the looking took, but for that when memory was short
  public record Sharing(
      Merging merging,
      long sharedFrames,
      long sharingPages,
      long savedBytes,
      long scannedPages,
      long mergedPages,
      long zeroPages,
      Duration time) {}

  /// What there is no memory for.
  ///
  /// @param pages pages in the swap file
  /// @param bytes what they take there
  /// @param writtenPages pages that were swapped out so far
  /// @param readPages pages that were swapped in so far
  /// @param balloonPages pages that guests were asked to do without
  /// @param waiting guests that wait for room now
  /// @param halted guests that are paused because there is no more room
  /// @param time processor time that making room took
  public record Swap(
      long pages,
      long bytes,
      long writtenPages,
      long readPages,
      long balloonPages,
      int waiting,
      int halted,
      Duration time) {}
}
