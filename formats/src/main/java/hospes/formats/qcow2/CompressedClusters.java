package hospes.formats.qcow2;

import hospes.formats.FormatException;
import hospes.formats.compression.Zstandard;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks clusters, and keeps the last one.
final class CompressedClusters {
  private final Storage storage;
  private final Qcow2Header header;
  private long cachedOffset = -1;
  private byte[] cached = new byte[0];

  CompressedClusters(Storage storage, Qcow2Header header) {
    this.storage = storage;
    this.header = header;
  }

  /// A whole cluster; not to be changed.
  byte[] read(L2Entry.Compressed entry) throws IOException {
    if (entry.offset() != cachedOffset) {
      byte[] packed = new byte[entry.length()];
      storage.read(entry.offset(), packed, 0, packed.length);
      cachedOffset = -1;
      cached =
          header.zstd() ? Zstandard.decompressStart(packed, header.clusterSize()) : inflate(packed);
      cachedOffset = entry.offset();
    }
    return cached;
  }

  /// Forgets what was unpacked: its place in the file is used for something else.
  void forget() {
    cachedOffset = -1;
  }

  private byte[] inflate(byte[] packed) throws FormatException {
    byte[] cluster = new byte[header.clusterSize()];
    int done = 0;
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(packed);
      while (done < cluster.length) {
        int got = inflater.inflate(cluster, done, cluster.length - done);
        if (got == 0) {
          throw new FormatException("damaged qcow2 image: a compressed cluster ends too early");
        }
        done += got;
      }
    } catch (DataFormatException e) {
      throw new FormatException("damaged qcow2 image: a compressed cluster is no deflate data", e);
    }
    return cluster;
  }
}
