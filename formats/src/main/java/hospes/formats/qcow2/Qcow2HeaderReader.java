package hospes.formats.qcow2;

import hospes.formats.FileAccess;
import hospes.formats.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Takes a header apart, without trust in any number.
final class Qcow2HeaderReader {
  private static final int COMPRESSION_AT = 104;
  private static final int MAX_HEADER = 4096;

  private final FileAccess file;
  private ByteBuffer cluster = ByteBuffer.allocate(0);

  Qcow2HeaderReader(FileAccess file) {
    this.file = file;
  }

  Qcow2Header read() throws IOException {
    load(Qcow2Header.V2_BYTES);
    if (cluster.getInt(0) != Qcow2Header.MAGIC) {
      throw new FormatException("not a qcow2 image");
    }
    int version = cluster.getInt(4);
    if (version < 2 || version > 3) {
      throw Qcow2Header.unsupported("has version %d".formatted(version));
    }
    int clusterBits = cluster.getInt(20);
    if (clusterBits < Qcow2Header.MIN_CLUSTER_BITS || clusterBits > Qcow2Header.MAX_CLUSTER_BITS) {
      throw damaged("it has clusters of 2^%d bytes".formatted(clusterBits));
    }
    if (cluster.getInt(32) != 0) {
      throw Qcow2Header.unsupported("is encrypted");
    }
    int length = version == 2 ? Qcow2Header.V2_BYTES : version3Length(clusterBits);
    load((int) Math.min(file.size(), 1L << clusterBits));
    Qcow2Header header = parse(version, clusterBits, length);
    header.check();
    return header;
  }

  private int version3Length(int clusterBits) throws IOException {
    load(Qcow2Header.V3_BYTES);
    int length = cluster.getInt(100);
    if (length < Qcow2Header.V3_BYTES
        || length % Long.BYTES != 0
        || length > Math.min(MAX_HEADER, 1 << clusterBits)
        || length > file.size()) {
      throw damaged("its header has %d bytes".formatted(length));
    }
    return length;
  }

  private void load(int length) throws IOException {
    if (file.size() < length) {
      throw new FormatException("truncated qcow2 image: it ends within its header");
    }
    byte[] bytes = new byte[length];
    file.read(0, bytes, 0, length);
    cluster = ByteBuffer.wrap(bytes);
  }

  private Qcow2Header parse(int version, int clusterBits, int length) throws IOException {
    boolean newer = version > 2;
    int compression = length > COMPRESSION_AT ? cluster.get(COMPRESSION_AT) : 0;
    if (compression < 0 || compression > 1) {
      throw Qcow2Header.unsupported("is compressed in a way unknown here");
    }
    return new Qcow2Header(
        version,
        clusterBits,
        cluster.getLong(24),
        cluster.getInt(36),
        cluster.getLong(40),
        cluster.getLong(48),
        cluster.getInt(56),
        cluster.getInt(60),
        newer ? cluster.getLong(Qcow2Header.AT_FEATURES) : 0,
        newer ? cluster.getLong(Qcow2Header.AT_AUTOCLEAR) : 0,
        newer ? cluster.getInt(96) : 4,
        compression == 1,
        backing(length));
  }

  private Optional<BackingFile> backing(int headerLength) throws FormatException {
    long at = cluster.getLong(8);
    if (at == 0) {
      return Optional.empty();
    }
    int length = cluster.getInt(16);
    if (length < 1
        || length > BackingFile.MAX_NAME_BYTES
        || at < headerLength
        || at > cluster.capacity() - length) {
      throw damaged("the name of its backing file lies outside its header");
    }
    return Optional.of(
        new BackingFile(text((int) at, length), backingFormat(headerLength, (int) at)));
  }

  private Optional<String> backingFormat(int from, int to) throws FormatException {
    int at = from;
    while (at <= to - 8) {
      int type = cluster.getInt(at);
      int length = cluster.getInt(at + 4);
      if (type == 0) {
        break;
      }
      if (length < 0 || length > to - at - 8) {
        throw damaged("a header extension is %d bytes long".formatted(length));
      }
      if (type == Qcow2Header.BACKING_FORMAT) {
        return length == 0 ? Optional.empty() : Optional.of(text(at + 8, length));
      }
      at += 8 + (length + 7 & ~7);
    }
    return Optional.empty();
  }

  private String text(int at, int length) throws FormatException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(cluster.slice(at, length)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException("damaged qcow2 image: a name in it is no UTF-8", e);
    }
  }

  private static FormatException damaged(String how) {
    return new FormatException("damaged qcow2 image: " + how);
  }
}
