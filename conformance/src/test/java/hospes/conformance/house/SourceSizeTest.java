package hospes.conformance.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Files stay readable, and hot methods stay compilable: HotSpot never compiles a method of more
/// than 8,000 bytecodes.
final class SourceSizeTest {
  private static final int MOST_LINES = 500;
  private static final int MOST_BYTECODES = 8000;

  @Test
  void noSourceFileHasMoreThan500Lines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : SourceFiles.all()) {
      int lines = Files.readAllLines(file).size();
      if (lines > MOST_LINES) {
        tooLong.add(file + ": " + lines);
      }
    }
    assertEquals(List.of(), tooLong);
  }

  @Test
  void theInterpretersMethodsCanBeCompiled() throws IOException {
    int found = 0;
    for (String name :
        List.of(
            "RiscvInterpreter",
            "RiscvDecoder",
            "AtomicsInterpreter",
            "SinglePrecisionInterpreter",
            "DoublePrecisionInterpreter",
            "DoubleConversionsInterpreter",
            "CsrAccessInterpreter")) {
      for (MethodModel method : parse("/hospes/riscv/" + name + ".class").methods()) {
        int size = method.findAttribute(Attributes.code()).map(code -> code.codeLength()).orElse(0);
        assertTrue(
            size < MOST_BYTECODES,
            name + "." + method.methodName() + " has " + size + " bytecodes");
        found++;
      }
    }
    assertTrue(found > 20, "the generated classes hold " + found + " methods");
  }

  private static ClassModel parse(String resource) throws IOException {
    try (InputStream in = SourceSizeTest.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no " + resource);
      }
      return ClassFile.of().parse(in.readAllBytes());
    }
  }
}
