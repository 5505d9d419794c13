package hospes.images;

import hospes.formats.FormatException;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Section;
import hospes.images.ImageException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tukaani.xz.XZInputStream;

/// The modules of a kernel package: which others each needs, which devices it serves. The package
/// itself does not say; it leaves that to `depmod` at installation, whose part this class plays.
final class KernelModules {
  private static final Pattern MODULE =
      Pattern.compile(
          "(?:usr/)?lib/modules/[^/]+/(kernel/(?:[A-Za-z0-9_-]+/)*([A-Za-z0-9_-]+)\\.ko(\\.xz)?)");
  private static final Pattern BUILTIN =
      Pattern.compile("(?:usr/)?lib/modules/[^/]+/modules\\.builtin");

  /// A module that the initial file system is to hold.
  ///
  /// @param path below the directory of the kernel's version, as in `kernel/fs/ext4/ext4.ko`
  /// @param content the object file, uncompressed
  /// @param dependencies the names of the modules that must be loaded before it, directly or not,
  /// the last one first
  /// @param aliases patterns by which the kernel asks for it
  @SuppressWarnings("ArrayRecordComponent") // a carrier of file content, never compared
  record Module(String path, byte[] content, List<String> dependencies, List<String> aliases) {}

  /// @param path as in [Module], without `.xz`
  @SuppressWarnings("ArrayRecordComponent") // a carrier of file content, never compared
  private record Packed(String path, byte[] content, boolean compressed) {}

  private final Map<String, Packed> packed = new LinkedHashMap<>();
  private final Set<String> builtin = new LinkedHashSet<>();

  /// Keeps a file of the package if it is of interest here; tells whether it is.
  boolean accept(String path, long size, InputStream content) throws IOException {
    Matcher module = MODULE.matcher(path);
    if (module.matches()) {
      requireSize(path, size, Limits.MODULE);
      packed.put(
          name(module.group(2)),
          new Packed(
              module.group(1).replaceFirst("\\.xz$", ""),
              content.readNBytes((int) size),
              module.group(3) != null));
      return true;
    }
    if (BUILTIN.matcher(path).matches()) {
      requireSize(path, size, Limits.FILE);
      String list = new String(content.readNBytes((int) size), StandardCharsets.UTF_8);
      list.lines()
          .map(line -> name(line.replaceFirst(".*/", "").replaceFirst("\\.ko$", "")))
          .forEach(builtin::add);
      return true;
    }
    return false;
  }

  /// The modules of those names and all that they depend on, by name. Names that are built into the
  /// kernel are left out.
  ///
  /// @throws ImageException if the package has no such module
  SortedMap<String, Module> closure(List<String> names) throws ImageException {
    var unpacked = new TreeMap<String, byte[]>();
    var modules = new TreeMap<String, Module>();
    for (String name : names) {
      if (!builtin.contains(name)) {
        unpack(name, unpacked);
      }
    }
    for (String name : unpacked.keySet()) {
      var dependencies = new LinkedHashSet<String>();
      collect(name, unpacked, dependencies);
      modules.put(
          name,
          new Module(
              packed(name).path(),
              content(name, unpacked),
              List.copyOf(dependencies),
              information(content(name, unpacked), "alias", name)));
    }
    return modules;
  }

  private void unpack(String name, Map<String, byte[]> unpacked) throws ImageException {
    if (!unpacked.containsKey(name)) {
      byte[] content = uncompress(packed(name));
      unpacked.put(name, content);
      for (String dependency : direct(name, content)) {
        unpack(dependency, unpacked);
      }
    }
  }

  private static void collect(String name, Map<String, byte[]> unpacked, SequencedSet<String> into)
      throws ImageException {
    for (String dependency : direct(name, content(name, unpacked))) {
      if (into.add(dependency)) {
        collect(dependency, unpacked, into);
      }
    }
  }

  private static byte[] content(String name, Map<String, byte[]> unpacked) {
    byte[] content = unpacked.get(name);
    if (content == null) {
      throw new AssertionError(name + " was unpacked with what depends on it");
    }
    return content;
  }

  private Packed packed(String name) throws ImageException {
    Packed found = packed.get(name);
    if (found == null) {
      throw new ImageException(Reason.MALFORMED, "the kernel package has no module " + name);
    }
    return found;
  }

  private static byte[] uncompress(Packed module) throws ImageException {
    if (!module.compressed()) {
      return module.content();
    }
    try (InputStream in =
        new LimitedInputStream(
            new XZInputStream(new ByteArrayInputStream(module.content()), Limits.XZ_MEMORY_KIB),
            Limits.MODULE,
            module.path())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ImageException(
          Reason.MALFORMED,
          "cannot uncompress the module " + module.path() + ": " + e.getMessage(),
          e);
    }
  }

  private static List<String> direct(String name, byte[] content) throws ImageException {
    return information(content, "depends", name).stream()
        .flatMap(list -> List.of(list.split(",")).stream())
        .filter(dependency -> !dependency.isEmpty())
        .map(KernelModules::name)
        .toList();
  }

  /// The values of a key in the module's section `.modinfo`, which holds `key=value` strings.
  private static List<String> information(byte[] content, String key, String name)
      throws ImageException {
    try {
      var values = new ArrayList<String>();
      for (Section section : ElfFile.parse(content).sections()) {
        if (section.name().equals(".modinfo")) {
          ByteBuffer data = section.data();
          String text = StandardCharsets.UTF_8.decode(data).toString();
          for (String field : text.split("\0")) {
            if (field.startsWith(key + "=")) {
              values.add(field.substring(key.length() + 1));
            }
          }
        }
      }
      return values;
    } catch (FormatException e) {
      throw new ImageException(
          Reason.MALFORMED, "cannot read the module " + name + ": " + e.getMessage(), e);
    }
  }

  /// `modules.dep`: one line per module, itself and what it needs.
  static String dependencyList(SortedMap<String, Module> modules) {
    return modules.values().stream()
        .map(
            module ->
                module.path()
                    + ":"
                    + module.dependencies().stream()
                        .map(name -> " " + path(name, modules))
                        .collect(Collectors.joining())
                    + "\n")
        .collect(Collectors.joining());
  }

  /// `modules.alias`: one line per alias.
  static String aliasList(SortedMap<String, Module> modules) {
    var lines = new StringBuilder();
    modules.forEach(
        (name, module) ->
            module
                .aliases()
                .forEach(alias -> lines.append("alias %s %s\n".formatted(alias, name))));
    return lines.toString();
  }

  private static String path(String name, SortedMap<String, Module> modules) {
    Module module = modules.get(name);
    if (module == null) {
      throw new AssertionError(name + " is in the closure of what depends on it");
    }
    return module.path();
  }

  /// The kernel takes `-` and `_` in names for the same.
  private static String name(String file) {
    return file.replace('-', '_');
  }

  static void requireSize(String path, long size, int limit) throws IOException {
    if (size > limit) {
      throw new IOException(path + " has " + size + " bytes");
    }
  }
}
