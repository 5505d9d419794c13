package hospes.host.engine;

import hospes.engine.Introspection.RegionDump;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A folder of regions, for `javap`: of each its class file and a listing of its guest
/// instructions.
///
/// When the folder can no longer be written, the guest goes on and the failure is kept.
public final class RegionFolder implements RegionDump {
  private final Path folder;
  private Optional<IOException> failure = Optional.empty();
  private int regions;

  private RegionFolder(Path folder) {
    this.folder = folder;
  }

  /// Makes the folder if there is none. Files of an earlier run with the same names are replaced.
  ///
  /// @throws TraceException where it cannot be written
  public static RegionFolder open(Path folder) throws TraceException {
    try {
      Files.createDirectories(folder);
      // Tries it: permissions say nothing to root, nor of a disk that is mounted read-only.
      Files.delete(Files.createTempFile(folder, "region", ""));
      return new RegionFolder(folder);
    } catch (IOException e) {
      throw new TraceException(
          TraceException.Place.REGION_FOLDER,
          "regions cannot be written to the folder %s: %s".formatted(folder, Reasons.of(e)),
          e);
    }
  }

  @Override
  public void write(String name, byte[] classFile, String listing) {
    if (failure.isPresent()) {
      return;
    }
    try {
      Files.write(folder.resolve(name + ".class"), classFile);
      Files.writeString(folder.resolve(name + ".txt"), listing);
      regions++;
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  /// How many regions were written.
  int regions() {
    return regions;
  }

  /// What went wrong, for the user.
  public Optional<String> failure() {
    return failure.map(
        e ->
            "only %d regions were written to %s: %s; the guest was not disturbed"
                .formatted(regions, folder, Reasons.of(e)));
  }
}
