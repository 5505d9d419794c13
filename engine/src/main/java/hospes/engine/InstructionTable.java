package hospes.engine;

import hospes.engine.InstructionDefinition.Operand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;

/// All instructions of an architecture: what the disassembler, the assembler and tests work from.
/// Generated code fills it.
public final class InstructionTable {
  /// Another way to write an instruction.
  ///
  /// @param syntax how it is written
  /// @param rewrite what it stands for
  public record AliasDefinition(Syntax syntax, Rewrite rewrite) {}

  private static final int LOW_BYTE = 0xff;

  private final String name;
  private final WordDecoder decoder;
  private final ToIntFunction<String> fieldWidths;
  private final SequencedMap<String, InstructionDefinition> instructions = new LinkedHashMap<>();
  private final Map<String, List<AliasDefinition>> aliasesByTarget = new LinkedHashMap<>();
  private final List<AliasDefinition> aliases = new ArrayList<>();
  private final Map<Integer, List<InstructionDefinition>> byLowByte = new HashMap<>();

  /// An empty table of the architecture `name`.
  public InstructionTable(String name, WordDecoder decoder, ToIntFunction<String> fieldWidths) {
    this.name = name;
    this.decoder = decoder;
    this.fieldWidths = fieldWidths;
  }

  /// Adds an instruction from its definition (see [Instruction] and [Compressed]) and its operands,
  /// `field → meaning`.
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
    byLowByte.clear();
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
    int width = decoder.isShort(bits) ? Short.SIZE : Integer.SIZE;
    for (InstructionDefinition candidate :
        byLowByte.computeIfAbsent(bits & LOW_BYTE, this::candidates)) {
      Encoding encoding = candidate.encoding();
      if (encoding.width() == width && encoding.matches(bits)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /// The instructions that a word with this low byte may encode, the most specific ones first.
  private List<InstructionDefinition> candidates(int lowByte) {
    return instructions.values().stream()
        .filter(
            candidate ->
                ((lowByte ^ candidate.encoding().match()) & candidate.encoding().mask() & LOW_BYTE)
                    == 0)
        .sorted(Comparator.comparingInt(candidate -> -candidate.encoding().specificity()))
        .toList();
  }
}
