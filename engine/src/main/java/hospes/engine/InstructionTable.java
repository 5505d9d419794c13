package hospes.engine;

import hospes.engine.InstructionDefinition.Operand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;

/// All instructions of an architecture: what the disassembler, the assembler and tests work from.
// Generated code fills it.
public final class InstructionTable {
  /// Another way to write an instruction.
  ///
  /// @param syntax how it is written
  /// @param rewrite what it stands for
  public record AliasDefinition(Syntax syntax, Rewrite rewrite) {}

  private final String name;
  private final Decoder decoder;
  private final ToIntFunction<String> fieldWidths;
  private final SequencedMap<String, InstructionDefinition> instructions = new LinkedHashMap<>();
  private final Map<String, List<AliasDefinition>> aliasesByTarget = new LinkedHashMap<>();
  private final List<AliasDefinition> aliases = new ArrayList<>();

  /// An empty table of the architecture `name`.
  public InstructionTable(String name, Decoder decoder, ToIntFunction<String> fieldWidths) {
    this.name = name;
    this.decoder = decoder;
    this.fieldWidths = fieldWidths;
  }

  /// Adds an instruction from its definition (see [Instruction] and [Compressed]) and its operands,
  // `field → meaning`.
  public void add(String extension, String definition, Map<String, Operand> operands) {
    String[] halves = definition.split(" : ", 2);
    String[] encodingAndExpansion = halves[1].split("=>", 2);
    Syntax syntax = Syntax.parse(halves[0]);
    Encoding encoding = Encoding.parse(encodingAndExpansion[0], fieldWidths);
    Optional<Rewrite> expansion =
        encodingAndExpansion.length == 1
            ? Optional.empty()
            : Optional.of(
                rewrite(encodingAndExpansion[1].trim(), List.copyOf(encoding.fields().keySet())));
    instructions.put(
        syntax.mnemonic(),
        new InstructionDefinition(
            extension, syntax, encoding, new LinkedHashMap<>(operands), expansion));
  }

  /// Adds another way to write an instruction that is already in the table.
  public void addAlias(String definition) {
    String[] halves = definition.split(" = ", 2);
    Syntax syntax = Syntax.parse(halves[0]);
    AliasDefinition alias =
        new AliasDefinition(syntax, rewrite(halves[1].trim(), syntax.operands()));
    aliases.add(alias);
    aliasesByTarget.computeIfAbsent(alias.rewrite().target(), key -> new ArrayList<>()).add(alias);
  }

  private Rewrite rewrite(String text, List<String> own) {
    String mnemonic = text.split("\\s+", 2)[0];
    return Rewrite.parse(text, get(mnemonic).syntax(), own);
  }

  /// The architecture's name.
  public String name() {
    return name;
  }

  /// All instructions, in the order of the manual.
  public List<InstructionDefinition> instructions() {
    return List.copyOf(instructions.values());
  }

  /// All aliases.
  public List<AliasDefinition> aliases() {
    return Collections.unmodifiableList(aliases);
  }

  /// The aliases of an instruction, the preferred one first.
  public List<AliasDefinition> aliases(String mnemonic) {
    return aliasesByTarget.getOrDefault(mnemonic, List.of());
  }

  /// The instruction with this mnemonic.
  public InstructionDefinition get(String mnemonic) {
    InstructionDefinition found = instructions.get(mnemonic);
    if (found == null) {
      throw new DefinitionException("%s has no instruction %s".formatted(name, mnemonic));
    }
    return found;
  }

  /// Whether an instruction is two bytes long.
  public boolean isShort(int bits) {
    return decoder.isShort(bits);
  }

  /// The instruction that a word encodes; empty where it means nothing.
  public Optional<InstructionDefinition> find(int bits) {
    int width = decoder.isShort(bits) ? 16 : 32;
    InstructionDefinition best = null;
    for (InstructionDefinition candidate : instructions.values()) {
      Encoding encoding = candidate.encoding();
      if (encoding.width() == width
          && encoding.matches(bits)
          && (best == null || encoding.specificity() > best.encoding().specificity())) {
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }
}
