package hospes.images;

import hospes.images.ImageException.Reason;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// Package indices, verified by their suite's signed index. Debian wiki, "Debian Repository
/// Format", "Release files" and "indices acquisition via hashsums (by-hash)".
///
/// A mirror takes over an update file by file, and a cache in front of it forgets file by file. In
/// between, the signed index may describe a package index that is not there. What helps is, in this
/// order: the package index's name that contains its hash; its usual name; the same two in the
/// suite's directory of another name, whose signed index may be one that fits. Accepting an older
/// signed index gives nothing away: a mirror could serve that in the first place.
final class IndexDownloads {
  private static final String COMPRESSED = ".xz";

  /// A package index that is what the archive signed.
  ///
  /// @param file the index, compressed with xz
  /// @param uncompressedSize bytes
  record Verified(Path file, long uncompressedSize) {}

  private final DebianMirror mirror;
  private final Fetcher fetcher;
  private final Downloads downloads;
  private final ProgressListener listener;

  IndexDownloads(
      DebianMirror mirror, Fetcher fetcher, Downloads downloads, ProgressListener listener) {
    this.mirror = mirror;
    this.fetcher = fetcher;
    this.downloads = downloads;
    this.listener = listener;
  }

  /// The current index, or the older one of a mirror that is in the middle of an update; the
  /// listener is told of that.
  ///
  /// @param codename the release that it must be of
  /// @param path of the uncompressed index, below the suite's directory
  /// @param now the present
  Verified get(String codename, String path, Keyring keyring, Instant now) throws ImageException {
    Release release = release(codename, codename, keyring, now);
    try {
      return index(codename, release, path);
    } catch (ImageException mismatch) {
      Optional<String> other = release.suite().filter(name -> !name.equals(codename));
      if (mismatch.reason() != Reason.HASH_MISMATCH || other.isEmpty()) {
        throw mismatch;
      }
      try {
        Release substitute = release(other.get(), codename, keyring, now);
        return substitute(release, substitute, other.get(), path);
      } catch (ImageException further) {
        if (!isOfMirror(further.reason())) {
          throw further;
        }
        mismatch.addSuppressed(further);
        throw mismatch;
      }
    }
  }

  private Verified substitute(Release release, Release substitute, String other, String path)
      throws ImageException {
    Verified index = index(other, substitute, path);
    if (!listed(substitute, path).equals(listed(release, path))) {
      listener.note(
          "the mirror is in the middle of an update: its package index%s is not there, so %s%s in dists/%s is used; pull again later for the current packages"
              .formatted(
                  of(release),
                  substitute.isOlderThan(release) ? "the older one" : "the one",
                  of(substitute),
                  other));
    }
    return index;
  }

  /// The signed index in the directory of that name.
  private Release release(String name, String codename, Keyring keyring, Instant now)
      throws ImageException {
    URI uri = mirror.resolve("dists/" + name + "/InRelease");
    String text = keyring.verify(fetcher.fetch(uri, Limits.RELEASE), uri.toString());
    return Release.parse(text, codename, now);
  }

  private Verified index(String name, Release release, String path) throws ImageException {
    return new Verified(
        compressed("dists/" + name + "/", release, path), release.file(path).size());
  }

  private Path compressed(String directory, Release release, String path) throws ImageException {
    Release.Listed listed = listed(release, path);
    if (release.hasFilesByHash()) {
      String parent = path.substring(0, path.lastIndexOf('/') + 1);
      try {
        return download(directory + parent + "by-hash/SHA256/" + listed.sha256(), listed);
      } catch (ImageException e) {
        if (e.reason() != Reason.BAD_MIRROR && e.reason() != Reason.HASH_MISMATCH) {
          throw e;
        }
        // Not there, or not what it is called: the usual name may do better.
      }
    }
    return download(directory + path + COMPRESSED, listed);
  }

  private Path download(String path, Release.Listed listed) throws ImageException {
    return downloads.get(mirror.resolve(path), listed.size(), listed.sha256(), "package index");
  }

  private static Release.Listed listed(Release release, String path) throws ImageException {
    return release.file(path + COMPRESSED);
  }

  private static String of(Release release) {
    return release
        .date()
        .map(date -> " of " + LocalDate.ofInstant(date, ZoneOffset.UTC))
        .orElse("");
  }

  /// Whether it is the mirror's state that caused an error, rather than this machine's.
  private static boolean isOfMirror(Reason reason) {
    return switch (reason) {
      case BAD_MIRROR,
          UNREACHABLE,
          BAD_SIGNATURE,
          EXPIRED,
          HASH_MISMATCH,
          PACKAGE_MISSING,
          MALFORMED ->
          true;
      case UNKNOWN_IMAGE, NO_MIRROR, NO_KEYRING, CACHE, DISK_FULL, INTERRUPTED -> false;
    };
  }
}
