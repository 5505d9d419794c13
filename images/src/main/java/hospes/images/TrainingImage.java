package hospes.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// An image for a rehearsal: it takes the place of a real one in a cache of its own, so that the
/// start of an image can be tried where none was ever fetched.
public final class TrainingImage {
  private TrainingImage() {}

  /// Writes it where [Images] with that cache finds it as the catalogue's first.
  ///
  /// @param kernel what it boots
  /// @param prompt what that says when it waits for its user
  /// @return its name
  /// @throws IOException where the cache cannot be written
  public static String write(Path cache, byte[] kernel, String prompt) throws IOException {
    byte[] initrd = {};
    String name = Images.catalogue().getFirst();
    Path home = Files.createDirectories(cache.resolve(Images.FOLDER).resolve(name));
    SortedMap<String, String> properties = new TreeMap<>();
    properties.put("kernel", "kernel-0");
    properties.put("kernel.sha256", Sha256.of(kernel));
    properties.put("initrd", "initrd-0.cpio");
    properties.put("initrd.sha256", Sha256.of(initrd));
    properties.put("prompt", prompt);
    properties.put("recipe", DebianInitramfs.recipe());
    properties.put("pulledEpoch", "0 0");
    Files.write(home.resolve("kernel-0"), kernel);
    Files.write(home.resolve("initrd-0.cpio"), initrd);
    Files.write(home.resolve(ImageStore.PROPERTIES), ImageStore.text(properties));
    return name;
  }
}
