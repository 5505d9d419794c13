package hospes.engine;

import hospes.engine.Assembly.Meaning;
import hospes.engine.Assembly.Visibility;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/// The names of one pass, and those of the pass before, which say where what comes later stands.
final class AssemblySymbols {
  private record Value(long number, Meaning meaning) {}

  private final Map<String, Value> before;
  private final SequencedMap<String, Value> now = new LinkedHashMap<>();
  private final Map<String, Integer> localCounts = new HashMap<>();
  private final Set<String> globals = new HashSet<>();

  /// The names of a pass that follows on `before`.
  private AssemblySymbols(Map<String, Value> before) {
    this.before = Map.copyOf(before);
  }

  static AssemblySymbols first() {
    return new AssemblySymbols(Map.of());
  }

  AssemblySymbols next() {
    return new AssemblySymbols(now);
  }

  /// Whether this pass gave every name the value that it had before.
  boolean isSettled() {
    return now.equals(before);
  }

  void label(String name, long address) {
    if (Character.isDigit(name.charAt(0))) {
      int count = localCounts.merge(name, 1, Integer::sum);
      now.put(local(name, count), new Value(address, Meaning.LABEL));
    } else if (now.putIfAbsent(name, new Value(address, Meaning.LABEL)) != null) {
      throw new IllegalArgumentException("'%s' is defined twice".formatted(name));
    }
  }

  void constant(String name, long number) {
    Value old = now.put(name, new Value(number, Meaning.CONSTANT));
    if (old != null && old.meaning() == Meaning.LABEL) {
      throw new IllegalArgumentException("'%s' is already a label".formatted(name));
    }
  }

  void global(String name) {
    globals.add(name);
  }

  /// The value of a name: what this pass gave it, else what the pass before did.
  OptionalLong find(String name) {
    if (name.matches("[0-9]+[bf]")) {
      String digits = name.substring(0, name.length() - 1);
      int count = localCounts.getOrDefault(digits, 0);
      return lookUp(local(digits, name.endsWith("b") ? count : count + 1));
    }
    return lookUp(name);
  }

  private OptionalLong lookUp(String name) {
    Value value = now.get(name);
    if (value == null) {
      value = before.get(name);
    }
    return value == null ? OptionalLong.empty() : OptionalLong.of(value.number());
  }

  /// Names that were declared global but never defined.
  List<String> undefinedGlobals() {
    return globals.stream().filter(name -> !now.containsKey(name)).sorted().toList();
  }

  List<Assembly.Symbol> finish() {
    List<Assembly.Symbol> symbols = new ArrayList<>();
    now.forEach(
        (name, value) -> {
          if (!Character.isDigit(name.charAt(0))) {
            symbols.add(
                new Assembly.Symbol(
                    name,
                    value.number(),
                    value.meaning(),
                    globals.contains(name) ? Visibility.GLOBAL : Visibility.LOCAL));
          }
        });
    return symbols;
  }

  private static String local(String digits, int count) {
    return digits + "@" + count;
  }
}
