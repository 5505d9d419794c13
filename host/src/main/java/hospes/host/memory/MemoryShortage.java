package hospes.host.memory;

/// The host has no memory for what a guest wants next, and can make no room for it. Another guest
/// that ends makes some, or a higher limit.
///
/// @param reason for the user, in one sentence
/// @param swapping why nothing is swapped out for it
public record MemoryShortage(String reason, Swapping swapping) {
  /// Why nothing is swapped out.
  public enum Swapping {
    /// The host may not swap.
    OFF,
    /// The swap file is as long as it may become.
    FULL,
    /// The disk fails or is full, or something else is the matter.
    FAILS
  }
}
