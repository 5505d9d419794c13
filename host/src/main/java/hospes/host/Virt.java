package hospes.host;

import hospes.boards.Hello;
import hospes.boards.VirtMachine;
import hospes.boards.VirtSpec.Firmware;
import hospes.engine.EngineSettings;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Images;
import hospes.images.PullOptions;
import hospes.storage.DriveSpec;
import hospes.storage.Drives;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A guest on the `virt` board, as its user describes it: what it boots, its hardware, and how it
/// is treated.
///
/// ```java
/// Virt.linux(Path.of("Image")).initrd(Path.of("initrd.cpio")).append("console=ttyS0").memory("1G")
/// ```
///
/// Each call changes this description and returns it. It may be used for several guests; what is
/// changed later concerns later guests only.
public final class Virt implements GuestPlan {
  private static final long DEFAULT_MEMORY = 1L << 30;

  private final Firmware defaultFirmware;
  private Optional<byte[]> kernel;
  private Optional<ImageSource> image = Optional.empty();
  private Optional<byte[]> initrd = Optional.empty();
  private Optional<byte[]> deviceTree = Optional.empty();
  private Optional<Firmware> firmware = Optional.empty();
  private final List<DriveSpec> drives = new ArrayList<>();
  private String commandLine = "";
  private long memoryBytes = DEFAULT_MEMORY;
  private int harts = 1;
  private GuestName name;
  private RunPolicy policy = RunPolicy.unlimited(ClockMode.HOST);
  private CpuShare share = CpuShare.DEFAULT;
  private Optional<OutputStream> console = Optional.empty();
  private Optional<EngineSettings> engine = Optional.empty();
  private Optional<TemplateChoice> template = Optional.empty();
  private BoardBuilder builder = VirtMachine::new;

  private Virt(Optional<byte[]> kernel, Firmware firmware, GuestName name) {
    this.kernel = kernel;
    this.name = name;
    defaultFirmware = firmware;
  }

  /// A kernel that starts in supervisor mode: a raw Linux `Image`, or an ELF file.
  ///
  /// @throws HostException where the file cannot be read
  public static Virt linux(Path kernel) {
    return linux(read(kernel, "kernel")).derivedName(kernel);
  }

  /// A kernel's file content.
  public static Virt linux(byte[] kernel) {
    return new Virt(Optional.of(kernel), new Firmware.BuiltIn(), GuestName.derived("linux"));
  }

  /// A program that starts in machine mode, without any firmware: an ELF file, or a raw image.
  ///
  /// @throws HostException where the file cannot be read
  public static Virt bareMetal(Path program) {
    return bareMetal(read(program, "program")).derivedName(program);
  }

  /// A program's file content.
  public static Virt bareMetal(byte[] program) {
    return new Virt(Optional.of(program), new Firmware.None(), GuestName.derived("program"));
  }

  /// Firmware that starts in machine mode, with or without a kernel behind it ([#kernel]).
  public static Virt firmware(byte[] content) {
    return new Virt(Optional.empty(), new Firmware.File(content), GuestName.derived("firmware"));
  }

  /// The tiny kernel that is part of Hospes.
  public static Virt hello() {
    return linux(Hello.elf()).name(GuestName.derived("hello")).memory("64M");
  }

  /// An image of the catalogue, such as `debian`; fetched where it is not here yet.
  ///
  /// @throws HostException where it cannot be had
  public static Virt image(String imageName) {
    Images images = new Images(ImageSettings.of(System.getenv()));
    return image(
        imageName, images, wanted -> images.pull(wanted, PullOptions.any(), progress -> {}));
  }

  /// An image of the catalogue.
  ///
  /// @param images where it is looked for
  /// @param fetch has it fetched where it is not there; asked for again when its files are read, to
  /// make sure that they are whole
  /// @throws HostException where it cannot be had
  public static Virt image(String imageName, Images images, ImageFetch fetch) {
    try {
      ImageSource source = new ImageSource(imageName, images, fetch);
      Virt virt =
          new Virt(Optional.empty(), new Firmware.BuiltIn(), GuestName.derived(imageName))
              .append(source.image().commandLine());
      virt.image = Optional.of(source);
      return virt;
    } catch (ImageException e) {
      throw new HostException(String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] read(Path file, String role) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new HostException("%s %s does not exist".formatted(role, file), e);
    } catch (IOException e) {
      throw new HostException("cannot read %s %s: %s".formatted(role, file, Reasons.of(e)), e);
    }
  }

  private Virt derivedName(Path file) {
    return name(GuestName.derived(String.valueOf(file.getFileName())));
  }

  /// The kernel behind [#firmware].
  public Virt kernel(byte[] content) {
    kernel = Optional.of(content);
    return this;
  }

  /// The initial RAM disk.
  ///
  /// @throws HostException where the file cannot be read
  public Virt initrd(Path file) {
    return initrd(read(file, "initrd"));
  }

  /// The initial RAM disk's content.
  public Virt initrd(byte[] content) {
    initrd = Optional.of(content);
    return this;
  }

