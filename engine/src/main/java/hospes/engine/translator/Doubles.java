package hospes.engine.translator;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Code that turns a register's bits into a `double` and back. HotSpot makes a move of it.
final class Doubles {
  private Doubles() {}

  static void ofBits(CodeBuilder code) {
    code.invokestatic(
        ConstantDescs.CD_Double,
        "longBitsToDouble",
        MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_long));
  }

  static void toBits(CodeBuilder code) {
    code.invokestatic(
        ConstantDescs.CD_Double,
        "doubleToRawLongBits",
        MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_double));
  }
}
