package hospes.engine.translator;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;

/// Keeps regions within what HotSpot compiles.
final class MethodSize {
  /// HotSpot leaves methods of more bytes to its interpreter (`-XX:HugeMethodLimit`).
  private static final int MOST = 8000;

  private MethodSize() {}

  /// Checks the methods of a class file, and returns how many bytes the longest one has.
  ///
  /// @throws TranslationException if HotSpot would never compile one of them
  static int check(byte[] file) {
    int longest =
        ClassFile.of().parse(file).methods().stream()
            .flatMap(method -> method.findAttribute(Attributes.code()).stream())
            .mapToInt(CodeAttribute::codeLength)
            .max()
            .orElse(0);
    if (longest > MOST) {
      throw new TranslationException(
          "the region's method has %d bytes; HotSpot compiles at most %d".formatted(longest, MOST));
    }
    return longest;
  }
}
