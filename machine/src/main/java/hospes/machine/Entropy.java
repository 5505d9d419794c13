package hospes.machine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A guest's source of randomness: a stream of bytes that its seed decides (SHA-256 over seed and
/// counter).
///
/// The host injects the seed, from its own random source for everyday use and fixed for runs that
/// are to be repeated.
public final class Entropy implements Stateful {
  /// Bytes in a seed.
  public static final int SEED_BYTES = 32;

  private final byte[] seed = new byte[SEED_BYTES];
  private long blocks;

  /// A stream from a seed of 32 bytes.
  public Entropy(byte[] seed) {
    reseed(seed);
  }

  /// Begins the stream of another seed.
  public final void reseed(byte[] newSeed) {
    if (newSeed.length != SEED_BYTES) {
      throw new IllegalArgumentException("a seed has 32 bytes, not " + newSeed.length);
    }
    System.arraycopy(newSeed, 0, seed, 0, SEED_BYTES);
    blocks = 0;
  }

  /// A stream from a small seed, for runs that are to be repeated.
  public static Entropy fixed(long seed) {
    return new Entropy(ByteBuffer.allocate(SEED_BYTES).putLong(seed).array());
  }

  /// The next `length` bytes.
  public byte[] next(int length) {
    byte[] bytes = new byte[length];
    for (int filled = 0; filled < length; ) {
      byte[] block = digest();
      int part = Math.min(block.length, length - filled);
      System.arraycopy(block, 0, bytes, filled, part);
      filled += part;
    }
    return bytes;
  }

  private byte[] digest() {
    MessageDigest sha256 = sha256();
    sha256.update(seed);
    return sha256.digest(ByteBuffer.allocate(Long.BYTES).putLong(blocks++).array());
  }

  /// SHA-256 of bytes, in hexadecimal.
  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public String recordName() {
    return "entropy";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putBytes(seed);
    out.putLong(blocks);
  }

  @Override
  public void restore(RecordReader in) {
    System.arraycopy(in.getBytes(SEED_BYTES), 0, seed, 0, SEED_BYTES);
    blocks = in.getLong();
  }
}
