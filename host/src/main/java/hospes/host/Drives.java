package hospes.host;

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
