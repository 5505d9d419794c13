package hospes.cli;

import hospes.boards.Hello;
import hospes.boards.VirtSpec.Firmware;
import hospes.formats.FormatException;
import hospes.host.guest.GuestName;
import hospes.host.Virt;
import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import hospes.images.PullOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds what the user wants to boot: an image, a file, or the parts by name.
final class BootPlanner {
  /// The guest that is built into Hospes.
  static final String HELLO = "hello";

  /// What the user said.
  record Request(
      Optional<String> guest,
      Optional<Path> kernel,
      Optional<Path> initrd,
      Optional<String> append,
      Optional<String> bios,
      Optional<Path> deviceTree) {}

  private final CommandContext context;
  private final Narrator narrator;
  private final Optional<String> mirror;

  /// @param mirror where to fetch an image from, instead of the configured mirror
  BootPlanner(CommandContext context, Narrator narrator, Optional<String> mirror) {
    this.context = context;
    this.narrator = narrator;
    this.mirror = mirror;
  }

  /// Whether a name is that of an image, or of the built-in guest, rather than a file's.
  static boolean isImage(String name) {
    return name.equals(HELLO) || Images.catalogue().contains(name);
  }

  /// Finds and reads everything; may fetch an image.
  ///
  /// @throws CommandFailure where a file cannot be read or used
  /// @throws FormatException where an ELF file is damaged
  /// @throws ImageException where an image cannot be had
  BootPlan plan(Request request) throws CommandFailure, FormatException, ImageException {
    Optional<byte[]> tree = optional(request.deviceTree(), "device tree");
    if (request.guest().isPresent()) {
      String guest = request.guest().get();
      if (guest.equals(HELLO)) {
        return hello(request, tree);
      }
      return Images.catalogue().contains(guest)
          ? image(guest, request, tree)
          : file(Path.of(guest), request, tree);
    }
    return plan(
        GuestName.derived(
            request
                .kernel()
                .or(() -> request.bios().map(Path::of))
                .map(BootPlanner::fileName)
                .orElse("")),
        optional(request.kernel(), "kernel"),
        firmware(request, new Firmware.BuiltIn()),
        request,
        tree);
  }

  private static BootPlan plan(
      GuestName name,
      Optional<byte[]> kernel,
      Firmware firmware,
      Request request,
      Optional<byte[]> tree)
      throws CommandFailure {
    Virt virt =
        kernel
            .map(Virt::linux)
            .orElseGet(() -> Virt.firmware(new byte[0]))
            .startingWith(firmware)
            .append(request.append().orElse(""));
    optional(request.initrd(), "initrd").ifPresent(virt::initrd);
    tree.ifPresent(virt::deviceTree);
    return new BootPlan(name, virt);
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  /// A guest that does nothing: enough to ask the board for its device tree.
  static BootPlan nothing() {
    return new BootPlan(GuestName.derived(""), Virt.linux(new byte[Integer.BYTES]));
  }

  private static BootPlan hello(Request request, Optional<byte[]> tree) throws CommandFailure {
    return plan(
        GuestName.derived(HELLO),
        Optional.of(Hello.elf()),
        firmware(request, new Firmware.BuiltIn()),
        request,
        tree);
  }

  private BootPlan image(String name, Request request, Optional<byte[]> tree)
      throws CommandFailure {
    Images images = new Images(ImageSettings.of(context.environment()));
    Virt virt =
        Virt.image(name, images, wanted -> fetch(images, wanted))
            .startingWith(firmware(request, new Firmware.BuiltIn()))
            .append(request.append().orElse(""));
    optional(request.initrd(), "initrd").ifPresent(virt::initrd);
    tree.ifPresent(virt::deviceTree);
    return new BootPlan(GuestName.derived(name), virt);
  }

  private Image fetch(Images images, String name) throws ImageException {
    PullOptions options = PullOptions.any();
    if (mirror.isPresent()) {
      options = options.from(mirror.get());
    }
    try (PullProgress progress = new PullProgress(narrator)) {
      return images.pull(name, options, progress);
    }
  }

  private BootPlan file(Path file, Request request, Optional<byte[]> tree)
      throws CommandFailure, FormatException {
    if (!Files.exists(file) && file.getNameCount() == 1) {
      throw new CommandFailure(
          "there is neither an image nor a file named %s; the images are: %s, %s"
              .formatted(file, HELLO, String.join(", ", Images.catalogue())));
    }
    byte[] content = InputFile.read(file, "file");
    Firmware guessed =
        switch (FileKind.of(content)) {
          case FileKind.LinuxImage() -> {
            narrator.say("%s is a raw Linux Image; starting it with --kernel".formatted(file));
            yield new Firmware.BuiltIn();
          }
          case FileKind.SupervisorElf() -> {
            narrator.say(
                "%s is an ELF kernel above 0x80200000; starting it in supervisor mode with --kernel"
                    .formatted(file));
            yield new Firmware.BuiltIn();
          }
          case FileKind.BareMetalElf() -> {
            narrator.say(
                "%s is a bare-metal ELF program; starting it in machine mode with --bios none"
                    .formatted(file));
            yield new Firmware.None();
          }
          case FileKind.ZCode _ ->
              throw new CommandFailure(
                  "%s is a story, which needs no kernel beside it".formatted(file));
          case FileKind.Unusable(String why) ->
              throw new CommandFailure("%s %s".formatted(file, why));
        };
    return plan(
        GuestName.derived(fileName(file)),
        Optional.of(content),
        firmware(request, guessed),
        request,
        tree);
  }

  private static Firmware firmware(Request request, Firmware otherwise) throws CommandFailure {
    if (request.bios().isEmpty()) {
      return otherwise;
    }
    String bios = request.bios().get();
    return bios.equals("none")
        ? new Firmware.None()
        : new Firmware.File(InputFile.read(Path.of(bios), "firmware"));
  }

  private static Optional<byte[]> optional(Optional<Path> file, String role) throws CommandFailure {
    return file.isPresent() ? Optional.of(InputFile.read(file.get(), role)) : Optional.empty();
  }
}
