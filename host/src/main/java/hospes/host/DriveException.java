package hospes.host;

import hospes.storage.BlockStoreException;
import hospes.storage.DriveProblem;

/// A disk that a guest cannot have as it was asked for.
public final class DriveException extends HostException {
  private static final long serialVersionUID = 1;

  private final transient DriveProblem problem;

  private DriveException(BlockStoreException refused) {
    super(refused.problem().message(), refused);
    problem = refused.problem();
  }

  /// Why it cannot.
  public DriveProblem problem() {
    return problem;
  }

  /// Something done with disks.
  @FunctionalInterface
  public interface Use<T> {
    /// Does it.
    T run() throws BlockStoreException;
  }

  /// Does something with disks.
  ///
  /// @throws DriveException where one is refused
  public static <T> T unlessRefused(Use<T> use) {
    try {
      return use.run();
    } catch (BlockStoreException refused) {
      throw new DriveException(refused);
    }
  }
}
