package hospes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine on which a benchmark ran.
///
/// @param cpu the processor's model
/// @param cores that the system offers
/// @param system its name, release and architecture
/// @param loadBefore processes that were runnable in the minute before the benchmark, on average
/// @param loadAfter the same at the end, the benchmark itself included
record HostFacts(String cpu, int cores, String system, String loadBefore, String loadAfter) {
  private static final String UNKNOWN = "unknown";

  /// The machine now; at the end, add [#afterwards()].
  static HostFacts now() {
    return new HostFacts(
        cpu(read("/proc/cpuinfo")),
        Runtime.getRuntime().availableProcessors(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        load(read("/proc/loadavg")),
        UNKNOWN);
  }

  HostFacts afterwards() {
    return new HostFacts(cpu, cores, system, loadBefore, load(read("/proc/loadavg")));
  }

  static String cpu(String cpuinfo) {
    return cpuinfo
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(UNKNOWN);
  }

  static String load(String loadavg) {
    int space = loadavg.indexOf(' ');
    return space < 0 ? UNKNOWN : loadavg.substring(0, space);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      return ""; // not Linux
    }
  }
}
