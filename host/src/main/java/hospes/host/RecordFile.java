package hospes.host;

import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;

/// A snapshot's records in a file, one after the other, each with its CRC-32.
///
/// | part | content |
/// |---|---|
/// | head | 8 bytes `HOSPES` 0 and the format's version |
/// | record | 1, name (UTF), version (4 bytes), length (4 bytes), CRC-32 of the content, content |
/// | end | 0, number of records (4 bytes) |
final class RecordFile implements SnapshotFiles {
  private static final byte[] MAGIC = {'H', 'O', 'S', 'P', 'E', 'S', 0};
  private static final int VERSION = 1;

  @Override
  public void write(Path file, Source source) {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(Channels.newOutputStream(channel), source);
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard(temporary);
      throw new HostException("cannot write snapshot %s: %s".formatted(file, Reasons.of(e)), e);
    } catch (RuntimeException failure) {
      discard(temporary);
      throw failure;
    }
  }

  private static void write(OutputStream stream, Source source) throws IOException {
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16));
    out.write(MAGIC);
    out.write(VERSION);
    Sink sink = new Sink(out);
    source.save(sink::accept);
    if (sink.failure != null) {
      throw sink.failure;
    }
    out.write(0);
    out.writeInt(sink.count);
    out.flush();
  }

  private static final class Sink {
    private final DataOutputStream out;
    private int count;
    private @org.jspecify.annotations.Nullable IOException failure;

    Sink(DataOutputStream out) {
      this.out = out;
    }

    void accept(StateRecord stateRecord) {
      if (failure != null) {
        return;
      }
      try {
        out.write(1);
        out.writeUTF(stateRecord.name());
        out.writeInt(stateRecord.version());
        out.writeInt(stateRecord.bytes().length);
        out.writeInt(crc(stateRecord.bytes()));
        out.write(stateRecord.bytes());
        count++;
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException ignored) {
      // the next snapshot overwrites it
    }
  }

  @Override
  public Snapshot read(Path file) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      return read(file, in);
    } catch (NoSuchFileException e) {
      throw new HostException("snapshot %s does not exist".formatted(file), e);
    } catch (EOFException | IllegalArgumentException e) {
      throw new HostException("snapshot %s is truncated or damaged".formatted(file), e);
    } catch (IOException e) {
      throw new HostException("cannot read snapshot %s: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private static Snapshot read(Path file, DataInputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new HostException("%s is no snapshot of Hospes".formatted(file));
    }
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new HostException(
          "snapshot %s has format %d; this Hospes reads format %d"
              .formatted(file, version, VERSION));
    }
    Snapshot snapshot = new Snapshot();
    while (in.readUnsignedByte() == 1) {
      snapshot.add(record(file, in));
    }
    if (in.readInt() != snapshot.records().size()) {
      throw new HostException("snapshot %s is damaged: records are missing".formatted(file));
    }
    return snapshot;
  }

  private static StateRecord record(Path file, DataInputStream in) throws IOException {
    String name = in.readUTF();
    int version = in.readInt();
    int length = in.readInt();
    int crc = in.readInt();
    byte[] bytes = in.readNBytes(Math.max(0, length));
    if (bytes.length != length) {
      throw new EOFException();
    }
    if (crc(bytes) != crc) {
      throw new HostException("snapshot %s is damaged in its record %s".formatted(file, name));
    }
    return new StateRecord(name, version, bytes);
  }
}
