package hospes.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where this machine keeps what images need.
///
/// @param cache the directory for downloads and images, `$XDG_CACHE_HOME/hospes`
/// @param configFile the user's settings, `$XDG_CONFIG_HOME/hospes/config.properties`
/// @param aptDirectory apt's configuration, `/etc/apt`
/// @param keyrings where the archive's keys may be: the first file that exists is used
/// @param environment the environment variables
public record ImageSettings(
    Path cache,
    Path configFile,
    Path aptDirectory,
    List<Path> keyrings,
    Map<String, String> environment) {
  /// Names a mirror.
  public static final String MIRROR_VARIABLE = "HOSPES_DEBIAN_MIRROR";

  /// Names a keyring.
  public static final String KEYRING_VARIABLE = "HOSPES_DEBIAN_KEYRING";

  /// Names a mirror, in the configuration file.
  public static final String MIRROR_KEY = "debian.mirror";

  private static final List<String> KEYRINGS =
      List.of(
          "/usr/share/keyrings/debian-archive-keyring.gpg",
          "/usr/share/keyrings/debian-archive-keyring.pgp",
          "/usr/share/keyrings/debian-archive-trixie-automatic.gpg",
          "/usr/share/keyrings/debian-archive-trixie-automatic.pgp",
          "/etc/apt/trusted.gpg.d/debian-archive-trixie-automatic.asc",
          "/etc/apt/trusted.gpg.d/debian-archive-trixie-automatic.gpg");

  /// The settings that the environment variables imply.
  public static ImageSettings of(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    return new ImageSettings(
        directory(environment, "XDG_CACHE_HOME", Path.of(home, ".cache")).resolve("hospes"),
        directory(environment, "XDG_CONFIG_HOME", Path.of(home, ".config"))
            .resolve("hospes")
            .resolve("config.properties"),
        Path.of("/etc/apt"),
        KEYRINGS.stream().map(Path::of).toList(),
        Map.copyOf(environment));
  }

  /// The variable's value as a directory. The XDG Base Directory Specification says that a relative
  /// path is to be ignored.
  private static Path directory(Map<String, String> environment, String variable, Path otherwise) {
    String value = environment.getOrDefault(variable, "");
    return value.startsWith("/") ? Path.of(value) : otherwise;
  }
}
