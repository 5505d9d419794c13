package hospes.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All instructions of an architecture that lists operands: what its decoder and disassembler work
/// from. Generated code fills it.
public final class ListedTable {
  /// An instruction of the table.
  ///
  /// @param operation the number by which interpreters know it
  /// @param extension where it belongs
  /// @param instruction text and encoding
  /// @param names whether the first operand is the number of what it names, rather than a value
  public record Entry(
      int operation, String extension, ListedInstruction instruction, Names names) {}

  /// What an instruction's first operand is.
  public enum Names {
    /// A value.
    NOTHING,
    /// The number of what it names: a constant leads to that, anything else has to be read first.
    FIRST
  }

  private record Key(String form, int number) {}

  private final String name;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Key, List<Entry>> byEncoding = new HashMap<>();
  private final Map<Integer, Entry> byOperation = new HashMap<>();

  /// An empty table of the architecture `name`.
  public ListedTable(String name) {
    this.name = name;
  }

  /// Adds an instruction from its definition (see [Instruction]).
  public void add(int operation, String extension, String definition, Names names) {
    ListedInstruction instruction = ListedInstruction.parse(definition);
    Entry entry = new Entry(operation, extension, instruction, names);
    List<Entry> alike =
        byEncoding.computeIfAbsent(
            new Key(instruction.form(), instruction.number()), key -> new ArrayList<>());
    alike.add(entry);
    entries.add(entry);
    byOperation.put(operation, entry);
  }

  /// The architecture's name.
  public String name() {
    return name;
  }

  /// All instructions, in the order of the manual.
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /// The instruction of a form and number in a version of the architecture.
  public Optional<Entry> find(String form, int number, int version) {
    return byEncoding.getOrDefault(new Key(form, number), List.of()).stream()
        .filter(entry -> entry.instruction().isIn(version))
        .findFirst();
  }

  /// The instruction that interpreters know by a number.
  public Entry get(int operation) {
    Entry entry = byOperation.get(operation);
    if (entry == null) {
      throw new DefinitionException("%s has no operation %d".formatted(name, operation));
    }
    return entry;
  }
}
