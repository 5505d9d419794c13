package hospes.engine.translator;

import hospes.engine.Core;
import hospes.engine.Region;
import hospes.engine.translator.Locals.Register;
import hospes.engine.translator.Node.Edge;
import hospes.engine.translator.Operation.Result;
import hospes.machine.Trap;
import hospes.machine.TrapException;
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
  private static final ClassDesc CORE = Fields.describe(Core.class);
  private static final ClassDesc MEMORY = Fields.describe(AddressSpace.class);
  private static final ClassDesc TRAP = Fields.describe(Trap.class);
  private static final ClassDesc TRAPPED = Fields.describe(TrapException.class);
  private static final ClassDesc ACCESS = ClassDesc.of("hospes.memory.TranslatedAccess");
  private static final ClassDesc REGISTERS = ConstantDescs.CD_long.arrayType();
  private static final MethodTypeDesc RUN = MethodTypeDesc.of(ConstantDescs.CD_boolean, CORE);
  private static final long PAGE = -4096;

  /// A way out of the straight line.
  private record Stub(Label label, Node from, Edge edge) {}

  private final OperationTable table;
  private final RegionPlan plan;
  private final EngineDebugging debugging;
  private final Locals locals;
  private final ClassDesc state;
  private final Fields fields;
  private final WatchPoints.Builder points = new WatchPoints.Builder();
  private final Map<Node, Label> labels = new HashMap<>();
  private final Queue<Stub> stubs = new ArrayDeque<>();
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
    return points.build();
  }

  private void method(CodeBuilder code) {
    Label refuse = code.newLabel();
    Label exit = code.newLabel();
    Label leave = code.newLabel();
    Label trapped = code.newLabel();
    Label first = code.newLabel();
    Label last = code.newLabel();
    enter(code, refuse);
    BodyWriter.Surroundings surroundings =
        new BodyWriter.Surroundings(table, locals, state, leave, debugging, lastPages, tails);
    code.labelBinding(first);
    for (Node node : plan.nodes()) {
      if (node.isTarget) {
        settle(code);
        code.labelBinding(label(code, node));
        touched.clear();
      }
      node(code, node, surroundings, exit);
    }
    tails.forEach(Runnable::run);
    while (!stubs.isEmpty()) {
      stub(code, stubs.remove(), exit);
    }
    code.labelBinding(last);
    code.labelBinding(trapped);
    trapped(code);
    code.goto_(exit);
    code.labelBinding(leave);
    leave(code);
    code.labelBinding(exit);
    exit(code);
    code.labelBinding(refuse).iconst_0().ireturn();
    code.exceptionCatch(first, last, trapped, TRAPPED);
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
    String file = "";
    for (var entry : locals.slots().entrySet()) {
      Register register = entry.getKey();
      file = openFile(code, file, register);
      code.aload(Locals.FILE).loadConstant(register.number()).laload();
      if (locals.isDouble(register)) {
        Doubles.ofBits(code);
        code.dstore(entry.getValue());
      } else {
        code.lstore(entry.getValue());
      }
    }
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

  private String openFile(CodeBuilder code, String open, Register register) {
    if (!open.equals(register.file())) {
      code.aload(Locals.CORE);
      fields.get(code, register.file());
      code.checkcast(REGISTERS).astore(Locals.FILE);
    }
    return register.file();
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

  private void node(CodeBuilder code, Node node, BodyWriter.Surroundings surroundings, Label exit) {
    executed++;
    if (debugging == EngineDebugging.DUMP) {
      code.lineNumber(RegionListing.line(node));
    }
    BodyWriter body = new BodyWriter(code, surroundings, node, executed);
    switch (node.operation.result()) {
      case BRANCH -> {
        settle(code);
        Label notTaken = code.newLabel();
        body.branch(notTaken);
        go(code, node, edge(node.taken), Following.NO);
        code.labelBinding(notTaken);
        go(code, node, edge(node.next), Following.YES);
      }
      case JUMP -> {
        settle(code);
        jump(code, node, body, exit);
      }
      case NOTHING, VALUE, TRAP -> {
        calculate(code, node, body, surroundings);
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

  private void calculate(
      CodeBuilder code, Node node, BodyWriter body, BodyWriter.Surroundings surroundings) {
    if (node.operation.isWatched()) {
      code.loadConstant(points.add(node, executed)).istore(Locals.WHERE);
    }
    if (body.countsInState()) {
      code.aload(Locals.CORE);
      body.remaining();
      code.putfield(CORE, "remaining", ConstantDescs.CD_int);
    }
    body.write();
    if (node.operation.result() == Result.VALUE) {
      body.store();
      touch(code, node);
    }
    if (lastPages != null && node.operation.accessesMemory() && body.isCalled()) {
      lastPages.forget(code);
    }
    if (body.countsInState()) {
      code.aload(Locals.CORE).getfield(CORE, "remaining", ConstantDescs.CD_int);
      body.remaining();
      code.if_icmpne(surroundings.leave());
    }
  }

  /// Tells the state of the first write of its kind; nothing takes that back within a region.
  private void touch(CodeBuilder code, Node node) {
    node.operation
        .target()
        .flatMap(target -> target.kind().touch())
        .filter(touched::add)
        .ifPresent(
            method -> code.aload(Locals.CORE).invokevirtual(state, method, ConstantDescs.MTD_void));
  }

  private void jump(CodeBuilder code, Node node, BodyWriter body, Label exit) {
    boolean certain = !node.operation.readsRegisters();
    if (!certain || node.taken == null) {
      body.write();
      code.lstore(Locals.PC);
    }
    node.operation
        .target()
        .filter(target -> target.number(node.instruction) != target.kind().sink())
        .ifPresent(
            target ->
                code.lload(Locals.BASE)
                    .loadConstant(2L * node.following())
                    .ladd()
                    .lstore(locals.slot(node, target)));
    if (node.taken == null) {
      code.goto_(exit);
      return;
    }
    if (!certain) {
      code.lload(Locals.PC);
      code.lload(Locals.BASE).loadConstant(2L * node.taken.position()).ladd();
      code.lcmp().ifne(exit);
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
  private void stub(CodeBuilder code, Stub stub, Label exit) {
    code.labelBinding(stub.label());
    Node to = stub.edge().node();
    Label out = code.newLabel();
    if (to != null) {
      code.iload(Locals.REMAINING).loadConstant(to.longest).if_icmplt(out);
      code.goto_(label(code, to));
    }
    code.labelBinding(out);
    code.lload(Locals.BASE).loadConstant(2L * stub.edge().position()).ladd().lstore(Locals.PC);
    code.goto_(exit);
  }

  /// An instruction trapped: the exception is on the stack.
  private static void trapped(CodeBuilder code) {
    code.invokevirtual(TRAPPED, "trap", MethodTypeDesc.of(TRAP));
    code.aload(Locals.CORE).swap().putfield(CORE, "trap", TRAP);
    code.iload(Locals.REMAINING);
    point(code, "executed");
    code.isub().istore(Locals.REMAINING);
    code.lload(Locals.BASE);
    point(code, "offset");
    code.i2l().ladd().lstore(Locals.PC);
  }

  /// A store asked for the region to be left behind it.
  private static void leave(CodeBuilder code) {
    code.aload(Locals.CORE).getfield(CORE, "remaining", ConstantDescs.CD_int);
    code.istore(Locals.REMAINING);
    code.lload(Locals.BASE);
    point(code, "nextOffset");
    code.i2l().ladd().lstore(Locals.PC);
  }

  private static void point(CodeBuilder code, String what) {
    code.aload(0)
        .iload(Locals.WHERE)
        .invokevirtual(REGION, what, MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int));
  }

  private void exit(CodeBuilder code) {
    code.aload(Locals.CORE).lload(Locals.PC).putfield(CORE, "pc", ConstantDescs.CD_long);
    code.aload(Locals.CORE)
        .iload(Locals.REMAINING)
        .putfield(CORE, "remaining", ConstantDescs.CD_int);
    String file = "";
    for (var entry : locals.slots().entrySet()) {
      Register register = entry.getKey();
      if (locals.isWritten(register)) {
        file = openFile(code, file, register);
        code.aload(Locals.FILE).loadConstant(register.number());
        if (locals.isDouble(register)) {
          code.dload(entry.getValue());
          Doubles.toBits(code);
        } else {
          code.lload(entry.getValue());
        }
        code.lastore();
      }
    }
    code.iconst_1().ireturn();
  }
}
