package hospes.riscv;

import hospes.engine.Architecture;
import hospes.engine.Field;

/// RV64GC with its extensions, as the engine sees it: operand fields and the classes of instruction
/// methods.
@Architecture(
    name = "riscv",
    prefix = "Riscv",
    state = Hart.class,
    locals = {
      "long[] x = core.x",
      "long[] f = core.f",
      "hospes.memory.AddressSpace memory = core.memory"
    },
    fields = {
      @Field(name = "rd", width = 5, kind = X.class),
      @Field(name = "rs1", width = 5, kind = X.class),
      @Field(name = "rs2", width = 5, kind = X.class),
      @Field(name = "rs3", width = 5, kind = F.class),
      @Field(name = "rd'", width = 3, offset = 8, kind = X.class),
      @Field(name = "rs1'", width = 3, offset = 8, kind = X.class),
      @Field(name = "rs2'", width = 3, offset = 8, kind = X.class),
      @Field(name = "imm", kind = Imm.class),
      @Field(name = "uimm", kind = UImm.class),
      @Field(name = "shamt", kind = Shamt.class),
      @Field(name = "offset", kind = Offset.class),
      @Field(name = "csr", width = 12, kind = Csr.class),
      @Field(name = "rm", width = 3, kind = Rm.class),
      @Field(name = "pred", width = 4, kind = FenceSet.class),
      @Field(name = "succ", width = 4, kind = FenceSet.class),
      @Field(name = "aqrl", width = 2, kind = Ordering.class),
    },
    shortWhen = "(bits & 3) != 3",
    instructions = {
      Integers.class,
      WordIntegers.class,
      Loads.class,
      Stores.class,
      Branches.class,
      Jumps.class,
      Multiplication.class,
      AddressGeneration.class,
      BitManipulation.class,
      SingleBits.class,
      Conditionals.class,
      Fences.class,
      Environment.class,
      CsrAccess.class,
      Privileged.class,
      CacheBlocks.class,
      Atomics.class,
      CarrylessMultiplication.class,
      FloatLoadsStores.class,
      SinglePrecision.class,
      SingleConversions.class,
      DoublePrecision.class,
      DoubleConversions.class,
      CompressedIntegers.class,
      CompressedMemory.class,
      CompressedFloats.class,
    })
final class RiscvArchitecture {
  private RiscvArchitecture() {}
}
