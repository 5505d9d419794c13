package hospes.host;

import hospes.boards.VirtSpec.Firmware;
import hospes.formats.snapshot.NamedRecord;
import hospes.machine.StateRecord;
import java.util.Optional;
import java.util.function.Consumer;

/// What a `virt` machine loads at power-on.
///
/// In a snapshot each is a record of its own, whose bytes are the file's: a reset needs them, and
/// nothing else does, so they are read then.
record BootFiles(
    Firmware firmware,
    Optional<byte[]> kernel,
    Optional<byte[]> initrd,
    Optional<byte[]> deviceTree) {
  private static final String PREFIX = "boot.";
  private static final String KERNEL = PREFIX + "kernel";
  private static final String INITRD = PREFIX + "initrd";
  private static final String DEVICE_TREE = PREFIX + "tree";
  private static final String FIRMWARE = PREFIX + "firmware";
  private static final int VERSION = 1;

  /// Whether a record holds one of them.
  static boolean isRecord(String name) {
    return name.startsWith(PREFIX);
  }

  void save(Consumer<StateRecord> sink) {
    kernel.ifPresent(bytes -> sink.accept(new StateRecord(KERNEL, VERSION, bytes)));
    initrd.ifPresent(bytes -> sink.accept(new StateRecord(INITRD, VERSION, bytes)));
    deviceTree.ifPresent(bytes -> sink.accept(new StateRecord(DEVICE_TREE, VERSION, bytes)));
    if (firmware instanceof Firmware.File(byte[] content)) {
      sink.accept(new StateRecord(FIRMWARE, VERSION, content));
    }
  }

  /// Those of a snapshot.
  ///
  /// @param otherwise the firmware, where it is no file
  /// @throws SnapshotFileException where one is damaged, or cannot be read any more
  static BootFiles of(SnapshotFile file, Firmware otherwise) throws SnapshotFileException {
    return new BootFiles(
        content(file, FIRMWARE).<Firmware>map(Firmware.File::new).orElse(otherwise),
        content(file, KERNEL),
        content(file, INITRD),
        content(file, DEVICE_TREE));
  }

  private static Optional<byte[]> content(SnapshotFile file, String name)
      throws SnapshotFileException {
    if (!file.recordNames().contains(name)) {
      return Optional.empty();
    }
    NamedRecord found = file.read(name);
    if (found.version() != VERSION) {
      throw new SnapshotFileException(
          "the snapshot's record %s has version %d; this Hospes reads version %d"
              .formatted(name, found.version(), VERSION));
    }
    return Optional.of(found.bytes());
  }
}
