package hospes.host.template;

import hospes.guests.Claim;
import hospes.guests.Plan;
import hospes.guests.Start;
import hospes.guests.Value;
import hospes.host.HostException;
import hospes.host.guest.FileContent;
import hospes.host.guest.GuestMachine;
import hospes.host.guest.Kinds;
import hospes.host.guest.Starter;
import hospes.host.guest.Treatment;
import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import hospes.images.PullOptions;
import hospes.machine.Content;
import hospes.machine.HostLossException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// An image that a guest boots. Its files are verified and read when they are needed, which is
/// never for a guest that starts from a template.
public final class ImageStart {
  /// The parts of an image, by the names of the options that take them.
  private static final String KERNEL = "kernel";

  private static final String INITRD = "initrd";
  private static final String APPEND = "append";

  private final String name;
  private final Images images;
  private final ImageFetch fetch;
  private Image image;
  private boolean verified;

  private ImageStart(String name, Images images, ImageFetch fetch) throws ImageException {
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

  /// An image of the catalogue, such as `debian`; fetched where it is not here yet.
  ///
  /// @throws HostException where it cannot be had
  public static ImageStart of(String name) {
    Images images = new Images(ImageSettings.of(System.getenv()));
    return of(name, images, wanted -> images.pull(wanted, PullOptions.any(), progress -> {}));
  }

  /// An image of the catalogue.
  ///
  /// @param images where it is looked for
  /// @param fetch has it fetched where it is not there; asked for again when its files are read, to
  /// make sure that they are whole
  /// @throws HostException where it cannot be had
  public static ImageStart of(String name, Images images, ImageFetch fetch) {
    try {
      return new ImageStart(name, images, fetch);
    } catch (ImageException e) {
      throw new HostException(String.valueOf(e.getMessage()), e);
    }
  }

  /// A machine that boots the image: one of the kind that its kernel is for.
  ///
  /// @throws HostException where no kind of machine knows its kernel
  public Plan plan() {
    Image now = image();
    Content kernel = new Part(Image::kernel);
    Start start = new Start(KERNEL, FileContent.of(now.kernel(), KERNEL));
    Kinds.Claimed claimed =
        Kinds.recognise(start)
            .filter(known -> known.claim() instanceof Claim.Startable)
            .orElseThrow(
                () ->
                    new HostException(
                        "image %s is for a machine that this Hospes does not have"
                            .formatted(name)));
    return Plan.of(claimed.kind())
        .with(KERNEL, new Value.File(name, kernel))
        .with(INITRD, new Value.File(name, new Part(Image::initrd)))
        .with(APPEND, new Value.Text(now.commandLine()));
  }

  /// The image as it is known now; not checked for damage.
  private synchronized Image image() {
    return image;
  }

  /// Starts a guest of this image from a template where that can be, else at power-on.
  ///
  /// @param plan the [image's][#plan], with what was said besides
  public Starter starter(Plan plan, Treatment treatment, TemplateListener listener) {
    return TemplateStart.of(this, plan, treatment, listener)
        .orElse(supplies -> GuestMachine.atPowerOn(plan, supplies, treatment.policy().clock()));
  }

  /// What its templates are of.
  TemplateSubject templateSubject() {
    Image now = image();
    return new TemplateSubject(name, now.content(), now.prompt(), images.templates(name));
  }

  /// Whether a plan boots this image's own files, and no others.
  boolean isBootedBy(Plan plan) {
    List<Value.File> files =
        plan.values().values().stream()
            .flatMap(List::stream)
            .filter(Value.File.class::isInstance)
            .map(Value.File.class::cast)
            .toList();
    return !files.isEmpty() && files.stream().allMatch(file -> isPart(file.content()));
  }

  private boolean isPart(Content content) {
    return content instanceof Part part && part.image() == this;
  }

  /// Makes sure that its files are whole; where they are not, has them fetched anew.
  ///
  /// @throws HostException where they cannot be had
  void verify() {
    try {
      verified();
    } catch (HostLossException lost) {
      throw new HostException(String.valueOf(lost.getMessage()), lost);
    }
  }

  private synchronized Image verified() {
    if (!verified) {
      try {
        image = fetch.fetch(name);
        verified = true;
      } catch (ImageException e) {
        throw new HostLossException(String.valueOf(e.getMessage()), e);
      }
    }
    return image;
  }

  /// A file of the image.
  private final class Part implements Content {
    private final Function<Image, Path> file;

    Part(Function<Image, Path> file) {
      this.file = file;
    }

    ImageStart image() {
      return ImageStart.this;
    }

    @Override
    public long size() {
      try {
        return Files.size(file.apply(ImageStart.this.image()));
      } catch (IOException gone) {
        return bytes().length; // fetched anew
      }
    }

    @Override
    public byte[] bytes() {
      try {
        return FileContent.of(file.apply(verified()), "file").bytes();
      } catch (HostException lost) {
        throw new HostLossException(lost.getMessage(), lost);
      }
    }
  }
}
