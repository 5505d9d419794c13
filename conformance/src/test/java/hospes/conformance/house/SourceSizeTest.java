package hospes.conformance.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Files stay readable, and generated methods stay compilable: HotSpot never compiles a method of
/// more than 8,000 bytecodes.
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
  void generatedMethodsCanBeCompiled() throws IOException {
    Set<Path> modules = GeneratedClasses.modules();
    Set<Path> architectures = GeneratedClasses.modulesOfArchitectures();
    assertFalse(architectures.isEmpty());
    assertTrue(modules.containsAll(architectures), architectures + " have code in " + modules);
    List<String> tooLong = new ArrayList<>();
    for (Path module : modules) {
      int found = 0;
      for (ClassModel generated : GeneratedClasses.of(module)) {
        found += generated.methods().size();
        tooLong.addAll(methodsTooLong(generated));
      }
      assertTrue(
          found > 20 || !architectures.contains(module),
          "the generated classes of " + module + " hold " + found + " methods");
    }
    assertEquals(List.of(), tooLong);
  }

  private static List<String> methodsTooLong(ClassModel generated) {
    List<String> tooLong = new ArrayList<>();
    for (MethodModel method : generated.methods()) {
      int size = method.findAttribute(Attributes.code()).map(code -> code.codeLength()).orElse(0);
      if (size >= MOST_BYTECODES) {
        String name = generated.thisClass().asInternalName() + "." + method.methodName();
        tooLong.add(name + " has " + size + " bytecodes");
      }
    }
    return tooLong;
  }

  @Test
  void aMethodOf8000BytecodesIsFound() {
    assertEquals(List.of(), methodsTooLong(classWithMethodOf(7999)));
    assertEquals(List.of("Long.run has 8000 bytecodes"), methodsTooLong(classWithMethodOf(8000)));
  }

  private static ClassModel classWithMethodOf(int bytecodes) {
    return ClassFile.of()
        .parse(
            ClassFile.of()
                .build(
                    ClassDesc.of("Long"),
                    type ->
                        type.withMethodBody(
                            "run",
                            MethodTypeDesc.of(ConstantDescs.CD_void),
                            ClassFile.ACC_STATIC,
                            code -> {
                              for (int i = 1; i < bytecodes; i++) {
                                code.nop();
                              }
                              code.return_();
                            })));
  }
}
