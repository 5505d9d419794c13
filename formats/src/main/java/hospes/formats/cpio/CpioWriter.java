package hospes.formats.cpio;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// Writes a newc archive, uncompressed: what the Linux kernel unpacks as its initramfs. Linux
/// documentation, "initramfs buffer format".
///
/// The same calls give the same bytes: owner and time are always 0, inode numbers count up. Parent
/// directories are written when they are first needed, so callers name only what they care about.
public final class CpioWriter implements Closeable {
  private static final String TRAILER = "TRAILER!!!";
  private static final byte[] NOTHING = {};
  private static final byte[] PADDING = new byte[3];

  private final OutputStream out;
  private final Set<String> written = new HashSet<>();
  private int inode;
  private boolean finished;

  /// @param out receives the archive; closed with this writer
  public CpioWriter(OutputStream out) {
    this.out = out;
  }

  /// A directory with mode 0755; nothing happens if it was already written.
  public void directory(String path) throws IOException {
    requirePath(path);
    if (!written.contains(path)) {
      entry(path, CpioEntry.DIRECTORY | 0755, 2, 0, 0, NOTHING);
    }
  }

  /// A regular file.
  ///
  /// @param permissions for example `0755`
  public void file(String path, int permissions, byte[] content) throws IOException {
    entry(path, CpioEntry.REGULAR | permissions & 07777, 1, 0, 0, content);
  }

  /// A regular file with mode 0644.
  public void text(String path, String content) throws IOException {
    file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
  }

  /// A symbolic link.
  public void symbolicLink(String path, String target) throws IOException {
    entry(path, CpioEntry.SYMLINK | 0777, 1, 0, 0, target.getBytes(StandardCharsets.UTF_8));
  }

  /// A character device node, for example 5, 1 for `dev/console`.
  public void characterDevice(String path, int permissions, int major, int minor)
      throws IOException {
    entry(path, CpioEntry.CHARACTER_DEVICE | permissions & 07777, 1, major, minor, NOTHING);
  }

  /// Ends the archive. Calling it again does nothing.
  @Override
  public void close() throws IOException {
    if (!finished) {
      finished = true;
      try (out) {
        write(TRAILER, 0, 1, 0, 0, NOTHING);
      }
    }
  }

  private void entry(String path, int mode, int links, int major, int minor, byte[] data)
      throws IOException {
    requirePath(path);
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      directory(path.substring(0, slash));
    }
    if (!written.add(path)) {
      throw new IllegalArgumentException("already in the archive: " + path);
    }
    write(path, mode, links, major, minor, data);
  }

  private void write(String path, int mode, int links, int major, int minor, byte[] data)
      throws IOException {
    byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
    var header = new StringBuilder("070701");
    // ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
    int[] fields = {inode++, mode, 0, 0, links, 0, data.length, 0, 0, major, minor, name.length, 0};
    for (int field : fields) {
      header.append("%08X".formatted(field));
    }
    out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
    out.write(name);
    pad(header.length() + name.length);
    out.write(data);
    pad(data.length);
  }

  private void pad(int length) throws IOException {
    out.write(PADDING, 0, -length & 3);
  }

  private static void requirePath(String path) {
    for (String part : path.split("/", -1)) {
      if (part.isEmpty()
          || part.equals(".")
          || part.equals("..")
          || part.indexOf(0) >= 0
          || path.equals(TRAILER)) {
        throw new IllegalArgumentException("not a relative path for an archive: \"" + path + '"');
      }
    }
  }
}
