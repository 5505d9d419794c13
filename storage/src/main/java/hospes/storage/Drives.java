package hospes.storage;

import hospes.formats.snapshot.DriveReference;
import hospes.machine.BlockStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The open disks of a guest.
public final class Drives {
  private final List<Drive> files = new ArrayList<>();

  private Drives() {}

  private interface Opening {
    Drive open(int number) throws BlockStoreException;
  }

  private static Drives open(int count, Opening opening) throws BlockStoreException {
    Drives opened = new Drives();
    boolean done = false;
    try {
      for (int number = 0; number < count; number++) {
        opened.files.add(opening.open(number));
      }
      done = true;
      return opened;
    } finally {
      if (!done) {
        opened.close();
      }
    }
  }

  /// Opens all.
  ///
  /// @throws BlockStoreException where one cannot be used
  public static Drives open(List<DriveSpec> wanted) throws BlockStoreException {
    return open(wanted.size(), number -> Drive.open(wanted.get(number)));
  }

  /// Opens those of a guest that is restored.
  ///
  /// @param then as they were when the snapshot was taken
  /// @throws BlockStoreException where one cannot be used, or is not as it was
  public static Drives restore(List<DriveSpec> wanted, List<DriveReference> then)
      throws BlockStoreException {
    if (then.size() != wanted.size()) {
      throw new BlockStoreException(
          "the snapshot is damaged: it names %d drives for %d disks"
              .formatted(then.size(), wanted.size()));
    }
    return open(wanted.size(), number -> Drive.restore(wanted.get(number), then.get(number)));
  }

  /// The same disks for a fork.
  ///
  /// @throws BlockStoreException where one cannot be forked
  public Drives fork() throws BlockStoreException {
    return open(files.size(), number -> files.get(number).fork());
  }

  /// Their contents.
  public List<BlockStore> stores() {
    return List.copyOf(files);
  }

  /// Their files.
  public List<String> names() {
    return files.stream().map(drive -> drive.file().toString()).toList();
  }

  /// Those files that were made for this guest, a fork or a restored one.
  public List<Path> ownFiles() {
    return files.stream().map(Drive::ownFile).flatMap(Optional::stream).toList();
  }

  /// Lets the files that were made for this guest stay.
  public void keep() {
    files.forEach(Drive::keep);
  }

  /// Freezes the disks, and tells which files a snapshot needs.
  ///
  /// @throws BlockStoreException where a disk cannot be part of a snapshot
  public List<DriveReference> save() throws BlockStoreException {
    List<DriveReference> saved = new ArrayList<>();
    try {
      for (Drive file : files) {
        saved.add(file.save());
      }
      return saved;
    } catch (BlockStoreException e) {
      forget(saved);
      throw e;
    }
  }

  /// Takes back what [#save] did for a snapshot that there will not be.
  public static void forget(List<DriveReference> saved) {
    saved.forEach(Drive::forget);
  }

  /// The disks that failed, by name, with the first failure of each.
  public Map<String, IOException> failures() {
    Map<String, IOException> failures = new LinkedHashMap<>();
    for (Drive file : files) {
      file.firstFailure().ifPresent(failure -> failures.put(file.file().toString(), failure));
    }
    return failures;
  }

  /// Closes them.
  public void close() {
    for (Drive file : files) {
      try {
        file.close();
      } catch (IOException ignored) {
        // Written data is in the host's hands already; closing a file adds nothing to that.
      }
    }
  }
}
