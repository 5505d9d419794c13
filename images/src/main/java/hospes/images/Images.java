package hospes.images;

import hospes.images.ImageException.Reason;
import hospes.images.Progress.Phase;
import hospes.images.PullOptions.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The catalogue of images, and those of them that are on this machine.
///
/// ```java
/// var images = new Images(ImageSettings.of(System.getenv()));
/// Image debian = images.pull("debian", PullOptions.any(), progress -> draw(progress));
/// ```
public final class Images {
  /// Within the cache.
  static final String FOLDER = "images";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ImageSettings settings;
  private final InstantSource clock;
  private final ImageStore store;

  public Images(ImageSettings settings) {
    this(settings, InstantSource.system());
  }

  Images(ImageSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.store = new ImageStore(settings.cache().resolve(FOLDER));
  }

  /// The names that can be pulled.
  public static List<String> catalogue() {
    return List.of(DebianImage.NAME);
  }

  /// The image of that name, if it is on this machine. Its files are not checked for damage;
  /// [#pull] does that.
  public Optional<Image> find(String name) throws ImageException {
    return store.find(name).map(ImageStore.Stored::image);
  }

  /// The image of that name, if it is on this machine, and this build of Hospes would make the same
  /// of the same packages. Its files are not checked for damage: that takes longer than to start a
  /// guest whose template is here.
  public Optional<Image> current(String name) throws ImageException {
    return store.find(name).filter(ImageStore.Stored::isCurrent).map(ImageStore.Stored::image);
  }

  /// Where templates of the image are: snapshots of the booted guest, made by the host. They go
  /// when the image is [removed][#remove].
  public Path templates(String name) {
    return templates().resolve(name);
  }

  private Path templates() {
    return settings.cache().resolve("templates");
  }

  /// The images that have a folder of templates; an image itself may be gone.
  public List<String> withTemplates() throws ImageException {
    if (!Files.isDirectory(templates())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(templates())) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> String.valueOf(folder.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw CacheFiles.failure(templates(), e);
    }
  }

  /// The images on this machine, by name.
  public List<Image> list() throws ImageException {
    return store.list();
  }

  /// Removes an image, and what was fetched for it. Guests that run keep what they have read.
  ///
  /// @return whether it was there
  public boolean remove(String name) throws ImageException {
    if (store.find(name).isEmpty()) {
      return false;
    }
    try (CacheLock _ = lock(ProgressListener.none())) {
      Downloads.clear(downloadDirectory());
      clearTemplates(name);
      return store.remove(name);
    } catch (IOException e) {
      throw CacheFiles.failure(settings.cache(), e);
    }
  }

  /// Removes the templates of an image, which stays. Guests that were started from them go on.
  ///
  /// @return whether there was any
  public boolean removeTemplates(String name) throws ImageException {
    if (!withTemplates().contains(name)) {
      return false;
    }
    try (CacheLock _ = lock(ProgressListener.none())) {
      clearTemplates(name);
      return true;
    } catch (IOException e) {
      throw CacheFiles.failure(settings.cache(), e);
    }
  }

  private void clearTemplates(String name) throws IOException {
    Path folder = templates(name);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    }
  }

  /// Makes sure that the image is on this machine, whole, and as fresh as asked for. If another
  /// process is pulling, waits for it and takes its result.
  ///
  /// @throws ImageException if there is no such image, or it cannot be fetched, verified or written
  public Image pull(String name, PullOptions options, ProgressListener listener)
      throws ImageException {
    if (!catalogue().contains(name)) {
      throw new ImageException(
          Reason.UNKNOWN_IMAGE,
          "there is no image \"%s\"; the catalogue has: %s"
              .formatted(name, String.join(", ", catalogue())));
    }
    if (options.freshness() == Freshness.ANY) {
      Optional<Image> there = sound(name);
      if (there.isPresent()) {
        return there.get();
      }
    }
    Instant asked = clock.instant();
    try (CacheLock lock = lock(listener)) {
      Optional<Image> there = lock.waited() ? sound(name) : Optional.empty();
      if (there.isPresent() && !there.get().pulled().isBefore(asked)) {
        return there.get();
      }
      return pullDebian(options, listener);
    } catch (IOException e) {
      throw CacheFiles.failure(settings.cache(), e);
    }
  }

  private Image pullDebian(PullOptions options, ProgressListener listener)
      throws ImageException, IOException {
    DebianMirror mirror = DebianMirror.find(options.mirror(), settings);
    Keyring keyring = Keyring.open(settings);
    try (var fetcher = new Fetcher(settings.environment(), PATIENCE)) {
      var downloads = new Downloads(downloadDirectory(), fetcher, listener);
      var debian = new DebianImage(mirror, fetcher, downloads, listener);
      DebianImage.Packages packages = debian.resolve(keyring, clock.instant());
      Optional<ImageStore.Stored> there = store.find(DebianImage.NAME);
      if (there.isPresent()
          && there.get().fingerprint().equals(packages.fingerprint())
          && there.get().isSound()) {
        Downloads.clear(downloadDirectory());
        return there.get().image();
      }
      DebianImage.Content content = debian.build(packages);
      listener.progress(new Progress(Phase.WRITING, DebianImage.NAME, 0, 0));
      Image image = store.write(content, packages, clock.instant());
      Downloads.clear(downloadDirectory());
      return image;
    }
  }

  private Path downloadDirectory() {
    return settings.cache().resolve("downloads");
  }

  private Optional<Image> sound(String name) throws ImageException {
    return store
        .find(name)
        .filter(ImageStore.Stored::isCurrent)
        .filter(ImageStore.Stored::isSound)
        .map(ImageStore.Stored::image);
  }

  private CacheLock lock(ProgressListener listener) throws ImageException, IOException {
    CacheFiles.createDirectories(settings.cache());
    Path file = settings.cache().resolve("lock");
    return CacheLock.take(
        file, () -> listener.progress(new Progress(Phase.WAITING, file.toString(), 0, 0)));
  }
}
