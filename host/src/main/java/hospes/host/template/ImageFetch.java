package hospes.host.template;

import hospes.images.Image;
import hospes.images.ImageException;

/// Sees to it that an image is on this machine, whole.
@FunctionalInterface
public interface ImageFetch {
  /// The image of that name, fetched where it is not here yet, or damaged.
  ///
  /// @throws ImageException where it cannot be had
  Image fetch(String name) throws ImageException;
}
