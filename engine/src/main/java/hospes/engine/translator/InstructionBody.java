package hospes.engine.translator;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The bytecode of an instruction method, and how a translation can take it up.
///
/// @param owner the class of the method
/// @param name its name
/// @param type its type
/// @param code its instructions and labels
/// @param condition for a branch, the condition that its code ends with
/// @param splicing whether the code may be copied, or must be called
record InstructionBody(
    ClassDesc owner,
    String name,
    MethodTypeDesc type,
    List<CodeElement> code,
    Optional<Condition> condition,
    Splicing splicing) {

  /// How a translation contains the body.
  enum Splicing {
    /// As a copy, whose one access to memory, if it has one, can be replaced.
    COPY,
    /// As a call.
    CALL
  }

  /// The end of a method that returns a comparison.
  ///
  /// @param end how many elements of the code come before it
  /// @param unless the jump that is done where the comparison fails
  record Condition(int end, Opcode unless) {}

  private static final String MEMORY = "hospes/memory/AddressSpace";
  private static final int LONGEST_COPY = 60;

  /// Reads the body from the class file.
  static InstructionBody read(Operation operation) {
    Class<?> owner = operation.owner();
    String file = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the class file of %s is gone".formatted(owner.getName()));
      }
      ClassModel type = ClassFile.of().parse(in.readAllBytes());
      MethodModel method =
          type.methods().stream()
              .filter(found -> found.methodName().equalsString(operation.method()))
              .findFirst()
              .orElseThrow();
      return of(operation, type, method);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the class file of " + owner.getName(), e);
    }
  }

  private static InstructionBody of(Operation operation, ClassModel type, MethodModel method) {
    CodeModel model = method.code().orElseThrow();
    Set<Label> targets = new HashSet<>();
    for (CodeElement element : model) {
      if (element instanceof BranchInstruction branch) {
        targets.add(branch.target());
      }
    }
    // Other labels tell where variables live, which nobody needs.
    List<CodeElement> code =
        model
            .elementStream()
            .filter(
                element ->
                    element instanceof Instruction
                        || element instanceof LabelTarget label && targets.contains(label.label()))
            .toList();
    return new InstructionBody(
        operation.owner().describeConstable().orElseThrow(),
        operation.method(),
        method.methodTypeSymbol(),
        code,
        condition(code),
        splicing(operation, type, model, code));
  }

  /// Javac ends `return a < b` with `if_not L1; 1; goto L2; L1: 0; L2: return`.
  private static Optional<Condition> condition(List<CodeElement> code) {
    int end = code.size() - 7;
    if (end >= 0
        && code.get(end) instanceof BranchInstruction unless
        && isConstant(code.get(end + 1), 1)
        && code.get(end + 2) instanceof BranchInstruction jump
        && code.get(end + 3) instanceof LabelTarget first
        && isConstant(code.get(end + 4), 0)
        && code.get(end + 5) instanceof LabelTarget second
        && code.get(end + 6) instanceof ReturnInstruction
        && unless.target().equals(first.label())
        && jump.target().equals(second.label())) {
      return Optional.of(new Condition(end, unless.opcode()));
    }
    return Optional.empty();
  }

  private static boolean isConstant(CodeElement element, int value) {
    return element instanceof ConstantInstruction constant
        && constant.constantValue().equals(value);
  }

  private static Splicing splicing(
      Operation operation, ClassModel type, CodeModel model, List<CodeElement> code) {
    long accesses = code.stream().filter(InstructionBody::isAccess).count();
    boolean plain =
        code.stream()
            .noneMatch(
                element ->
                    element instanceof TableSwitchInstruction
                        || element instanceof LookupSwitchInstruction
                        || element instanceof InvokeDynamicInstruction
                        || element instanceof StoreInstruction
                        || usesPrivate(type, element));
    // A store may have to leave the region behind it, so nothing may be left to do after it.
    boolean simpleAccess =
        accesses == 0
            || accesses == 1
                && (operation.result() == Operation.Result.NOTHING
                    || !operation.effects().contains(Operation.Effect.STORES));
    return plain
            && simpleAccess
            && model.exceptionHandlers().isEmpty()
            && code.size() <= LONGEST_COPY
        ? Splicing.COPY
        : Splicing.CALL;
  }

  /// Whether an instruction uses a private member of its class, which no copy elsewhere may do.
  private static boolean usesPrivate(ClassModel type, CodeElement element) {
    return switch (element) {
      case InvokeInstruction call ->
          call.owner().asSymbol().equals(type.thisClass().asSymbol())
              && type.methods().stream()
                  .filter(method -> method.flags().has(AccessFlag.PRIVATE))
                  .anyMatch(
                      method ->
                          method.methodName().equalsString(call.name().stringValue())
                              && method.methodTypeSymbol().equals(call.typeSymbol()));
      case FieldInstruction access ->
          access.owner().asSymbol().equals(type.thisClass().asSymbol())
              && type.fields().stream()
                  .filter(field -> field.flags().has(AccessFlag.PRIVATE))
                  .anyMatch(field -> field.fieldName().equalsString(access.name().stringValue()));
      default -> false;
    };
  }

  /// Whether an instruction calls a load or store of guest memory.
  static boolean isAccess(CodeElement element) {
    return element instanceof InvokeInstruction call
        && call.owner().asInternalName().equals(MEMORY)
        && (call.name().stringValue().startsWith("load")
            || call.name().stringValue().startsWith("store"));
  }

  /// Whether the code is copied, and ends by returning the eight bytes that it loaded.
  boolean isPlainLoad() {
    int last = code.size() - 1;
    return splicing == Splicing.COPY
        && last > 0
        && code.get(last) instanceof ReturnInstruction
        && code.get(last - 1) instanceof InvokeInstruction call
        && isAccess(call)
        && call.name().equalsString("loadLong");
  }

  /// The parameter that is in a local variable, or -1.
  int parameterAt(int slot) {
    int at = 0;
    for (int i = 0; i < type.parameterCount(); i++) {
      if (at == slot) {
        return i;
      }
      at += slots(type.parameterType(i));
    }
    return -1;
  }

  static int slots(ClassDesc type) {
    return type.descriptorString().equals("J") || type.descriptorString().equals("D") ? 2 : 1;
  }
}
