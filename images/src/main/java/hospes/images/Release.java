package hospes.images;

import hospes.images.ImageException.Reason;
import hospes.images.ImageException.Remedy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The signed index of a suite: which files belong to it, and their hashes. Debian wiki, "Debian
/// Repository Format", "Release files".
final class Release {
  /// A file that the index vouches for.
  ///
  /// @param size bytes
  /// @param sha256 lower-case hexadecimal
  record Listed(long size, String sha256) {}

  private final Map<String, Listed> files = new HashMap<>();
  private final Optional<String> suite;
  private final Optional<Instant> date;
  private final boolean byHash;

  private Release(Stanza stanza) throws ImageException {
    suite = stanza.field("Suite").filter(name -> name.matches("[a-z][a-z0-9-]*"));
    Optional<String> written = stanza.field("Date");
    date = written.isPresent() ? Optional.of(date(written.get())) : Optional.empty();
    byHash = stanza.field("Acquire-By-Hash").orElse("no").equals("yes");
  }

  /// Reads an index whose signature was verified.
  ///
  /// @param codename the suite that was asked for: a mirror must not pass off another one
  /// @param now the present, for an index that says until when it is valid
  static Release parse(String text, String codename, Instant now) throws ImageException {
    Stanza stanza = stanza(text);
    if (stanza == null) {
      throw new ImageException(Reason.MALFORMED, "the mirror's index InRelease is empty");
    }
    String actual = stanza.field("Codename").orElse("unknown");
    if (!actual.equals(codename)) {
      throw new ImageException(
          Reason.BAD_MIRROR,
          "the mirror answers with Debian " + actual + " when asked for " + codename);
    }
    Optional<String> until = stanza.field("Valid-Until");
    if (until.isPresent() && now.isAfter(date(until.get()))) {
      throw new ImageException(
          Reason.EXPIRED,
          "the mirror's index was valid until "
              + until.get()
              + ", which is past: the mirror is not kept up to date, or this machine's clock is wrong.",
          Remedy.OTHER_MIRROR);
    }
    var release = new Release(stanza);
    for (String line : stanza.field("SHA256").orElse("").split("\n")) {
      String[] words = line.strip().split("\\s+");
      if (words.length == 3
          && words[0].matches("[0-9a-fA-F]{64}")
          && words[1].matches("[0-9]{1,18}")) {
        release.files.put(
            words[2], new Listed(Long.parseLong(words[1]), words[0].toLowerCase(Locale.ROOT)));
      }
    }
    return release;
  }

  /// The suite's name for its role, like `stable`, which moves on to another release some day; the
  /// mirror may serve it under that name too.
  Optional<String> suite() {
    return suite;
  }

  /// When the index was made.
  Optional<Instant> date() {
    return date;
  }

  /// Whether both say when they were made, and this one was first.
  boolean isOlderThan(Release other) {
    return date.isPresent() && other.date.isPresent() && date.get().isBefore(other.date.get());
  }

  /// Whether indices can also be fetched by their hash: `Acquire-By-Hash`.
  boolean hasFilesByHash() {
    return byHash;
  }

  /// The file of that path below the suite's directory.
  Listed file(String path) throws ImageException {
    Listed listed = files.get(path);
    if (listed == null) {
      throw new ImageException(
          Reason.BAD_MIRROR,
          "the mirror's index lists no " + path + ": the mirror does not carry that architecture");
    }
    return listed;
  }

  private static @Nullable Stanza stanza(String text) {
    try (var in = new BufferedReader(new StringReader(text))) {
      return Stanza.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private static Instant date(String text) throws ImageException {
    try {
      // The archive writes "UTC", which RFC 1123 calls GMT.
      return ZonedDateTime.parse(text.replace("UTC", "GMT"), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
    } catch (DateTimeException e) {
      throw new ImageException(
          Reason.MALFORMED, "the mirror's index has the date \"" + text + '"', e);
    }
  }
}
