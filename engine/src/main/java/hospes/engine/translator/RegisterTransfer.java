package hospes.engine.translator;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/// Writes the code that brings registers from the state into local variables and back.
final class RegisterTransfer {
  private static final ClassDesc REGISTERS = ConstantDescs.CD_long.arrayType();

  private final Locals locals;
  private final Fields fields;

  RegisterTransfer(Locals locals, Fields fields) {
    this.locals = locals;
    this.fields = fields;
  }

  /// Loads all registers that the region names.
  void load(CodeBuilder code) {
    String file = "";
    for (Register register : locals.slots().keySet()) {
      file = open(code, file, register);
      load(code, register);
    }
  }

  /// Stores all registers that the region may have changed.
  void store(CodeBuilder code) {
    String file = "";
    for (Register register : locals.slots().keySet()) {
      if (locals.isWritten(register)) {
        file = open(code, file, register);
        store(code, register);
      }
    }
  }

  /// Loads one register.
  void loadOne(CodeBuilder code, Register register) {
    open(code, "", register);
    load(code, register);
  }

  /// Stores one register.
  void storeOne(CodeBuilder code, Register register) {
    open(code, "", register);
    store(code, register);
  }

  private String open(CodeBuilder code, String open, Register register) {
    if (!open.equals(register.file())) {
      code.aload(Locals.CORE);
      fields.get(code, register.file());
      code.checkcast(REGISTERS).astore(Locals.FILE);
    }
    return register.file();
  }

  private void load(CodeBuilder code, Register register) {
    code.aload(Locals.FILE).loadConstant(register.number()).laload();
    if (locals.isDouble(register)) {
      Doubles.ofBits(code);
      code.dstore(locals.slot(register));
    } else {
      code.lstore(locals.slot(register));
    }
  }

  private void store(CodeBuilder code, Register register) {
    code.aload(Locals.FILE).loadConstant(register.number());
    if (locals.isDouble(register)) {
      code.dload(locals.slot(register));
      Doubles.toBits(code);
    } else {
      code.lload(locals.slot(register));
    }
    code.lastore();
  }
}
