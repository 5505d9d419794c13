package hospes.engine.translator;

import hospes.engine.translator.InstructionBody.Splicing;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the meaning of one instruction into a region: a copy of its method's body with the
/// operands put in, or a call of the method.
final class BodyWriter {
  private static final ClassDesc ACCESS = ClassDesc.of("hospes.memory.TranslatedAccess");
  private static final MethodTypeDesc READ =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);
  private static final MethodTypeDesc WRITE =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int);
  private static final ClassDesc COUNTDOWN = ClassDesc.of("hospes.memory.Countdown");

  /// What a body needs to know of the region around it.
  ///
  /// @param table the architecture
  /// @param locals where registers are
  /// @param state the class of the state
  /// @param leave where to go when a store asked for the region to be left
  record Surroundings(
      OperationTable table,
      Locals locals,
      ClassDesc state,
      Label leave,
      EngineDebugging debugging,
      @Nullable LastPages lastPages,
      List<Runnable> tails) {}

  private final CodeBuilder code;
  private final Surroundings surroundings;
  private final Node node;
  private final InstructionBody body;
  private final int executed;

  /// @param executed instructions since the count was last brought up to date, this one included
  BodyWriter(CodeBuilder code, Surroundings surroundings, Node node, int executed) {
    this.code = code;
    this.surroundings = surroundings;
    this.node = node;
    this.body = surroundings.table().body(node.operation);
    this.executed = executed;
  }

  /// Reads the operands that are not in registers, each once and in order: reading may change what
  /// the next one finds.
  void prepare() {
    List<Operand> operands = node.operation.operands();
    for (int i = 0; i < operands.size(); i++) {
      if (node.isElsewhere(operands.get(i))
          && operands.get(i) instanceof Operand.Mixed(MixedKind kind, int index)) {
        code.aload(Locals.CORE).loadConstant(node.operands[index]);
        code.invokevirtual(surroundings.state(), kind.read(), READ);
        code.istore(surroundings.locals().scratch(i));
      }
    }
  }

  /// Leaves the result on the stack, if there is one. The operands are prepared.
  void write() {
    if (isCalled()) {
      call();
    } else {
      copy(body.code());
    }
  }

  /// Goes to `otherwise` if the branch's condition does not hold, and on if it does. The operands
  /// are prepared.
  void branch(Label otherwise) {
    if (isCalled() || body.condition().isEmpty()) {
      write();
      code.ifeq(otherwise);
    } else {
      InstructionBody.Condition condition = body.condition().get();
      copy(body.code().subList(0, condition.end()));
      code.branch(condition.unless(), otherwise);
    }
  }

  boolean isCalled() {
    return body.splicing() == Splicing.CALL || surroundings.debugging() == EngineDebugging.CALLS;
  }

  /// Whether the instruction only loads a register that is a `double` here. Then its bits are never
  /// a `long`, of which HotSpot's second compiler would have a copy for each way out of the region.
  boolean loadsDouble() {
    return surroundings.lastPages() != null
        && body.isPlainLoad()
        && node.operation.target().orElse(null) instanceof Operand.Register target
        && target.kind().pack().isEmpty()
        && node.register(target).filter(surroundings.locals()::isDouble).isPresent();
  }

  /// Whether the instruction accesses memory by what only knows the state, which is how many
  /// instructions are left then.
  boolean countsInState() {
    return node.operation.accessesMemory() && (isCalled() || node.operation.takesState())
        || node.writesMemory();
  }

  private void call() {
    for (int i = 0; i < body.type().parameterCount(); i++) {
      operand(i);
    }
    code.invokestatic(body.owner(), body.name(), body.type());
  }

  private void copy(List<CodeElement> elements) {
    Map<Label, Label> labels = new HashMap<>();
    Label end = code.newLabel();
    boolean endUsed = false;
    for (int i = 0; i < elements.size(); i++) {
      switch (elements.get(i)) {
        case LoadInstruction load -> operand(body.parameterAt(load.slot()));
        case BranchInstruction branch -> code.branch(branch.opcode(), own(labels, branch.target()));
        case LabelTarget target -> code.labelBinding(own(labels, target.label()));
        case ReturnInstruction _ -> {
          if (i < elements.size() - 1) {
            code.goto_(end);
            endUsed = true;
          }
        }
        case InvokeInstruction call when InstructionBody.isAccess(call) -> access(call);
        case Instruction instruction -> code.with(instruction);
        default -> throw new IllegalStateException("unexpected " + elements.get(i));
      }
    }
    if (endUsed) {
      code.labelBinding(end);
    }
  }

  private Label own(Map<Label, Label> labels, Label foreign) {
    return labels.computeIfAbsent(foreign, key -> code.newLabel());
  }

  /// An access to memory by the way that is made for translations; its arguments are on the stack.
  private void access(InvokeInstruction call) {
    LastPages pages = surroundings.lastPages();
    if (pages != null) {
      new AccessWriter(this, code, surroundings, pages, node).write(call);
      return;
    }
    boolean store = call.name().stringValue().startsWith("store");
    code.lload(store ? Locals.WRITES : Locals.READS);
    code.aload(Locals.CORE);
    remaining();
    MethodTypeDesc own = call.typeSymbol();
    MethodTypeDesc type =
        MethodTypeDesc.of(
                store ? ConstantDescs.CD_boolean : own.returnType(), call.owner().asSymbol())
            .insertParameterTypes(1, own.parameterArray())
            .insertParameterTypes(
                1 + own.parameterCount(), ConstantDescs.CD_long, COUNTDOWN, ConstantDescs.CD_int);
    code.invokestatic(ACCESS, call.name().stringValue(), type);
    if (store) {
      code.ifne(surroundings.leave());
    }
  }

  /// The instructions that are left of the budget behind this one.
  void remaining() {
    code.iload(Locals.REMAINING).loadConstant(executed).isub();
  }

  private void operand(int number) {
    ClassDesc type = body.type().parameterType(number);
    switch (node.operation.operands().get(number)) {
      case Operand.Address _ -> address(node.position);
      case Operand.Following _ -> address(node.following);
      case Operand.Number(Place place) -> constant(place.read(node.instruction), type);
      case Operand.Index(Place place) -> constant(place.read(node.instruction), type);
      case Operand.Listed(int index) -> constant(node.operands[index], type);
      case Operand.Name(MixedKind _, int index) ->
          constant(MixedKind.number(node.operands[index]), type);
      case Operand.Local(String name) -> local(name);
      case Operand.Register register -> register(register, type);
      case Operand.Mixed mixed -> mixed(mixed, number, type);
    }
  }

  private void address(int position) {
    code.lload(Locals.BASE).loadConstant(surroundings.table().layout().bytes(position)).ladd();
  }

  private void mixed(Operand.Mixed mixed, int number, ClassDesc type) {
    Optional<Register> register = node.register(mixed);
    if (register.isPresent()) {
      code.lload(surroundings.locals().slot(register.get()));
      narrow(type);
    } else if (node.isElsewhere(mixed)) {
      code.iload(surroundings.locals().scratch(number));
    } else {
      constant(node.operands[mixed.index()], type);
    }
  }

  private void constant(long value, ClassDesc type) {
    if (TypeKind.from(type) == TypeKind.LONG) {
      code.loadConstant(value);
    } else {
      code.loadConstant((int) value);
    }
  }

  private void local(String name) {
    if (name.equals(OperationTable.STATE)) {
      code.aload(Locals.CORE);
      return;
    }
    Fields fields = new Fields(surroundings.table());
    if (fields.isMemory(name)) {
      code.aload(Locals.MEMORY);
    } else {
      code.aload(Locals.CORE);
      fields.get(code, name);
    }
  }

  private void register(Operand.Register operand, ClassDesc type) {
    RegisterKind kind = operand.kind();
    Optional<Register> register = node.register(operand);
    if (register.isEmpty()) {
      code.lconst_0();
    } else if (surroundings.locals().isDouble(register.get())) {
      code.dload(surroundings.locals().slot(register.get()));
      if (kind.unpack().isPresent()) {
        return;
      }
      Doubles.toBits(code);
    } else {
      code.lload(surroundings.locals().slot(register.get()));
    }
    if (kind.unpack().isPresent()) {
      RegisterKind.Conversion unpack = kind.unpack().get();
      code.invokestatic(
          unpack.owner().describeConstable().orElseThrow(),
          unpack.name(),
          MethodTypeDesc.of(type, ConstantDescs.CD_long));
    } else {
      narrow(type);
    }
  }

  /// From `long` on the stack to what a parameter takes.
  private void narrow(ClassDesc type) {
    switch (TypeKind.from(type)) {
      case LONG -> {}
      case INT -> code.l2i();
      case SHORT -> code.l2i().i2s();
      case BYTE -> code.l2i().i2b();
      default -> throw new IllegalStateException("no register holds a " + type.displayName());
    }
  }

  /// Stores the result, which is on the stack, where it goes to.
  void store() {
    switch (node.operation.target().orElseThrow()) {
      case Operand.Register register -> store(register);
      case Operand.Mixed mixed -> store(mixed);
      case Operand other -> throw new IllegalStateException("no result goes to " + other);
    }
  }

  private void store(Operand.Mixed mixed) {
    Optional<Register> register = node.register(mixed);
    if (register.isPresent()) {
      code.i2l().lstore(surroundings.locals().slot(register.get()));
      return;
    }
    int result = surroundings.locals().scratch();
    code.istore(result).aload(Locals.CORE);
    code.loadConstant(node.operands[mixed.index()]).iload(result);
    code.invokevirtual(surroundings.state(), mixed.kind().write(), WRITE);
  }

  private void store(Operand.Register operand) {
    TypeKind result = TypeKind.from(body.type().returnType());
    RegisterKind kind = operand.kind();
    Optional<Register> found = node.register(operand);
    if (found.isEmpty()) {
      if (result.slotSize() == 2) {
        code.pop2();
      } else {
        code.pop();
      }
      return;
    }
    Register register = found.get();
    boolean isDouble = surroundings.locals().isDouble(register);
    if (isDouble && (result == TypeKind.DOUBLE || loadsDouble())) {
      code.dstore(surroundings.locals().slot(register));
      return;
    }
    if (kind.pack().isPresent()) {
      RegisterKind.Conversion pack = kind.pack().get();
      code.invokestatic(
          pack.owner().describeConstable().orElseThrow(),
          pack.name(),
          MethodTypeDesc.of(ConstantDescs.CD_long, body.type().returnType()));
    } else if (result != TypeKind.LONG) {
      code.i2l();
    }
    if (isDouble) {
      Doubles.ofBits(code);
      code.dstore(surroundings.locals().slot(register));
    } else {
      code.lstore(surroundings.locals().slot(register));
    }
  }
}
