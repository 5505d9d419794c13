package hospes.riscv;

import hospes.engine.AssemblyDialect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What RISC-V adds to the assembler: pseudo-instructions, `%hi` and its like, and NOPs as filling.
/// RISC-V Assembly Programmer's Manual, "A listing of standard RISC-V pseudoinstructions".
final class RiscvPseudoInstructions implements AssemblyDialect {
  private static final long LOW_ROUNDING = 0x800;
  private static final Set<String> LOADS = Set.of("lb", "lh", "lw", "ld", "lbu", "lhu", "lwu");
  private static final Set<String> STORES = Set.of("sb", "sh", "sw", "sd", "fsw", "fsd");
  private static final Set<String> FLOAT_LOADS = Set.of("flw", "fld");

  @Override
  public List<String> aliases() {
    return List.of(
        "bgt rs1, rs2, offset = blt rs2, rs1, offset",
        "ble rs1, rs2, offset = bge rs2, rs1, offset",
        "bgtu rs1, rs2, offset = bltu rs2, rs1, offset",
        "bleu rs1, rs2, offset = bgeu rs2, rs1, offset",
        "sgt rd, rs1, rs2 = slt rd, rs2, rs1",
        "sgtu rd, rs1, rs2 = sltu rd, rs2, rs1",
        "fgt.s rd, rs1, rs2 = flt.s rd, rs2, rs1",
        "fge.s rd, rs1, rs2 = fle.s rd, rs2, rs1",
        "fgt.d rd, rs1, rs2 = flt.d rd, rs2, rs1",
        "fge.d rd, rs1, rs2 = fle.d rd, rs2, rs1",
        "move rd, rs1 = addi rd, rs1, 0",
        "slt rd, rs1, imm = slti rd, rs1, imm",
        "sltu rd, rs1, imm = sltiu rd, rs1, imm",
        "jr rs1, imm = jalr x0, imm(rs1)",
        "jalr rs1, imm = jalr x1, imm(rs1)",
        "jalr rd, rs1, imm = jalr rd, imm(rs1)");
  }

  @Override
  public Optional<List<String>> expand(String mnemonic, List<String> operands, Place place) {
    return switch (mnemonic) {
      case "li" -> {
        expect(operands.size() == 2, "li rd, number");
        yield Optional.of(loadImmediate(operands.get(0), place.evaluate(operands.get(1))));
      }
      case "la", "lla" -> {
        expect(operands.size() == 2, mnemonic + " rd, symbol");
        yield Optional.of(relative("addi %1$s, %1$s, %2$s", operands.get(0), operands.get(1)));
      }
      case "call" -> {
        expect(operands.size() == 1, "call symbol");
        yield Optional.of(relative("jalr ra, %2$s(%1$s)", "ra", operands.get(0)));
      }
      case "tail" -> {
        expect(operands.size() == 1, "tail symbol");
        yield Optional.of(relative("jalr zero, %2$s(%1$s)", "t1", operands.get(0)));
      }
      case "jump" -> {
        expect(operands.size() == 2, "jump symbol, rt");
        yield Optional.of(relative("jalr zero, %2$s(%1$s)", operands.get(1), operands.get(0)));
      }
      default -> symbolAccess(mnemonic, operands);
    };
  }

  /// Loads and stores that name a symbol instead of a register and a distance: `lw a0, counter`,
  /// `sw a0, counter, t0`.
  private static Optional<List<String>> symbolAccess(String mnemonic, List<String> operands) {
    String first = operands.isEmpty() ? "" : operands.getFirst();
    if (LOADS.contains(mnemonic) && operands.size() == 2 && !operands.get(1).endsWith(")")) {
      return Optional.of(relative(mnemonic + " %1$s, %2$s(%1$s)", first, operands.get(1)));
    }
    boolean isFloatLoad = FLOAT_LOADS.contains(mnemonic);
    if ((isFloatLoad || STORES.contains(mnemonic)) && operands.size() == 3) {
      return Optional.of(
          relative(mnemonic + " " + first + ", %2$s(%1$s)", operands.get(2), operands.get(1)));
    }
    return Optional.empty();
  }

  private static void expect(boolean condition, String text) {
    if (!condition) {
      throw new IllegalArgumentException("expected '%s'".formatted(text));
    }
  }

  /// AUIPC to `register`, and a second instruction that uses it with the low bits of the distance.
  private static List<String> relative(String second, String register, String symbol) {
    return List.of(
        "auipc %s, %%pcrel_hi(%s)".formatted(register, symbol),
        second.formatted(register, "%pcrel_lo(. - 4)"));
  }

  /// The shortest of the usual ways to build a constant: its upper bits, shifted into place, and
  /// then its low twelve bits added.
  private static List<String> loadImmediate(String register, long number) {
    List<String> text = new ArrayList<>();
    long low = number << 52 >> 52;
    if (number == low) {
      text.add("addi %s, zero, %d".formatted(register, low));
    } else if (number == (int) number) {
      text.add("lui %s, %d".formatted(register, number - low >>> 12 & 0xfffff));
      if (low != 0) {
        text.add("addiw %1$s, %1$s, %2$d".formatted(register, low));
      }
    } else {
      long upper = number - low;
      int shift = Long.numberOfTrailingZeros(upper);
      long rest = upper >> shift;
      if (rest == rest << 52 >> 52) {
        // ADDI would do as well; this is what the GNU assembler writes.
        text.add("addiw %s, zero, %d".formatted(register, rest));
      } else {
        text.addAll(loadImmediate(register, rest));
      }
      text.add("slli %1$s, %1$s, %2$d".formatted(register, shift));
      if (low != 0) {
        text.add("addi %1$s, %1$s, %2$d".formatted(register, low));
      }
    }
    return text;
  }

  @Override
  public long modify(String name, long number, Place place) {
    return switch (name) {
      case "hi" -> upper(number, "the address");
      case "lo" -> number << 52 >> 52;
      case "pcrel_hi" -> {
        place.note(number);
        yield upper(number - place.address(), "the distance to the symbol");
      }
      case "pcrel_lo" -> {
        long target =
            place
                .noted(number)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "expected %pcrel_lo to name the label of an instruction further up"
                                + " that uses %pcrel_hi"));
        yield target - number << 52 >> 52;
      }
      default ->
          throw new IllegalArgumentException(
              "unknown %%%s; expected %%hi, %%lo, %%pcrel_hi or %%pcrel_lo".formatted(name));
    };
  }

  /// The 20 bits that LUI or AUIPC adds so that a signed 12-bit number reaches the rest.
  private static long upper(long number, String what) {
    long rounded = number + LOW_ROUNDING;
    if (rounded != (int) rounded) {
      throw new IllegalArgumentException(
          "%s, %#x, does not fit into 32 bits with sign".formatted(what, number));
    }
    return rounded >> 12 & 0xfffff;
  }

  @Override
  public byte[] filling(int length) {
    byte[] bytes = new byte[length];
    int at = length & 1;
    if ((length & 2) != 0) {
      bytes[at] = 0x01;
      at += 2;
    }
    for (; at < length; at += 4) {
      bytes[at] = 0x13;
    }
    return bytes;
  }

  @Override
  public boolean passesOver(String directive, String arguments) {
    return switch (directive) {
      // That is how this assembler works anyway.
      case ".option" -> Arrays.asList("norvc", "norelax", "nopic").contains(arguments);
      case ".type", ".size", ".file", ".attribute" -> true;
      default -> false;
    };
  }
}
