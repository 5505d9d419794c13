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
  private final List<Drive> drives;
  private final List<FileBlockStore> files = new ArrayList<>();
  private int users = 1;

  private Drives(List<Drive> drives) {
    this.drives = drives;
  }

  /// Opens all.
  ///
  /// @throws HostException where one cannot be used
  static Drives open(List<Drive> wanted) {
    Drives opened = new Drives(List.copyOf(wanted));
    try {
      for (Drive drive : wanted) {
        opened.files.add(FileBlockStore.open(drive.file(), drive.access()));
      }
      return opened;
    } catch (BlockStoreException e) {
      opened.leave();
      throw new HostException(String.valueOf(e.getMessage()), e);
    }
  }

  /// What they were opened from.
  List<Drive> drives() {
    return drives;
  }

  /// Their contents.
  List<BlockStore> stores() {
    return List.copyOf(files);
  }

  /// The same disks for a fork.
  ///
  /// @throws HostException where one is writable: two guests would destroy its file system
  synchronized Drives share() {
    for (Drive drive : drives) {
      switch (drive.access()) {
        case READ_ONLY -> {}
        case READ_WRITE ->
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
    for (FileBlockStore file : files) {
      file.firstFailure().ifPresent(failure -> failures.put(file.name(), failure));
    }
    return failures;
  }

  /// Leaves the disks to the others, or closes them.
  synchronized void leave() {
    if (--users > 0) {
      return;
    }
    for (FileBlockStore file : files) {
      try {
        file.close();
      } catch (IOException ignored) {
        // Written data is in the host's hands already; closing a file adds nothing to that.
      }
    }
  }
}
