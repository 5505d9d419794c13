package hospes.host;

import hospes.boards.BoardException;
import hospes.boards.VirtSpec;
import hospes.boards.VirtSpec.Firmware;
import hospes.engine.EngineSettings;
import hospes.machine.BlockStore;
import hospes.machine.ConsoleOutput;
import hospes.machine.Entropy;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A `virt` machine as planned: all that its specification says, but for what the host adds when it
/// is built. Kept with a snapshot, because a reset boots again.
///
/// @param start what the harts start in
/// @param files what is loaded at power-on
/// @param clock decides whether time of day and entropy are the host's, or the same every time
record VirtPlan(
    long memoryBytes,
    int harts,
    Start start,
    BootSource files,
    String commandLine,
    List<DriveSpec> drives,
    ClockMode clock) {
  /// 2026-01-01T00:00:00Z.
  private static final Instant VIRTUAL_START = Instant.ofEpochSecond(1_767_225_600);
  private static final int SEED_BYTES = 32;

  /// What the harts start in.
  enum Start {
    /// The board's own SBI.
    BUILT_IN_FIRMWARE,
    /// What is loaded.
    LOADED_CODE
  }

  /// With all that is loaded at power-on.
  ///
  /// @throws hospes.boards.BoardException where that cannot be had
  VirtSpec spec(List<BlockStore> stores, ConsoleOutput console, EngineSettings engine) {
    return spec(files.load(), stores, console, engine);
  }

  /// Without what is loaded at power-on, for a machine that is past it.
  VirtSpec specOfRunning(List<BlockStore> stores, ConsoleOutput console, EngineSettings engine) {
    BootFiles none =
        new BootFiles(firmware(start), Optional.empty(), Optional.empty(), Optional.empty());
    return spec(none, stores, console, engine);
  }

  private VirtSpec spec(
      BootFiles loaded, List<BlockStore> stores, ConsoleOutput console, EngineSettings engine) {
    return new VirtSpec(
        memoryBytes,
        harts,
        loaded.firmware(),
        loaded.kernel(),
        loaded.initrd(),
        commandLine,
        loaded.deviceTree(),
        stores,
        console,
        timeOfDay(),
        entropy(),
        engine);
  }

  /// The host's time of day, in nanoseconds; the same every time for a run that is to be repeated.
  private long timeOfDay() {
    return nanoseconds(
        switch (clock) {
          case HOST -> Instant.now();
          case VIRTUAL -> VIRTUAL_START;
        });
  }

  /// The host's time of day, in nanoseconds since 1970.
  static long now() {
    return nanoseconds(Instant.now());
  }

  private static long nanoseconds(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  /// Real randomness for everyday use; the same every time for a run that is to be repeated.
  private Entropy entropy() {
    return switch (clock) {
      case HOST -> freshEntropy();
      case VIRTUAL -> Entropy.fixed(0);
    };
  }

  /// A source that no other guest has.
  static Entropy freshEntropy() {
    return new Entropy(freshSeed());
  }

  /// What no other guest is seeded with.
  static byte[] freshSeed() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return seed;
  }

  void save(RecordWriter out) {
    out.putLong(memoryBytes);
    out.putInt(harts);
    out.putBoolean(start == Start.BUILT_IN_FIRMWARE);
    out.putString(commandLine);
    out.putInt(drives.size());
    for (DriveSpec drive : drives) {
      out.putString(drive.file().toAbsolutePath().toString());
      out.putBoolean(drive.access() == DriveAccess.READ_ONLY);
      out.putString(drive.format().map(DriveFormat::text).orElse(""));
      out.putBoolean(drive.writes() == DriveSpec.Writes.THROWN_AWAY);
    }
    out.putBoolean(clock == ClockMode.VIRTUAL);
  }

  /// The plan of a machine that was saved to a file.
  static VirtPlan restore(RecordReader in, SnapshotFile file) {
    long memoryBytes = in.getLong();
    int harts = in.getInt();
    Start start = in.getBoolean() ? Start.BUILT_IN_FIRMWARE : Start.LOADED_CODE;
    return new VirtPlan(
        memoryBytes,
        harts,
        start,
        new SavedFiles(file, firmware(start)),
        in.getString(),
        drives(in),
        in.getBoolean() ? ClockMode.VIRTUAL : ClockMode.HOST);
  }

  /// The firmware, where it is no file.
  private static Firmware firmware(Start start) {
    return switch (start) {
      case BUILT_IN_FIRMWARE -> new Firmware.BuiltIn();
      case LOADED_CODE -> new Firmware.None();
    };
  }

  /// Those that a snapshot brought along.
  private record SavedFiles(SnapshotFile file, Firmware firmware) implements BootSource {
    @Override
    public BootFiles load() {
      try {
        return BootFiles.of(file, firmware);
      } catch (SnapshotFileException e) {
        throw new BoardException("what the guest boots is lost: " + e.getMessage());
      }
    }

    @Override
    public void retain() {
      file.retain();
    }

    @Override
    public void release() {
      file.close();
    }
  }

  private static List<DriveSpec> drives(RecordReader in) {
    List<DriveSpec> drives = new ArrayList<>();
    for (int left = in.getCount(VirtSpec.MAX_DRIVES); left > 0; left--) {
      try {
        drives.add(
            new DriveSpec(
                Path.of(in.getString()),
                in.getBoolean() ? DriveAccess.READ_ONLY : DriveAccess.READ_WRITE,
                DriveFormat.named(in.getString()),
                in.getBoolean() ? DriveSpec.Writes.THROWN_AWAY : DriveSpec.Writes.KEPT));
      } catch (InvalidPathException e) {
        throw new SnapshotException("the snapshot names a drive that no file can have", e);
      }
    }
    return drives;
  }
}
