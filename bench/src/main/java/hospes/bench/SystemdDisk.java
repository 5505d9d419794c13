package hospes.bench;

import hospes.bench.Emulator.BootFiles;
import hospes.images.DebianMirror;
import hospes.images.Image;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A disk with Debian and systemd, made once and kept in bench/target/systemd.
///
/// The recipe is that of the conformance test `DebianRootTest`: mmdebstrap unpacks the packages on
/// the host, and a first boot configures them in the guest. Here QEMU does that boot, and one with
/// systemd behind it, so that what systemd does only once is done.
final class SystemdDisk {
  /// What appears when the guest is up.
  static final String LOGIN = "hospes login: ";

  static final Path RECIPE = Path.of("conformance/src/test/guest/debian");
  static final List<String> SCRIPTS = List.of("make-disk.sh", "first-boot", "switch");
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Pattern SHELL = Pattern.compile("root@hospes:~. ");

  private final Workbench workbench;
  private final Image image;
  private final Path recipe;
  private final Path folder;
  private final GuestProcess processes = new GuestProcess(PATIENCE);

  private SystemdDisk(Workbench workbench, Image image) {
    this.workbench = workbench;
    this.image = image;
    this.recipe = workbench.root().resolve(RECIPE);
    this.folder = workbench.root().resolve("bench/target/systemd");
  }

  /// The disk; made first if there is none, or it was made by another recipe.
  static SystemdDisk ready(Workbench workbench, Image image) throws BenchFailure {
    SystemdDisk disk = new SystemdDisk(workbench, image);
    try {
      disk.make();
      ExtendedInitrd.write(
          image.initrd(), Map.of("switch", disk.recipe.resolve("switch")), disk.initrd());
    } catch (IOException e) {
      throw new BenchFailure("cannot make %s: %s".formatted(disk.file(), e.getMessage()), e);
    }
    return disk;
  }

  /// A fresh copy to boot from; it takes the place of the one before.
  BootFiles forOneBoot() throws BenchFailure {
    Path copy = folder.resolve("copy.img");
    processes.output(List.of("cp", "--sparse=always", file().toString(), copy.toString()));
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.force(true); // else the host writes it back while the clock runs
    } catch (IOException e) {
      throw new BenchFailure("cannot write %s: %s".formatted(copy, e.getMessage()), e);
    }
    return files(copy, "/sbin/init");
  }

  /// When the disk was made.
  String made() throws BenchFailure {
    try {
      return "made "
          + Files.getLastModifiedTime(file()).toInstant().truncatedTo(ChronoUnit.SECONDS);
    } catch (IOException e) {
      throw new BenchFailure("cannot read %s: %s".formatted(file(), e.getMessage()), e);
    }
  }

  private Path file() {
    return folder.resolve("disk.img");
  }

  private Path initrd() {
    return folder.resolve("initrd.cpio");
  }

  private BootFiles files(Path disk, String next) {
    return new BootFiles(
        image.kernel(),
        initrd(),
        image.commandLine() + " quiet TERM=dumb rdinit=/switch NEXT=" + next,
        List.of(disk));
  }

  private void make() throws BenchFailure, IOException {
    Path stamp = folder.resolve("recipe");
    String wanted = scripts();
    if (Files.exists(file()) && Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
      return;
    }
    requireTools();
    Emulator.OfBoards qemu = new Emulator.Qemu(workbench.tools().qemu());
    Instant began = Instant.now();
    Path making = folder.resolve("making");
    processes.output(List.of("rm", "-rf", making.toString()));
    Files.createDirectories(making);
    workbench.say("making the disk: packages (once, some minutes)");
    processes
        .output(List.of(recipe.resolve("make-disk.sh").toString(), making.toString(), mirror()))
        .lines()
        .filter(line -> line.startsWith("make-disk: "))
        .forEach(workbench::say);
    ExtendedInitrd.write(image.initrd(), Map.of("switch", recipe.resolve("switch")), initrd());
    Path disk = making.resolve("disk.img");
    workbench.say("making the disk: QEMU configures the packages");
    try (GuestConsole guest = processes.open(qemu.boot(files(disk, "/first-boot"), 1), Map.of())) {
      guest.await("first-boot: configured");
      guest.awaitEnd();
    }
    workbench.say("making the disk: a first boot of systemd");
    try (GuestConsole guest = processes.open(qemu.boot(files(disk, "/sbin/init"), 1), Map.of())) {
      guest.await(LOGIN);
      guest.type("root");
      guest.await("Password: ");
      guest.type("hospes");
      guest.await(SHELL);
      guest.type("systemctl is-system-running --wait; systemctl poweroff");
      guest.awaitEnd();
    }
    Files.move(disk, file(), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(stamp, wanted);
    processes.output(List.of("rm", "-rf", making.toString()));
    workbench.say(
        "the disk is made, in %d s".formatted(Duration.between(began, Instant.now()).toSeconds()));
  }

  private String scripts() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String script : SCRIPTS) {
      text.append(Files.readString(recipe.resolve(script)));
    }
    return text.toString();
  }

  private void requireTools() throws BenchFailure, IOException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw new BenchFailure(
          "making the disk needs root, for the files' owners: run bench/run systemd once as root");
    }
    for (String program : List.of("mmdebstrap", "dpkg-deb")) {
      if (workbench.tools().find(program).isEmpty()) {
        throw new BenchFailure(
            "%s, which makes the disk, is not installed. On Debian:\n  sudo apt-get install mmdebstrap e2fsprogs"
                .formatted(program));
      }
    }
  }

  private static String mirror() throws BenchFailure {
    try {
      return DebianMirror.find(Optional.empty(), ImageSettings.of(System.getenv()))
          .base()
          .toString();
    } catch (ImageException e) {
      throw new BenchFailure(e.getMessage(), e);
    }
  }
}
