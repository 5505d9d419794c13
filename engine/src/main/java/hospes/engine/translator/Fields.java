package hospes.engine.translator;

import hospes.memory.AddressSpace;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;

/// The fields of the state behind the interpreter's local variables.
final class Fields {
  private final OperationTable table;

  Fields(OperationTable table) {
    this.table = table;
  }

  /// Whether a local variable is the guest's memory.
  boolean isMemory(String local) {
    return type(table.field(local)).equals(AddressSpace.class);
  }

  /// Name of the field that holds the guest's memory.
  String memory() {
    return table.locals().stream().filter(this::isMemory).findFirst().orElseThrow();
  }

  private Class<?> type(String field) {
    for (Class<?> owner = table.state(); owner != null; owner = owner.getSuperclass()) {
      try {
        return owner.getDeclaredField(field).getType();
      } catch (NoSuchFieldException inSuperclass) {
        continue;
      }
    }
    throw new IllegalStateException("%s has no field %s".formatted(table.state(), field));
  }

  /// Replaces the state on the stack by what is in the field behind a local variable.
  void get(CodeBuilder code, String local) {
    String field = table.field(local);
    code.getfield(describe(table.state()), field, describe(type(field)));
  }

  static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
