package hospes.host;

/// Where a machine finds what it loads at power-on.
interface BootSource {
  /// All of it.
  ///
  /// @throws hospes.boards.BoardException where it cannot be had (any more)
  BootFiles load();

  /// One more machine may need it.
  default void retain() {}

  /// One machine fewer may need it.
  default void release() {}
}
