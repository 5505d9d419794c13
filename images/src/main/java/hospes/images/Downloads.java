package hospes.images;

import hospes.images.ImageException.Reason;
import hospes.images.ImageException.Remedy;
import hospes.images.Progress.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Files fetched from a mirror, named by what they must contain. What was fetched in part is
/// continued; what is damaged is fetched again. Only one pull at a time may use it.
final class Downloads {
  private static final int ATTEMPTS = 4;

  private final Path directory;
  private final Fetcher fetcher;
  private final ProgressListener listener;

  Downloads(Path directory, Fetcher fetcher, ProgressListener listener) throws ImageException {
    this.directory = directory;
    this.fetcher = fetcher;
    this.listener = listener;
    CacheFiles.createDirectories(directory);
  }

  /// The verified file. A mirror that has a file of another size is found out before its content is
  /// fetched.
  ///
  /// @param size bytes that it must have
  /// @param sha256 hash that it must have
  /// @param subject its name, for people
  /// @throws ImageException with [Reason#HASH_MISMATCH] if the mirror has another file there
  Path get(URI uri, long size, String sha256, String subject) throws ImageException {
    Path file = directory.resolve(sha256);
    Path part = directory.resolve(sha256 + ".part");
    try {
      if (isSound(file, size, sha256)) {
        return file;
      }
      Files.deleteIfExists(file);
      CacheFiles.requireSpace(directory, size);
      boolean resumed = Files.exists(part);
      fetch(uri, size, part, subject);
      if (!isSound(part, size, sha256) && resumed) {
        // What was there before may be to blame.
        Files.deleteIfExists(part);
        fetch(uri, size, part, subject);
      }
      if (!isSound(part, size, sha256)) {
        Files.deleteIfExists(part);
        throw mismatch(uri, "its SHA-256 differs");
      }
      CacheFiles.commit(part, file);
      return file;
    } catch (IOException e) {
      throw CacheFiles.failure(directory, e);
    }
  }

  /// Removes everything that was fetched, whole or in part.
  static void clear(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /// Fetches what is missing of a file, with further attempts if the connection breaks. The part is
  /// then of the right size.
  private void fetch(URI uri, long size, Path part, String subject)
      throws ImageException, IOException {
    for (int attempt = 1; ; attempt++) {
      long done = Files.exists(part) ? Files.size(part) : 0;
      if (done > size) {
        Files.delete(part);
        done = 0;
      } else if (done == size && done > 0) {
        return;
      }
      try {
        Fetcher.Answer answer = open(uri, done);
        try (InputStream in = answer.body()) {
          requireLength(uri, answer.length(), size);
          long fetched = copy(in, part, answer.start(), size, subject);
          if (fetched == size) {
            return;
          }
          if (fetched < size && answer.length().isPresent()) {
            throw new BrokenException(new EOFException());
          }
          // This is where the file ends: continuing would not make it the one that is wanted.
          Files.deleteIfExists(part);
          throw mismatch(
              uri,
              fetched < size ? sizes(fetched, size) : "it has more than %d bytes".formatted(size));
        }
      } catch (BrokenException e) {
        long now = Files.exists(part) ? Files.size(part) : 0;
        if (attempt >= ATTEMPTS || now <= done) {
          throw Fetcher.unreachable(uri, e.broken);
        }
      }
    }
  }

  private static void requireLength(URI uri, OptionalLong announced, long size)
      throws ImageException {
    if (announced.isPresent() && announced.getAsLong() != size) {
      throw mismatch(uri, sizes(announced.getAsLong(), size));
    }
  }

  private static String sizes(long actual, long wanted) {
    return "it has %d bytes instead of %d".formatted(actual, wanted);
  }

  private static ImageException mismatch(URI uri, String difference) {
    return new ImageException(
        Reason.HASH_MISMATCH,
        "%s is not the file that the signed index describes: %s. The mirror, or a cache in front of it, is probably in"
                .formatted(uri, difference)
            + " the middle of an update: try again later.",
        Remedy.OTHER_MIRROR);
  }

  private Fetcher.Answer open(URI uri, long from) throws ImageException {
    try {
      return fetcher.open(uri, from);
    } catch (IOException e) {
      throw Fetcher.unreachable(uri, e);
    }
  }

  /// Appends to the part until there is an end, or more than there should be.
  private long copy(InputStream in, Path part, long start, long size, String subject)
      throws IOException, BrokenException {
    StandardOpenOption how =
        start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      var buffer = new byte[1 << 16];
      long done = start;
      listener.progress(new Progress(Phase.DOWNLOADING, subject, done, size));
      while (done <= size) {
        int n = read(in, buffer);
        if (n < 0) {
          break;
        }
        out.write(buffer, 0, n);
        done += n;
        listener.progress(new Progress(Phase.DOWNLOADING, subject, done, size));
      }
      return done;
    }
  }

  private static int read(InputStream in, byte[] buffer) throws BrokenException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new BrokenException(e);
    }
  }

  private static boolean isSound(Path file, long size, String sha256) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) == size && Sha256.of(file).equals(sha256);
  }

  /// The connection broke, as opposed to the cache.
  private static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;
    private final IOException broken;

    BrokenException(IOException broken) {
      super(broken);
      this.broken = broken;
    }
  }
}
