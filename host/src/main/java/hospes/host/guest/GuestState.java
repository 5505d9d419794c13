package hospes.host.guest;

/// Where a guest's life stands.
///
/// ```
/// CREATED ──start──► RUNNING ◄──resume── PAUSED
///                    RUNNING ──pause───► PAUSED
/// ```
///
/// Where the host's memory is too short, a running guest gets to PAUSED by itself, with a
/// [reason][Guest#haltReason].
///
/// From each of them, [Guest#kill] leads to STOPPED; a running guest also gets there by itself.
public enum GuestState {
  /// Built, and never ran.
  CREATED,
  /// Gets time.
  RUNNING,
  /// Gets no time, and its clock stands still.
  PAUSED,
  /// Ended; [Guest#outcome] says how.
  STOPPED
}
