package hospes.images;

/// Is told how far a pull has come, often: listeners that draw should drop what comes too fast.
/// Called on the pulling thread.
@FunctionalInterface
public interface ProgressListener {
  void progress(Progress progress);

  /// Is told what the user should know although the pull goes on, such as that what is fetched is
  /// not the newest.
  ///
  /// @param message a sentence for the user
  default void note(String message) {}

  /// Listens to nothing.
  static ProgressListener none() {
    return progress -> {};
  }
}
