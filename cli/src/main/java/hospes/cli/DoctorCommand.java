package hospes.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.control.Json;
import hospes.images.DebianMirror;
import hospes.images.ImageException;
import hospes.images.ImageSettings;
import hospes.images.Keyring;
import hospes.memory.RawMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `hospes doctor`.
@Command(
    name = "doctor",
    description = {
      "Says what this machine offers, and what Hospes will use.",
      "Exit code 0 where guests can run, else 125."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final long WANTED_MEMORY = 2L << 30;

  private final CommandContext context;
  private final List<Finding> findings = new ArrayList<>();
  private boolean healthy = true;

  private enum Status {
    OK("ok"),
    WARNING("--"),
    ERROR("no");

    private final String mark;

    Status(String mark) {
      this.mark = mark;
    }
  }

  private record Finding(Status status, String what, String text) {}

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private JsonOption json = new JsonOption();

  DoctorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ImageSettings settings = ImageSettings.of(context.environment());
    javaRuntime();
    processors();
    memory();
    memoryAccess();
    virtualization();
    keyring(settings);
    mirror(settings);
    cache(settings.cache());
    terminal();
    PrintWriter out = spec.commandLine().getOut();
    if (json.isWanted()) {
      JsonOption.print(out, findings.stream().map(DoctorCommand::toJson).toList());
    } else {
      for (Finding one : findings) {
        out.println("%-3s %-13s %s".formatted(one.status().mark, one.what(), one.text()));
      }
      out.println(healthy ? "Guests can run here." : "Guests cannot run here; see above.");
    }
    return healthy ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  private void javaRuntime() {
    good(
        "Java",
        "%s, %s (%s)"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
  }

  private void processors() {
    good(
        "processors",
        "%d; a guest runs on one of them, the JVM's compiler on the others"
            .formatted(Runtime.getRuntime().availableProcessors()));
  }

  private void memory() {
    long heap = Runtime.getRuntime().maxMemory();
    String text = "%s for the host itself; guests' memory comes on top".formatted(Sizes.of(heap));
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      long total = system.getTotalMemorySize();
      text = "%s, of which up to ".formatted(Sizes.of(total)) + text;
      if (total < WANTED_MEMORY) {
        warn("memory", text + ". Give guests less than 1 GiB: --memory 256M");
        return;
      }
    }
    good("memory", text);
  }

  private void memoryAccess() {
    if (RawMemory.isDirect()) {
      good("guest memory", "direct access");
    } else {
      warn("guest memory", "through memory segments, which is slower; start Hospes by ./hospes");
    }
  }

  private void virtualization() {
    Path kvm = Path.of("/dev/kvm");
    good(
        "/dev/kvm",
        Files.isReadable(kvm) && Files.isWritable(kvm)
            ? "present; not used, since guests are riscv64"
            : "absent or closed to you; not needed, since guests are emulated");
  }

  private void keyring(ImageSettings settings) {
    Optional<Path> keyring = Keyring.locate(settings);
    if (keyring.isPresent()) {
      good("keyring", keyring.get().toString());
    } else {
      warn("keyring", "none; to pull debian, install the package debian-archive-keyring");
    }
  }

  private void mirror(ImageSettings settings) {
    try {
      DebianMirror mirror = DebianMirror.find(Optional.empty(), settings);
      good("mirror", "%s (from %s)".formatted(mirror.base(), mirror.origin()));
    } catch (ImageException e) {
      warn("mirror", e.getMessage());
    }
  }

  private void cache(Path cache) {
    Path existing = cache;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !canWrite(existing)) {
      healthy = false;
      findings.add(
          new Finding(
              Status.ERROR, "cache", "%s may not be written; set XDG_CACHE_HOME".formatted(cache)));
      return;
    }
    try {
      good(
          "cache",
          "%s, %s used, %s free"
              .formatted(
                  cache,
                  Sizes.of(size(cache)),
                  Sizes.of(Files.getFileStore(existing).getUsableSpace())));
    } catch (IOException e) {
      warn("cache", "%s cannot be measured: %s".formatted(cache, e.getMessage()));
    }
  }

  /// Tries it: permissions say nothing to root, nor of a disk that is mounted read-only.
  private static boolean canWrite(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, "hospes-doctor", ""));
      return true;
    } catch (IOException no) {
      return false;
    }
  }

  private static long size(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(DoctorCommand::fileSize).sum();
    }
  }

  private static long fileSize(Path file) {
    try {
      return Files.size(file);
    } catch (IOException goneMeanwhile) {
      return 0;
    }
  }

  private void terminal() {
    good(
        "terminal",
        StandardStream.INPUT.isTerminal()
            ? "yes; a guest gets its keys, Ctrl-A x leaves"
            : "no; a guest reads standard input as a pipe");
  }

  private void good(String what, String text) {
    findings.add(new Finding(Status.OK, what, text));
  }

  private void warn(String what, String text) {
    findings.add(new Finding(Status.WARNING, what, text));
  }

  private static ObjectNode toJson(Finding finding) {
    return Json.object()
        .put("name", finding.what())
        .put("status", finding.status().name().toLowerCase(Locale.ROOT))
        .put("text", finding.text());
  }
}
