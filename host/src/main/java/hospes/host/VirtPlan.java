package hospes.host;

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
/// @param clock decides whether time of day and entropy are the host's, or the same every time
record VirtPlan(
    long memoryBytes,
    int harts,
    Firmware firmware,
    Optional<byte[]> kernel,
    Optional<byte[]> initrd,
    String commandLine,
    Optional<byte[]> deviceTree,
    List<DriveSpec> drives,
    ClockMode clock) {
  private static final Instant VIRTUAL_START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SEED_BYTES = 32;
  private static final int MAX_DRIVES = 64;
  private static final int MAX_FILE = 1 << 30;

  VirtSpec spec(List<BlockStore> stores, ConsoleOutput console, EngineSettings engine) {
    return new VirtSpec(
        memoryBytes,
        harts,
        firmware,
        kernel,
        initrd,
        commandLine,
        deviceTree,
        stores,
        console,
        timeOfDay(),
        entropy(),
        engine);
  }

  /// The host's time of day, in nanoseconds; the same every time for a run that is to be repeated.
  private long timeOfDay() {
    Instant now =
        switch (clock) {
          case HOST -> Instant.now();
          case VIRTUAL -> VIRTUAL_START;
        };
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
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
    switch (firmware) {
      case Firmware.BuiltIn() -> out.putInt(0);
      case Firmware.None() -> out.putInt(1);
      case Firmware.File(byte[] content) -> {
        out.putInt(2);
        putFile(out, content);
      }
    }
    putOptional(out, kernel);
    putOptional(out, initrd);
    out.putString(commandLine);
    putOptional(out, deviceTree);
    out.putInt(drives.size());
    for (DriveSpec drive : drives) {
      out.putString(drive.file().toAbsolutePath().toString());
      out.putBoolean(drive.access() == DriveAccess.READ_ONLY);
      out.putString(drive.format().map(DriveFormat::text).orElse(""));
      out.putBoolean(drive.writes() == DriveSpec.Writes.THROWN_AWAY);
    }
    out.putBoolean(clock == ClockMode.VIRTUAL);
  }

  static VirtPlan restore(RecordReader in) {
    return new VirtPlan(
        in.getLong(),
        in.getInt(),
        firmware(in),
        getOptional(in),
        getOptional(in),
        in.getString(),
        getOptional(in),
        drives(in),
        in.getBoolean() ? ClockMode.VIRTUAL : ClockMode.HOST);
  }

  private static Firmware firmware(RecordReader in) {
    return switch (in.getCount(2)) {
      case 0 -> new Firmware.BuiltIn();
      case 1 -> new Firmware.None();
      default -> new Firmware.File(getFile(in));
    };
  }

  private static List<DriveSpec> drives(RecordReader in) {
    List<DriveSpec> drives = new ArrayList<>();
    for (int left = in.getCount(MAX_DRIVES); left > 0; left--) {
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

  private static void putOptional(RecordWriter out, Optional<byte[]> content) {
    out.putBoolean(content.isPresent());
    content.ifPresent(bytes -> putFile(out, bytes));
  }

  private static Optional<byte[]> getOptional(RecordReader in) {
    return in.getBoolean() ? Optional.of(getFile(in)) : Optional.empty();
  }

  private static void putFile(RecordWriter out, byte[] content) {
    out.putInt(content.length);
    out.putBytes(content);
  }

  private static byte[] getFile(RecordReader in) {
    return in.getBytes(in.getCount(MAX_FILE));
  }
}
