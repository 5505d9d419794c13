package hospes.images;

/// Is told how far a pull has come, often: listeners that draw should drop what comes too fast.
/// Called on the pulling thread.
@FunctionalInterface
public interface ProgressListener {
  void progress(Progress progress);

  /// Listens to nothing.
  static ProgressListener none() {
    return progress -> {};
  }
}
