package hospes.images;

import hospes.images.ImageException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The images on disk: a directory each, with `image.properties` and the files that it names.
///
/// An image is there when its `image.properties` is: replacing that file is what replaces an image,
/// at once, and files that it does not name are removed afterwards.
final class ImageStore {
  static final String PROPERTIES = "image.properties";
  private static final String VERSION = "version.";

  /// An image, and what is known about its files.
  ///
  /// @param fingerprint names everything that it was made of
  /// @param recipe how it was made of that
  record Stored(
      Image image, String fingerprint, String recipe, String kernelSha256, String initrdSha256) {
    /// Whether this build of Hospes would make the same of the same packages.
    boolean isCurrent() {
      return recipe.equals(DebianInitramfs.recipe());
    }

    /// Whether the files are still what was written.
    boolean isSound() {
      try {
        return Sha256.of(image.kernel()).equals(kernelSha256)
            && Sha256.of(image.initrd()).equals(initrdSha256);
      } catch (IOException e) {
        return false;
      }
    }
  }

  private final Path directory;

  ImageStore(Path directory) {
    this.directory = directory;
  }

  /// The image of that name, if it is there and its files are.
  Optional<Stored> find(String name) throws ImageException {
    if (!name.matches("[a-z0-9][a-z0-9.-]*")) {
      return Optional.empty();
    }
    Path home = directory.resolve(name);
    var properties = new Properties();
    try (Reader in = Files.newBufferedReader(home.resolve(PROPERTIES), StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw CacheFiles.failure(home, e);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return read(name, home, properties);
  }

  /// All images, by name.
  List<Image> list() throws ImageException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    var images = new ArrayList<Image>();
    try (Stream<Path> homes = Files.list(directory)) {
      for (Path home : homes.sorted().toList()) {
        find(home.getFileName().toString()).ifPresent(stored -> images.add(stored.image()));
      }
    } catch (IOException e) {
      throw CacheFiles.failure(directory, e);
    }
    return images;
  }

  /// Writes an image, and with that replaces the one that was there.
  ///
  /// @param pulled the present
  Image write(DebianImage.Content content, DebianImage.Packages packages, Instant pulled)
      throws ImageException {
    Path home = directory.resolve(DebianImage.NAME);
    CacheFiles.createDirectories(home);
    CacheFiles.requireSpace(home, content.kernel().length + content.initrd().length + (1L << 20));
    String kernelSha256 = Sha256.of(content.kernel());
    String initrdSha256 = Sha256.of(content.initrd());
    var properties = new TreeMap<String, String>();
    properties.put("description", DebianImage.DESCRIPTION);
    properties.put("commandLine", DebianImage.COMMAND_LINE);
    properties.put("prompt", DebianImage.PROMPT);
    properties.put("kernel", "kernel-" + kernelSha256.substring(0, 12));
    properties.put("kernel.sha256", kernelSha256);
    properties.put("initrd", "initrd-" + initrdSha256.substring(0, 12) + ".cpio");
    properties.put("initrd.sha256", initrdSha256);
    properties.put("fingerprint", packages.fingerprint());
    properties.put("recipe", DebianInitramfs.recipe());
    properties.put("pulled", pulled.toString());
    // Read at every start: to parse a date takes ten times as long as all else that is read here.
    properties.put("pulledEpoch", pulled.getEpochSecond() + " " + pulled.getNano());
    packages.versions().forEach((name, version) -> properties.put(VERSION + name, version));
    try {
      CacheFiles.write(home.resolve("kernel-" + kernelSha256.substring(0, 12)), content.kernel());
      CacheFiles.write(
          home.resolve("initrd-" + initrdSha256.substring(0, 12) + ".cpio"), content.initrd());
      CacheFiles.write(home.resolve(PROPERTIES), text(properties));
      sweep(home, properties.values().stream().toList());
    } catch (IOException e) {
      throw CacheFiles.failure(home, e);
    }
    return find(DebianImage.NAME)
        .orElseThrow(
            () ->
                new ImageException(
                    Reason.CACHE, "the image that was just written is gone from " + home))
        .image();
  }

  /// Removes the image; tells whether it was there.
  boolean remove(String name) throws ImageException {
    if (find(name).isEmpty()) {
      return false;
    }
    Path home = directory.resolve(name);
    try {
      Files.delete(home.resolve(PROPERTIES));
      sweep(home, List.of());
      Files.delete(home);
      return true;
    } catch (IOException e) {
      throw CacheFiles.failure(home, e);
    }
  }

  private static Optional<Stored> read(String name, Path home, Properties properties) {
    Path kernel = home.resolve(fileName(properties, "kernel"));
    Path initrd = home.resolve(fileName(properties, "initrd"));
    SortedMap<String, String> versions = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(VERSION)) {
        versions.put(key.substring(VERSION.length()), properties.getProperty(key));
      }
    }
    try {
      return Optional.of(
          new Stored(
              new Image(
                  name,
                  properties.getProperty("description", ""),
                  kernel,
                  initrd,
                  properties.getProperty("commandLine", ""),
                  properties.getProperty("prompt", ""),
                  properties.getProperty("kernel.sha256", "")
                      + properties.getProperty("initrd.sha256", ""),
                  Files.size(kernel) + Files.size(initrd),
                  versions,
                  pulled(properties)),
              properties.getProperty("fingerprint", ""),
              properties.getProperty("recipe", ""),
              properties.getProperty("kernel.sha256", ""),
              properties.getProperty("initrd.sha256", "")));
    } catch (IOException | DateTimeException e) {
      // Damaged or half removed: as good as absent, so that it is made again.
      return Optional.empty();
    }
  }

  private static Instant pulled(Properties properties) {
    String text = properties.getProperty("pulledEpoch", "");
    int space = text.indexOf(' ');
    try {
      return Instant.ofEpochSecond(
          Long.parseLong(text.substring(0, Math.max(0, space))),
          Integer.parseInt(text.substring(space + 1)));
    } catch (NumberFormatException older) {
      return Instant.parse(properties.getProperty("pulled", ""));
    }
  }

  private static String fileName(Properties properties, String key) {
    String name = properties.getProperty(key, "");
    return name.matches("[a-z]+-[0-9a-f]+(\\.cpio)?") ? name : "absent";
  }

  static byte[] text(SortedMap<String, String> values) throws IOException {
    var properties = new Properties();
    properties.putAll(values);
    var out = new StringWriter();
    properties.store(out, null);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void sweep(Path home, List<String> keep) throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals(PROPERTIES) && !keep.contains(name)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
