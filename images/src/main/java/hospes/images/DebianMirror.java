package hospes.images;

import hospes.images.ImageException.Reason;
import hospes.images.ImageException.Remedy;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// A mirror of the Debian archive.
///
/// @param base its address, without a slash at the end; `dists` and `pool` are below it
/// @param origin who named it, for people: a file, a variable, the user
public record DebianMirror(URI base, String origin) {

  /// The mirror to use: the one that the user names, or else the one in the environment, the
  /// configuration file, or apt's sources.
  ///
  /// @param wanted the address that the user asks for
  /// @throws ImageException if there is none, or its address cannot be used
  public static DebianMirror find(Optional<String> wanted, ImageSettings settings)
      throws ImageException {
    if (wanted.isPresent()) {
      return of(wanted.get(), "the command");
    }
    String variable = settings.environment().getOrDefault(ImageSettings.MIRROR_VARIABLE, "");
    if (!variable.isBlank()) {
      return of(variable, "variable " + ImageSettings.MIRROR_VARIABLE);
    }
    Optional<String> configured = configured(settings);
    if (configured.isPresent()) {
      return of(configured.get(), settings.configFile().toString());
    }
    Optional<DebianMirror> apt = AptSources.debianMirror(settings.aptDirectory());
    if (apt.isPresent()) {
      return apt.get();
    }
    throw new ImageException(
        Reason.NO_MIRROR,
        "no Debian mirror is known, because %s names none. Name one with %s=URL, or a line %s=URL in %s"
            .formatted(
                settings.aptDirectory(),
                ImageSettings.MIRROR_VARIABLE,
                ImageSettings.MIRROR_KEY,
                settings.configFile()),
        Remedy.NAME_MIRROR);
  }

  /// The address of a file below the base.
  URI resolve(String path) {
    return URI.create(base + "/" + path);
  }

  /// The mirror of that address.
  ///
  /// @throws ImageException if it is no http, https or file address
  static DebianMirror of(String address, String origin) throws ImageException {
    Optional<URI> base = base(address);
    if (base.isEmpty()) {
      throw new ImageException(
          Reason.BAD_MIRROR,
          "\"%s\" (from %s) is not the address of a mirror: expected http://, https:// or file:// and a path"
              .formatted(address.strip(), origin));
    }
    return new DebianMirror(base.get(), origin);
  }

  static Optional<URI> base(String address) {
    try {
      String stripped = address.strip().replaceFirst("/+$", "");
      var uri = new URI(stripped);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean usable =
          switch (scheme) {
            case "http", "https" ->
                uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null;
            case "file" ->
                uri.getPath() != null && uri.getPath().startsWith("/") && uri.getHost() == null;
            default -> false;
          };
      return usable ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> configured(ImageSettings settings) throws ImageException {
    if (!Files.exists(settings.configFile())) {
      return Optional.empty();
    }
    var properties = new Properties();
    try (Reader in = Files.newBufferedReader(settings.configFile(), StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ImageException(
          Reason.NO_MIRROR, "cannot read " + settings.configFile() + ": " + e.getMessage(), e);
    }
    return Optional.ofNullable(properties.getProperty(ImageSettings.MIRROR_KEY))
        .filter(value -> !value.isBlank());
  }
}
