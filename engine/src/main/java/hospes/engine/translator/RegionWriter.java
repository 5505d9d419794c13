package hospes.engine.translator;

import hospes.engine.Region;
import hospes.engine.translator.Node.Edge;
import hospes.engine.translator.Operation.Result;
import hospes.machine.Trap;
import hospes.memory.AddressSpace;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a region's class: one method that loads the guest's registers into local variables,
/// executes, and stores those that it may have changed where it is left.
final class RegionWriter {
  private static final ClassDesc REGION = Fields.describe(Region.class);
  private static final ClassDesc CORE = ExitWriter.CORE;
  private static final ClassDesc MEMORY = Fields.describe(AddressSpace.class);
  private static final ClassDesc TRAP = Fields.describe(Trap.class);
  private static final ClassDesc ACCESS = ClassDesc.of("hospes.memory.TranslatedAccess");
  private static final MethodTypeDesc RUN = MethodTypeDesc.of(ConstantDescs.CD_boolean, CORE);
  private static final MethodTypeDesc JUMPED =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_long);
  private static final long PAGE = -4096;

  /// A way out of the straight line.
  private record Stub(Label label, Node from, Edge edge) {}

  /// Code during which the registers are those of another frame.
  private record Stray(Label from, Label to) {}

  private final OperationTable table;
  private final RegionPlan plan;
  private final EngineDebugging debugging;
  private final Locals locals;
  private final ClassDesc state;
  private final Fields fields;
  private final RegisterTransfer registers;
  private final WatchPoints.Builder points = new WatchPoints.Builder();
  private final Map<Node, Label> labels = new HashMap<>();
  private final Queue<Stub> stubs = new ArrayDeque<>();
  private final List<Stray> strays = new ArrayList<>();
  private final Set<String> touched = new HashSet<>();
  private int executed;

  private final @Nullable LastPages lastPages;
  private final List<Runnable> tails = new ArrayList<>();

  RegionWriter(OperationTable table, RegionPlan plan, Grade grade, EngineDebugging debugging) {
    this.table = table;
    this.plan = plan;
    this.debugging = debugging;
    this.locals = new Locals(plan);
    this.lastPages =
        grade == Grade.THOROUGH && debugging != EngineDebugging.CALLS
            ? new LastPages(plan, locals.end())
            : null;
    this.state = Fields.describe(table.state());
    this.fields = new Fields(table);
    this.registers = new RegisterTransfer(locals, fields);
  }

  /// The class file.
  byte[] write() {
    ClassDesc name = ClassDesc.of(table.state().getPackageName() + ".Region");
    return ClassFile.of()
        .build(
            name,
            type ->
                type.withFlags(ClassFile.ACC_FINAL)
                    .withSuperclass(REGION)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        0,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    REGION, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                .return_())
                    .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, this::method));
  }

  /// What a region must know of the places where it may have to stop. Complete after [#write].
  WatchPoints points() {
    return points.build(table.layout());
  }

  private void method(CodeBuilder code) {
    ExitWriter exits = new ExitWriter(code, registers);
    Label first = code.newLabel();
    Label last = code.newLabel();
    enter(code, exits.refuse);
    BodyWriter.Surroundings surroundings =
        new BodyWriter.Surroundings(table, locals, state, exits.leave, debugging, lastPages, tails);
    code.labelBinding(first);
    for (Node node : plan.nodes()) {
      if (node.isTarget) {
        settle(code);
        code.labelBinding(label(code, node));
        touched.clear();
      }
      node(code, node, surroundings, exits);
    }
    tails.forEach(Runnable::run);
    while (!stubs.isEmpty()) {
      stub(code, stubs.remove(), exits);
    }
    code.labelBinding(last);
    exits.write(!strays.isEmpty());
    // The first one counts.
    strays.forEach(
        stray ->
            code.exceptionCatch(
                stray.from(), stray.to(), exits.trappedInFrame, ExitWriter.TRAPPED));
    code.exceptionCatch(first, last, exits.trapped, ExitWriter.TRAPPED);
  }

  private void enter(CodeBuilder code, Label refuse) {
    code.aload(Locals.PARAMETER).getfield(CORE, "remaining", ConstantDescs.CD_int);
    code.istore(Locals.REMAINING);
    code.iload(Locals.REMAINING).loadConstant(plan.entry().longest).if_icmplt(refuse);
    code.aload(Locals.PARAMETER).checkcast(state).astore(Locals.CORE);
    guards()
        .forEach(
            (owner, guard) ->
                code.aload(Locals.CORE)
                    .invokestatic(owner, guard, MethodTypeDesc.of(TRAP, state))
                    .ifnonnull(refuse));
    code.aload(Locals.CORE);
    fields.get(code, fields.memory());
    code.astore(Locals.MEMORY);
    table(code, "reads", Locals.READS);
    table(code, "writes", Locals.WRITES);
    code.aload(Locals.CORE).getfield(CORE, "pc", ConstantDescs.CD_long);
    code.loadConstant(PAGE).land().lstore(Locals.BASE);
    code.iconst_0().istore(Locals.WHERE);
    code.lconst_0().lstore(Locals.PC);
    if (lastPages != null) {
      lastPages.begin(code);
    }
    registers.load(code);
  }

  private Map<ClassDesc, String> guards() {
    Map<ClassDesc, String> guards = new LinkedHashMap<>();
    for (Node node : plan.nodes()) {
      node.operation
          .guard()
          .ifPresent(guard -> guards.put(Fields.describe(node.operation.owner()), guard));
    }
    return guards;
  }

  private static void table(CodeBuilder code, String which, int local) {
    code.aload(Locals.MEMORY)
        .invokestatic(ACCESS, which, MethodTypeDesc.of(ConstantDescs.CD_long, MEMORY))
        .lstore(local);
  }

  private Label label(CodeBuilder code, Node node) {
    return labels.computeIfAbsent(node, key -> code.newLabel());
  }

  /// Brings the count of instructions up to date.
  private void settle(CodeBuilder code) {
    if (executed > 0) {
      code.iinc(Locals.REMAINING, -executed);
      executed = 0;
    }
  }

  private void node(
      CodeBuilder code, Node node, BodyWriter.Surroundings surroundings, ExitWriter exits) {
    executed++;
    if (debugging == EngineDebugging.DUMP) {
      code.lineNumber(RegionListing.line(node));
    }
    switch (node.operation.result()) {
      case BRANCH, VALUE_BRANCH, JUMP -> settle(code);
      case NOTHING, VALUE, TRAP -> {}
    }
    BodyWriter body = new BodyWriter(code, surroundings, node, executed);
    if (node.isWatched()) {
      code.loadConstant(points.add(node, executed)).istore(Locals.WHERE);
    }
    body.prepare();
    switch (node.operation.result()) {
      case BRANCH, VALUE_BRANCH -> branch(code, node, body, exits);
      case JUMP -> {
        if (node.changesFrames()) {
          changeFrames(code, node, body, exits);
        } else {
          jump(code, node, body, exits.exit);
        }
      }
      case NOTHING, VALUE, TRAP -> {
        calculate(code, node, body);
        if (body.countsInState()) {
          unlessRemaining(code, body, exits.leave);
        }
        go(code, node, edge(node.next), Following.YES);
      }
    }
  }

  private static Edge edge(@Nullable Edge edge) {
    if (edge == null) {
      throw new IllegalStateException("a plan lacks an edge");
    }
    return edge;
  }

  private void calculate(CodeBuilder code, Node node, BodyWriter body) {
    begin(code, node, body);
    body.write();
    if (node.operation.result() == Result.VALUE) {
      body.store();
      touch(code, node);
    }
    end(code, node, body);
  }

  /// Before a body: what the state must know for it.
  private void begin(CodeBuilder code, Node node, BodyWriter body) {
    if (body.countsInState()) {
      code.aload(Locals.CORE);
      body.remaining();
      code.putfield(CORE, "remaining", ConstantDescs.CD_int);
    }
    named(node).forEach(register -> registers.storeOne(code, register));
  }

  /// After a body: what it may have changed.
  private void end(CodeBuilder code, Node node, BodyWriter body) {
    named(node).forEach(register -> registers.loadOne(code, register));
    if (lastPages != null && node.operation.accessesMemory() && body.isCalled()) {
      lastPages.forget(code);
    }
  }

  /// The registers for which a node's method reaches by itself.
  private static List<Register> named(Node node) {
    return node.operation.operands().stream()
        .filter(operand -> operand instanceof Operand.Name)
        .flatMap(operand -> node.register(operand).stream())
        .toList();
  }

  private static void unlessRemaining(CodeBuilder code, BodyWriter body, Label leave) {
    code.aload(Locals.CORE).getfield(CORE, "remaining", ConstantDescs.CD_int);
    body.remaining();
    code.if_icmpne(leave);
  }

  /// Tells the state of the first write of its kind; nothing takes that back within a region.
  private void touch(CodeBuilder code, Node node) {
    node.operation
        .target()
        .filter(Operand.Register.class::isInstance)
        .flatMap(target -> ((Operand.Register) target).kind().touch())
        .filter(touched::add)
        .ifPresent(
            method -> code.aload(Locals.CORE).invokevirtual(state, method, ConstantDescs.MTD_void));
  }

  private void branch(CodeBuilder code, Node node, BodyWriter body, ExitWriter exits) {
    Label notTaken = code.newLabel();
    boolean isPlain =
        node.operation.result() == Result.BRANCH && !body.countsInState() && !node.namesRegisters();
    Label otherwise = node.branchesIfTrue() ? notTaken : code.newLabel();
    if (isPlain) {
      body.branch(otherwise);
    } else {
      condition(code, node, body, exits);
      code.ifeq(otherwise);
    }
    if (!node.branchesIfTrue()) {
      code.goto_(notTaken).labelBinding(otherwise);
    }
    go(code, node, edge(node.taken), Following.NO);
    code.labelBinding(notTaken);
    go(code, node, edge(node.next), Following.YES);
  }

  /// Leaves the condition of a branch on the stack, whose instruction does more than to branch.
  private void condition(CodeBuilder code, Node node, BodyWriter body, ExitWriter exits) {
    int condition = locals.condition();
    begin(code, node, body);
    body.write();
    code.dup().istore(condition);
    if (node.operation.result() == Result.VALUE_BRANCH) {
      body.store();
      touch(code, node);
    } else {
      code.pop();
    }
    end(code, node, body);
    if (body.countsInState()) {
      Label leave = code.newLabel();
      unlessRemaining(code, body, leave);
      tails.add(() -> leaveBranch(code, node, condition, leave, exits));
    }
    code.iload(condition);
  }

  /// Out of the region behind a branch, because a store asked for it.
  private void leaveBranch(
      CodeBuilder code, Node node, int condition, Label leave, ExitWriter exits) {
    Label holds = code.newLabel();
    boolean isTaken = node.branchesIfTrue();
    code.labelBinding(leave);
    exits.takeRemaining();
    code.iload(condition).ifne(holds);
    goOnAt(code, isTaken ? node.following : edge(node.taken).position());
    code.goto_(exits.exit).labelBinding(holds);
    goOnAt(code, isTaken ? edge(node.taken).position() : node.following);
    code.goto_(exits.exit);
  }

  private void goOnAt(CodeBuilder code, int position) {
    code.lload(Locals.BASE).loadConstant(table.layout().bytes(position)).ladd();
    code.lstore(Locals.PC);
  }

  /// Into another frame of registers, and out of the region where that is not the expected one.
  private void changeFrames(CodeBuilder code, Node node, BodyWriter body, ExitWriter exits) {
    registers.store(code);
    exits.putRemaining();
    Stray stray = new Stray(code.newLabel(), code.newLabel());
    strays.add(stray);
    code.labelBinding(stray.from());
    body.write();
    code.labelBinding(stray.to());
    code.lstore(Locals.PC);
    if (node.taken == null) {
      // Where it leads is worth knowing for the next region.
      code.aload(Locals.CORE).loadConstant(table.layout().slotAt(node.position));
      code.lload(Locals.PC).invokevirtual(CORE, "jumped", JUMPED);
    }
    if (node.taken == null || node.taken.node() == null) {
      code.goto_(exits.exitFrame);
      return;
    }
    unlessRemaining(code, body, exits.exitFrame);
    unlessAt(code, node.taken.position(), exits.exitFrame);
    registers.load(code);
    if (lastPages != null) {
      lastPages.forget(code);
    }
    go(code, node, node.taken, Following.YES);
  }

  private void unlessAt(CodeBuilder code, int position, Label otherwise) {
    code.lload(Locals.PC);
    code.lload(Locals.BASE).loadConstant(table.layout().bytes(position)).ladd();
    code.lcmp().ifne(otherwise);
  }

  private void jump(CodeBuilder code, Node node, BodyWriter body, Label exit) {
    boolean certain = !node.readsVariables();
    if (!certain || node.taken == null) {
      body.write();
      code.lstore(Locals.PC);
    }
    node.operation
        .target()
        .flatMap(node::register)
        .ifPresent(
            register ->
                code.lload(Locals.BASE)
                    .loadConstant(table.layout().bytes(node.following))
                    .ladd()
                    .lstore(locals.slot(register)));
    if (node.taken == null) {
      code.goto_(exit);
      return;
    }
    if (!certain) {
      unlessAt(code, node.taken.position(), exit);
    }
    go(code, node, node.taken, Following.YES);
  }

  /// Whether what comes next in the method may simply be run into.
  private enum Following {
    YES,
    NO
  }

  private void go(CodeBuilder code, Node from, Edge edge, Following following) {
    Node to = edge.node();
    if (to != null && to.order == from.order + 1 && following == Following.YES) {
      return;
    }
    settle(code);
    if (to != null && to.order > from.order) {
      code.goto_(label(code, to));
      return;
    }
    Stub stub = new Stub(code.newLabel(), from, edge);
    stubs.add(stub);
    code.goto_(stub.label());
  }

  /// Out of the region, or back within it if the budget allows.
  private void stub(CodeBuilder code, Stub stub, ExitWriter exits) {
    code.labelBinding(stub.label());
    Node to = stub.edge().node();
    Label out = code.newLabel();
    if (to != null) {
      code.iload(Locals.REMAINING).loadConstant(to.longest).if_icmplt(out);
      code.goto_(label(code, to));
    }
    code.labelBinding(out);
    goOnAt(code, stub.edge().position());
    code.goto_(exits.exit);
  }
}
