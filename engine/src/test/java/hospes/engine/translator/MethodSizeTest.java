package hospes.engine.translator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import org.junit.jupiter.api.Test;

/// HotSpot leaves long methods to its interpreter, where a region would be slower than none.
class MethodSizeTest {
  @Test
  void methodThatHotSpotCompilesIsAccepted() {
    assertDoesNotThrow(() -> MethodSize.check(withMethodOf(8000)));
  }

  @Test
  void methodThatHotSpotDoesNotCompileIsRefused() {
    TranslationException refused =
        assertThrows(TranslationException.class, () -> MethodSize.check(withMethodOf(8001)));
    assertTrue(refused.toString().contains("8001"), refused::toString);
  }

  private static byte[] withMethodOf(int bytes) {
    return ClassFile.of()
        .build(
            ClassDesc.of("Long"),
            type ->
                type.withMethodBody(
                    "run",
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_STATIC,
                    code -> {
                      for (int i = 1; i < bytes; i++) {
                        code.nop();
                      }
                      code.return_();
                    }));
  }
}
