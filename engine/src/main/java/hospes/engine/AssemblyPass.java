package hospes.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// Goes once through all statements.
///
/// Names that are defined further down, and where sections begin, are known from the pass before. A
/// draft takes unknown names for 0, leaves instruction words blank and passes over errors, which
/// the final pass will meet again if they are real.
final class AssemblyPass {
  /// What a pass is for.
  enum Rigour {
    /// To find out where everything stands.
    DRAFT,
    /// To get the bytes and the errors.
    FINAL
  }

  private static final int MAX_EXPANSION = 8;

  private final InstructionForms forms;
  private final AssemblyDialect dialect;
  private final Rigour rigour;
  private final AssemblySymbols symbols;
  private final Map<String, Long> addresses;
  private final Map<Long, Long> notes = new HashMap<>();
  private final SequencedMap<String, SectionContent> sections = new LinkedHashMap<>();
  private final DataDirectives directives = new DataDirectives(this);
  private final long base;
  private SectionContent section;
  private Position here = new Position(0);

  /// The first pass over a program that is to stand at `base`.
  static AssemblyPass first(InstructionForms forms, AssemblyDialect dialect, long base) {
    return new AssemblyPass(forms, dialect, Rigour.DRAFT, AssemblySymbols.first(), Map.of(), base);
  }

  private AssemblyPass(
      InstructionForms forms,
      AssemblyDialect dialect,
      Rigour rigour,
      AssemblySymbols symbols,
      Map<String, Long> addresses,
      long base) {
    this.forms = forms;
    this.dialect = dialect;
    this.rigour = rigour;
    this.symbols = symbols;
    this.addresses = addresses;
    this.base = base;
    this.section = new SectionContent(".text", addresses.getOrDefault(".text", base));
    sections.put(section.name(), section);
  }

  /// The pass after this one.
  AssemblyPass next(Rigour nextRigour) {
    return new AssemblyPass(forms, dialect, nextRigour, symbols.next(), sectionAddresses(), base);
  }

  boolean isSettled() {
    return symbols.isSettled() && sectionAddresses().equals(addresses);
  }

  /// Where the sections begin, by the sizes that this pass found: one behind the other, those
  /// without content last.
  private Map<String, Long> sectionAddresses() {
    Map<String, Long> result = new HashMap<>();
    long address = base;
    for (boolean blank : new boolean[] {false, true}) {
      for (SectionContent content : sections.values()) {
        if (content.isBlank() == blank) {
          address = aligned(address, content.alignment());
          result.put(content.name(), address);
          address += content.size();
        }
      }
    }
    return result;
  }

  private static long aligned(long address, long alignment) {
    return address + alignment - 1 & -alignment;
  }

  void run(List<Statement> statements) {
    for (Statement statement : statements) {
      try {
        run(statement);
      } catch (IllegalArgumentException problem) {
        if (rigour == Rigour.FINAL) {
          throw statement.problem(String.valueOf(problem.getMessage()));
        }
      }
    }
    if (rigour == Rigour.FINAL && !symbols.undefinedGlobals().isEmpty()) {
      throw statements
          .getLast()
          .problem(
              "never defined, though declared .globl: "
                  + String.join(", ", symbols.undefinedGlobals()));
    }
  }

  private void run(Statement statement) {
    here = new Position(section.here());
    for (String label : statement.labels()) {
      symbols.label(label, here.address());
    }
    String operation = statement.operation();
    if (operation.startsWith(".")) {
      if (!directives.run(operation, statement.operands())
          && !dialect.passesOver(operation, statement.operands())) {
        throw new IllegalArgumentException("unknown directive '%s'".formatted(operation));
      }
    } else if (!operation.isEmpty()) {
      instruction(operation, statement.operands(), 0);
    }
  }

  private void instruction(String mnemonic, String operands, int depth) {
    if (section.isBlank()) {
      throw new IllegalArgumentException(
          "%s holds no instructions; expected .text before them".formatted(section.name()));
    }
    here = new Position(section.here());
    Optional<List<String>> expansion =
        depth == MAX_EXPANSION
            ? Optional.empty()
            : dialect.expand(mnemonic, Statement.split(operands), here);
    if (expansion.isPresent()) {
      for (String text : expansion.get()) {
        String[] halves = text.split(" +", 2);
        instruction(halves[0], halves.length == 2 ? halves[1] : "", depth + 1);
      }
      return;
    }
    section.append(word(mnemonic, operands));
  }

  private byte[] word(String mnemonic, String operands) {
    if (rigour == Rigour.DRAFT) {
      return new byte[forms.length(mnemonic, operands)];
    }
    InstructionForms.Word word = forms.encode(mnemonic, operands, here.address(), here::evaluate);
    byte[] bytes = new byte[word.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (word.bits() >>> i * Byte.SIZE);
    }
    return bytes;
  }

  /// The section that statements go to.
  SectionContent section() {
    return section;
  }

  AssemblySymbols symbols() {
    return symbols;
  }

  AssemblyDialect dialect() {
    return dialect;
  }

  /// From now on statements go to this section.
  void select(String name) {
    section =
        sections.computeIfAbsent(
            name, key -> new SectionContent(key, addresses.getOrDefault(key, base)));
  }

  long evaluate(String expression) {
    return here.evaluate(expression);
  }

  Assembly finish() {
    List<Assembly.Section> finished =
        sections.values().stream()
            .filter(content -> content.size() > 0)
            .map(SectionContent::finish)
            .sorted((a, b) -> Long.compareUnsigned(a.address(), b.address()))
            .toList();
    return new Assembly(base, finished, symbols.finish());
  }

  /// A place in the program, and what expressions there mean.
  private final class Position implements AssemblyDialect.Place, ExpressionReader.Names {
    private final long address;

    Position(long address) {
      this.address = address;
    }

    @Override
    public long address() {
      return address;
    }

    @Override
    public long evaluate(String expression) {
      return ExpressionReader.evaluate(expression, this);
    }

    @Override
    public void note(long number) {
      notes.put(address, number);
    }

    @Override
    public OptionalLong noted(long where) {
      Long number = notes.get(where);
      return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    @Override
    public long symbol(String name) {
      if (name.equals(".")) {
        return address;
      }
      OptionalLong value = symbols.find(name);
      if (value.isPresent()) {
        return value.getAsLong();
      }
      if (rigour == Rigour.FINAL) {
        throw new IllegalArgumentException(
            "'%s' is not defined; expected a number or a symbol".formatted(name));
      }
      return 0;
    }

    @Override
    public long modified(String name, long number) {
      return dialect.modify(name, number, this);
    }
  }
}
