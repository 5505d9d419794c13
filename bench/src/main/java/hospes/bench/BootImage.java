package hospes.bench;

import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import java.nio.file.Path;
import java.util.List;

/// The image that the emulators boot: `debian` of Hospes' catalogue.
final class BootImage {
  /// What the image's shell prints when it is ready.
  static final String PROMPT = "~ # ";

  private static final String NAME = "debian";

  private BootImage() {}

  /// The image; fetched first if it is not there.
  static Image pull(Workbench workbench, GuestProcess processes) throws BenchFailure {
    Path launcher = workbench.root().resolve("hospes");
    workbench.say("checking the image " + NAME);
    processes.output(List.of(launcher.toString(), "pull", NAME));
    try {
      return new Images(ImageSettings.of(System.getenv()))
          .find(NAME)
          .orElseThrow(() -> new BenchFailure("the image %s is gone".formatted(NAME)));
    } catch (ImageException e) {
      throw new BenchFailure(e.getMessage(), e);
    }
  }
}
