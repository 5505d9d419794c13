package hospes.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites libraries whose classes have the format of Java 5, as picocli's have, in that of Java
/// 7, which tells the types in each frame. `./hospes` does so after a build: the JVM's
/// ahead-of-time cache takes in no older classes, and they are verified more slowly.
public final class ClassFileUpgrade {
  private static final int NEEDED = ClassFile.JAVA_7_VERSION;

  private ClassFileUpgrade() {}

  /// Rewrites what needs it in a folder of libraries, each at once or not at all.
  ///
  /// @param arguments the folder
  /// @throws IOException where a library cannot be read or written
  public static void main(String[] arguments) throws IOException {
    try (DirectoryStream<Path> libraries =
        Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
      for (Path library : libraries) {
        upgrade(library);
      }
    }
  }

  private static void upgrade(Path library) throws IOException {
    try (ZipFile from = new ZipFile(library.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(from.entries());
      if (!isOld(from, entries)) {
        return;
      }
      Path unfinished = Path.of(library + ".new");
      try (ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(unfinished))) {
        ClassFile classFile = classFile(from);
        for (ZipEntry entry : entries) {
          copy(entry, from, to, classFile);
        }
      }
      Files.move(unfinished, library, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean isOld(ZipFile library, List<? extends ZipEntry> entries)
      throws IOException {
    for (ZipEntry entry : entries) {
      if (isClass(entry)) {
        try (InputStream in = library.getInputStream(entry)) {
          return version(in.readNBytes(Long.BYTES)) < NEEDED; // the first speaks for all
        }
      }
    }
    return false;
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
  }

  /// The major version (Java Virtual Machine Specification, section 4.1).
  private static int version(byte[] classFile) {
    return (classFile[6] & 0xff) << Byte.SIZE | classFile[7] & 0xff;
  }

  /// Asks a library for the classes between which frames merge.
  private static ClassFile classFile(ZipFile library) {
    ClassHierarchyResolver own =
        ClassHierarchyResolver.ofResourceParsing(name -> open(library, name));
    return ClassFile.of(
        ClassFile.ClassHierarchyResolverOption.of(
            own.orElse(ClassHierarchyResolver.defaultResolver()).cached()),
        ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
  }

  @SuppressWarnings("NullAway") // null: it has no such class
  private static InputStream open(ZipFile library, ClassDesc name) {
    String descriptor = name.descriptorString();
    ZipEntry entry = library.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return entry == null ? null : library.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(ZipEntry entry, ZipFile from, ZipOutputStream to, ClassFile classFile)
      throws IOException {
    byte[] content;
    try (InputStream in = from.getInputStream(entry)) {
      content = in.readAllBytes();
    }
    if (isClass(entry) && version(content) < NEEDED) {
      content = upgraded(classFile, classFile.parse(content));
    }
    ZipEntry copied = new ZipEntry(entry.getName());
    copied.setLastModifiedTime(entry.getLastModifiedTime());
    to.putNextEntry(copied);
    to.write(content);
    to.closeEntry();
  }

  private static byte[] upgraded(ClassFile classFile, ClassModel old) {
    ClassTransform newVersion =
        ClassTransform.dropping(ClassFileVersion.class::isInstance)
            .andThen(ClassTransform.endHandler(built -> built.withVersion(NEEDED, 0)))
            // Taken apart and put together again, or a method would be copied as it is.
            .andThen(ClassTransform.transformingMethodBodies((code, part) -> code.with(part)));
    return classFile.transformClass(old, newVersion);
  }
}
