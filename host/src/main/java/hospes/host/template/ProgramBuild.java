package hospes.host.template;

import hospes.engine.EngineSettings;
import hospes.formats.snapshot.SnapshotReader;
import hospes.guests.MachineKind;
import hospes.host.guest.Host;
import hospes.host.guest.SoftwareVersion;
import hospes.machine.Machine;
import hospes.memory.FrameTable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/// Which build of Hospes this is: another one may save a machine's state in another way.
final class ProgramBuild {
  /// A class of each module that we know which has a part in a machine's state.
  private static final List<Class<?>> MODULES =
      List.of(
          Host.class,
          MachineKind.class,
          EngineSettings.class,
          Machine.class,
          FrameTable.class,
          SnapshotReader.class);

  private ProgramBuild() {}

  /// Names the build: age and size of the files that its classes are from. It looks at no content,
  /// for that would take longer than the start that it is for.
  static String id() {
    StringBuilder id = new StringBuilder(SoftwareVersion.text());
    // Where classes are packed, one module leads to all archives.
    for (Class<?> member : MODULES) {
      id.append(' ').append(stamp(member));
    }
    return id.toString();
  }

  /// The archive, and those beside it: a program's modules are in one folder.
  private static String archives(Path archive) throws IOException {
    StringBuilder all = new StringBuilder();
    Path folder = archive.toAbsolutePath().getParent();
    if (folder != null) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files.sorted()::iterator) {
          if (file.getFileName().toString().startsWith("hospes-")) {
            all.append(Files.size(file)).append('@');
            all.append(Files.getLastModifiedTime(file).toMillis()).append(' ');
          }
        }
      }
    }
    return all.toString();
  }

  private static String stamp(Class<?> member) {
    CodeSource source = member.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "-"; // part of a runtime image, whose version says it all
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      BasicFileAttributes attributes = Files.readAttributes(place, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return newest(place);
      }
      return member == Host.class ? archives(place) : "";
    } catch (IOException | URISyntaxException | IllegalArgumentException unknown) {
      return "-";
    }
  }

  /// Of classes that are not packed, as in tests.
  private static String newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long newest = 0;
      long count = 0;
      for (Path file : (Iterable<Path>) files::iterator) {
        newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
        count++;
      }
      return count + "@" + newest;
    }
  }
}
