package hospes.engine.translator;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;

/// Writes one access to memory of a region that keeps [LastPages].
final class AccessWriter {
  private static final ClassDesc ACCESS = ClassDesc.of("hospes.memory.TranslatedAccess");
  private static final ClassDesc RAW = ClassDesc.of("hospes.memory.RawMemory");
  private static final ClassDesc MEMORY = ClassDesc.of("hospes.memory.AddressSpace");
  private static final ClassDesc COUNTDOWN = ClassDesc.of("hospes.memory.Countdown");
  private static final long PAGE = -4096;
  private static final MethodTypeDesc ENTRY =
      MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long, ConstantDescs.CD_long);
  private static final MethodTypeDesc GET =
      MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long);
  private static final MethodTypeDesc SLOW_LOAD =
      MethodTypeDesc.of(
          ConstantDescs.CD_long,
          MEMORY,
          ConstantDescs.CD_long,
          ConstantDescs.CD_int,
          COUNTDOWN,
          ConstantDescs.CD_int);
  private static final MethodTypeDesc SLOW_STORE =
      MethodTypeDesc.of(
          ConstantDescs.CD_boolean,
          MEMORY,
          ConstantDescs.CD_long,
          ConstantDescs.CD_int,
          ConstantDescs.CD_long,
          COUNTDOWN,
          ConstantDescs.CD_int);

  private final BodyWriter body;
  private final CodeBuilder code;
  private final BodyWriter.Surroundings surroundings;
  private final LastPages pages;
  private final Optional<LastPages.Page> page;

  AccessWriter(
      BodyWriter body,
      CodeBuilder code,
      BodyWriter.Surroundings surroundings,
      LastPages pages,
      Node node) {
    this.body = body;
    this.code = code;
    this.surroundings = surroundings;
    this.pages = pages;
    this.page = pages.page(node);
  }

  /// Replaces a call of a method of the address space, whose arguments are on the stack.
  void write(InvokeInstruction call) {
    String name = call.name().stringValue();
    boolean store = name.startsWith("store");
    String size = name.substring(store ? 5 : 4);
    int bytes =
        switch (size) {
          case "Byte" -> 1;
          case "Short" -> 2;
          case "Int" -> 4;
          case "Long" -> 8;
          default -> throw new IllegalStateException("unexpected access " + name);
        };
    TypeKind whole = body.loadsDouble() ? TypeKind.DOUBLE : TypeKind.LONG;
    TypeKind kind = bytes == 8 ? whole : TypeKind.INT;
    if (store) {
      code.storeLocal(kind, pages.value());
    }
    code.lstore(pages.address()).pop();
    Label hit = code.newLabel();
    Label miss = code.newLabel();
    Label done = code.newLabel();
    int addend;
    if (page.isPresent()) {
      addend = page.get().addend();
      masked(bytes).lload(page.get().tag()).lcmp().ifne(miss);
    } else {
      addend = pages.spare();
      probe(store, bytes, miss);
      addend(addend);
    }
    code.labelBinding(hit);
    code.lload(pages.address()).lload(addend).ladd();
    if (store) {
      code.loadLocal(kind, pages.value());
      code.invokestatic(
          RAW,
          "put" + size,
          MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long, kind.upperBound()));
    } else {
      code.invokestatic(
          RAW,
          kind == TypeKind.DOUBLE ? "getDouble" : "get" + size,
          MethodTypeDesc.of(kind.upperBound(), ConstantDescs.CD_long));
    }
    code.labelBinding(done);
    surroundings.tails().add(() -> miss(hit, miss, done, store, bytes, kind));
  }

  private CodeBuilder masked(int bytes) {
    return code.lload(pages.address()).loadConstant(PAGE | bytes - 1).land();
  }

  private void probe(boolean store, int bytes, Label otherwise) {
    code.lload(store ? Locals.WRITES : Locals.READS)
        .lload(pages.address())
        .invokestatic(ACCESS, "entry", ENTRY)
        .dup2()
        .lstore(pages.entry());
    code.invokestatic(RAW, "getLong", GET);
    masked(bytes).lcmp().ifne(otherwise);
  }

  private void addend(int local) {
    code.lload(pages.entry()).loadConstant(8L).ladd().invokestatic(RAW, "getLong", GET);
    code.lstore(local);
  }

  private void miss(Label hit, Label miss, Label done, boolean store, int bytes, TypeKind kind) {
    code.labelBinding(miss);
    if (page.isPresent()) {
      Label slow = code.newLabel();
      probe(store, bytes, slow);
      addend(page.get().addend());
      code.lload(pages.address()).loadConstant(PAGE).land().lstore(page.get().tag()).goto_(hit);
      code.labelBinding(slow);
    }
    pages.forget(code);
    code.aload(Locals.MEMORY).lload(pages.address()).loadConstant(bytes);
    if (store) {
      code.loadLocal(kind, pages.value());
      if (kind == TypeKind.INT) {
        code.i2l();
      }
    }
    code.aload(Locals.CORE);
    body.remaining();
    if (store) {
      code.invokestatic(ACCESS, "slowStore", SLOW_STORE).ifne(surroundings.leave());
    } else {
      code.invokestatic(ACCESS, "slowLoad", SLOW_LOAD);
      switch (kind) {
        case INT -> code.l2i();
        case DOUBLE -> Doubles.ofBits(code);
        default -> {}
      }
    }
    code.goto_(done);
  }
}