  /// Adds to the kernel's command line.
  public Virt append(String words) {
    commandLine =
        Stream.of(commandLine, words)
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining(" "));
    return this;
  }

  /// What runs first.
  public Virt startingWith(Firmware newFirmware) {
    firmware = Optional.of(newFirmware);
    return this;
  }

  /// A device tree instead of the board's own.
  public Virt deviceTree(byte[] content) {
    deviceTree = Optional.of(content);
    return this;
  }

  /// Memory, such as `512M` or `2G`.
  ///
  /// @throws IllegalArgumentException where that is no size
  public Virt memory(String size) {
    return memory(ByteSize.parse(size));
  }

  /// Memory in bytes.
  public Virt memory(long bytes) {
    memoryBytes = bytes;
    return this;
  }

  /// Processor cores, 1 to 8.
  public Virt harts(int count) {
    harts = count;
    return this;
  }

  /// Adds a disk, which the guest reads and writes.
  public Virt drive(Path file) {
    return drive(DriveSpec.of(file));
  }

  /// Adds a disk.
  public Virt drive(DriveSpec drive) {
    drives.add(drive);
    return this;
  }

  /// The guest's name, which no other guest of the host may have.
  ///
  /// @throws HostException where it cannot name a guest
  public Virt name(String newName) {
    return name(GuestName.chosen(newName));
  }

  /// The guest's name.
  public Virt name(GuestName newName) {
    name = newName;
    return this;
  }

  /// What guest time follows.
  public Virt clock(ClockMode clock) {
    return policy(new RunPolicy(clock, policy.timeout(), policy.maxInstructions()));
  }

  /// Ends the guest after this time.
  public Virt timeout(Duration timeout) {
    return policy(new RunPolicy(policy.clock(), Optional.of(timeout), policy.maxInstructions()));
  }

  /// Clock and limits.
  public Virt policy(RunPolicy newPolicy) {
    policy = newPolicy;
    return this;
  }

  /// Its claim to the host's processors.
  public Virt cpu(CpuShare newShare) {
    share = newShare;
    return this;
  }

  /// Sends the console's output to a stream besides. The guest waits until it is taken, and ends
  /// where it is not.
  public Virt console(OutputStream to) {
    console = Optional.of(to);
    return this;
  }

  /// How code is executed; else as the host does it for all its guests.
  public Virt engine(EngineSettings settings) {
    engine = Optional.of(settings);
    return this;
  }

  /// Starts from a snapshot of the booted guest, which is made at the first start and kept beside
  /// the image. That is for a guest of an [#image] with its own kernel and initial RAM disk, no
  /// drives, the host's clock, and no limit of instructions; others boot, and so does one whose
  /// template cannot be made or used.
  ///
  /// A guest that starts from a template has random numbers of its own, and the right time.
  public Virt fromTemplate() {
    return fromTemplate(TemplateListener.none());
  }

  /// The same, telling `listener` what happens to the template.
  public Virt fromTemplate(TemplateListener listener) {
    template = image.map(source -> new TemplateChoice(plan -> source.templateSubject(), listener));
    return this;
  }

  /// The same for a guest that is no image.
  ///
  /// @param folder where its templates are kept; no other guest's may be there
  /// @param prompt what it says on its console when it is booted
  public Virt fromTemplate(Path folder, String prompt, TemplateListener listener) {
    template =
        Optional.of(
            new TemplateChoice(plan -> TemplateSubject.of(name, plan, prompt, folder), listener));
    return this;
  }

  /// How the guest comes to a template.
  private record TemplateChoice(
      Function<VirtPlan, TemplateSubject> subject, TemplateListener listener) {}

  /// What builds the machine from its specification, for tests.
  public Virt builtBy(BoardBuilder newBuilder) {
    builder = newBuilder;
    return this;
  }

  @Override
  public GuestSettings settings() {
    return new GuestSettings(name, policy, share, console);
  }

  @Override
  public MachineFactory machines() {
    VirtPlan plan = plan();
    VirtGuest.Make make = new VirtGuest.Make(plan, builder, engine);
    if (template.isPresent() && isAsTemplatesAre()) {
      TemplateChoice choice = template.get();
      return new TemplateStart(() -> choice.subject().apply(plan), make, choice.listener());
    }
    return wiring -> VirtGuest.create(make, wiring);
  }

  private boolean isAsTemplatesAre() {
    boolean asTheImageSays =
        kernel.isEmpty()
            && initrd.isEmpty()
            && deviceTree.isEmpty()
            && firmware.orElse(defaultFirmware) instanceof Firmware.BuiltIn;
    return (image.isEmpty() || asTheImageSays)
        && drives.isEmpty()
        && policy.clock() == ClockMode.HOST
        && policy.maxInstructions() == Long.MAX_VALUE;
  }

  private VirtPlan plan() {
    return new VirtPlan(
        memoryBytes,
        harts,
        firmware.orElse(defaultFirmware) instanceof Firmware.BuiltIn
            ? VirtPlan.Start.BUILT_IN_FIRMWARE
            : VirtPlan.Start.LOADED_CODE,
        files(),
        commandLine,
        List.copyOf(drives),
        policy.clock());
  }

  private BootSource files() {
    Firmware first = firmware.orElse(defaultFirmware);
    Optional<byte[]> ownKernel = kernel;
    Optional<byte[]> ownInitrd = initrd;
    Optional<byte[]> tree = deviceTree;
    Optional<ImageSource> source = image;
    return () ->
        new BootFiles(
            first,
            ownKernel.or(() -> source.map(ImageSource::kernel)),
            ownInitrd.or(() -> source.map(ImageSource::initrd)),
            tree);
  }

  /// The device tree that the guest would be given.
  ///
  /// @throws HostException where the guest cannot be built
  public byte[] describeTree() {
    Drives opened = DriveException.unlessRefused(() -> Drives.open(drives));
    try {
      return VirtMachine.deviceTree(
          plan().spec(opened.stores(), dropped -> {}, EngineSettings.interpreter()));
    } finally {
      opened.close();
    }
  }
}
