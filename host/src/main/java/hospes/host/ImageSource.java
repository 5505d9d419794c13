package hospes.host;

import hospes.boards.BoardException;
import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An image that a guest boots. Its files are verified and read when they are needed, which is
/// never for a guest that starts from a template.
final class ImageSource {
  private final String name;
  private final Images images;
  private final ImageFetch fetch;
  private Image image;
  private boolean verified;
  private byte @Nullable [] kernel;
  private byte @Nullable [] initrd;

  /// Finds the image, or has it fetched.
  ///
  /// @throws ImageException where it cannot be had
  ImageSource(String name, Images images, ImageFetch fetch) throws ImageException {
    this.name = name;
    this.images = images;
    this.fetch = fetch;
    var there = images.current(name);
    if (there.isPresent()) {
      image = there.get();
    } else {
      image = fetch.fetch(name);
      verified = true;
    }
  }

  /// The image as it is known now; not checked for damage.
  synchronized Image image() {
    return image;
  }

  /// What its templates are of.
  TemplateSubject templateSubject() {
    Image now = image();
    return new TemplateSubject(name, now.content(), now.prompt(), images.templates(name));
  }

  /// The image with files that are whole.
  ///
  /// @throws HostException where it cannot be had
  synchronized Image verified() {
    if (!verified) {
      try {
        image = fetch.fetch(name);
        verified = true;
      } catch (ImageException e) {
        throw new HostException(String.valueOf(e.getMessage()), e);
      }
    }
    return image;
  }

  /// @throws BoardException where it cannot be had
  synchronized byte[] kernel() {
    byte[] known = kernel;
    if (known == null) {
      known = read(verified().kernel());
      kernel = known;
    }
    return known;
  }

  /// @throws BoardException where it cannot be had
  synchronized byte[] initrd() {
    byte[] known = initrd;
    if (known == null) {
      known = read(verified().initrd());
      initrd = known;
    }
    return known;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BoardException("cannot read %s: %s".formatted(file, Reasons.of(e)));
    }
  }
}
