package hospes.conformance.house;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The classes that annotation processors wrote, of whatever modules there are: what Maven keeps
/// the sources of in `target/generated-sources/annotations`.
final class GeneratedClasses {
  private static final String SUFFIX = ".java";
  private static final String DECLARATION = "@Architecture(";
  private static final String MAIN = Path.of("/src", "main", "java").toString();
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCES = Path.of("target", "generated-sources", "annotations");
  private static final Path CLASSES = Path.of("target", "classes");

  private GeneratedClasses() {}

  /// The folders of the modules that declare an architecture, from which classes are generated.
  static Set<Path> modulesOfArchitectures() throws IOException {
    Set<Path> modules = new TreeSet<>();
    for (Path file : SourceFiles.all()) {
      String path = file.toString();
      int main = path.indexOf(MAIN);
      if (main > 0
          && Files.readAllLines(file).stream().anyMatch(line -> line.startsWith(DECLARATION))) {
        modules.add(Path.of(path.substring(0, main)));
      }
    }
    return modules;
  }

  /// The folders of the modules that have generated sources.
  static Set<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.walk(ROOT)) {
      return folders
          .filter(folder -> folder.endsWith(SOURCES))
          .map(folder -> folder.subpath(0, folder.getNameCount() - SOURCES.getNameCount()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /// The generated classes of a module, those that are nested in them included.
  ///
  /// @throws IOException where a source was not compiled
  static List<ClassModel> of(Path module) throws IOException {
    List<ClassModel> classes = new ArrayList<>();
    Path sources = module.resolve(SOURCES);
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        classes.addAll(compiled(module.resolve(CLASSES), sources.relativize(file)));
      }
    }
    return classes;
  }

  private static List<ClassModel> compiled(Path classes, Path source) throws IOException {
    String fileName = source.getFileName().toString();
    String name = fileName.substring(0, fileName.length() - SUFFIX.length());
    Path folder = classes.resolve(source).resolveSibling("");
    List<ClassModel> found = new ArrayList<>();
    found.add(ClassFile.of().parse(folder.resolve(name + ".class")));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(path -> path.getFileName().toString().startsWith(name + "$")).toList()) {
        found.add(ClassFile.of().parse(file));
      }
    }
    return found;
  }
}
