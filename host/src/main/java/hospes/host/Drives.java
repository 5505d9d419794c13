package hospes.host;

import hospes.formats.snapshot.DriveReference;
import hospes.machine.BlockStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The open disks of a guest, and of its forks where nobody writes them; closed by the last that
/// leaves.
final class Drives {
  private final List<DriveSpec> wanted;
  private final List<Drive> files = new ArrayList<>();
  private int users = 1;

  private Drives(List<DriveSpec> wanted) {
    this.wanted = wanted;
  }

  /// Opens all.
  ///
  /// @throws HostException where one cannot be used
  static Drives open(List<DriveSpec> wanted) {
    Drives opened = new Drives(List.copyOf(wanted));
    try {
      for (DriveSpec drive : wanted) {
        opened.files.add(Drive.open(drive));
      }
      return opened;
    } catch (BlockStoreException e) {
      opened.leave();
      throw new HostException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Their contents.
  List<BlockStore> stores() {
    return List.copyOf(files);
  }

  /// The same disks for a fork.
  ///
  /// @throws HostException where one is writable: two guests would destroy its file system
  synchronized Drives share() {
    for (DriveSpec drive : wanted) {
      if (drive.isWritten()) {
        throw new HostException(
            "a guest with the writable drive %s cannot be forked; attach it as %s,readonly"
                .formatted(drive.file(), drive.file()));
      }
    }
    users++;
    return this;
  }

  /// Brings what was written to the files, and tells which files a snapshot needs.
  ///
  /// @throws HostException where a disk cannot be part of a snapshot
  List<DriveReference> references() {
    List<DriveReference> references = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Drive file = files.get(i);
      if (wanted.get(i).writes() == DriveSpec.Writes.THROWN_AWAY) {
        throw new HostException(
            "a guest whose writes to the drive %s are thrown away cannot be saved; give it an overlay of its own"
                .formatted(file.file()));
      }
      try {
        if (!file.isReadOnly()) {
          file.flush();
        }
        references.add(file.reference());
      } catch (IOException e) {
        throw new HostException(
            "drive %s cannot be part of a snapshot: %s".formatted(file.file(), Reasons.of(e)), e);
      }
    }
    return references;
  }

  /// Makes sure that the disks are as they were when a snapshot was taken.
  ///
  /// @throws HostException where one is not
  void requireSame(List<DriveReference> then) {
    if (then.size() != files.size()) {
      throw new HostException(
          "the snapshot is damaged: it names %d drives for %d disks"
              .formatted(then.size(), files.size()));
    }
    try {
      for (int i = 0; i < files.size(); i++) {
        files.get(i).requireSame(then.get(i));
      }
    } catch (BlockStoreException e) {
      throw new HostException(String.valueOf(e.getMessage()), e);
    }
  }

  /// The disks that failed, by name, with the first failure of each.
  Map<String, IOException> failures() {
    Map<String, IOException> failures = new LinkedHashMap<>();
    for (Drive file : files) {
      file.firstFailure().ifPresent(failure -> failures.put(file.file().toString(), failure));
    }
    return failures;
  }

  /// Leaves the disks to the others, or closes them.
  synchronized void leave() {
    if (--users > 0) {
      return;
    }
    for (Drive file : files) {
      try {
        file.close();
      } catch (IOException ignored) {
        // Written data is in the host's hands already; closing a file adds nothing to that.
      }
    }
  }
}
