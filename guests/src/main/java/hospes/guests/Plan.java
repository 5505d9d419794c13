package hospes.guests;

import hospes.machine.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A machine as its user describes it: which kind, and what was said of it by the names of options.
/// Kept with a snapshot, because a reset starts from it again.
public final class Plan {
  private final MachineKind kind;
  private final Map<String, List<Value>> values;
  private final Optional<Payload.Size> screen;

  private Plan(MachineKind kind, Map<String, List<Value>> values, Optional<Payload.Size> screen) {
    this.kind = kind;
    this.values = values;
    this.screen = screen;
  }

  /// A machine of which nothing is said yet.
  public static Plan of(MachineKind kind) {
    return new Plan(kind, Map.of(), Optional.empty());
  }

  /// The same with a value for an option, instead of what it had.
  public Plan with(String option, Value value) {
    return with(option, List.of(value));
  }

  /// The same with values for an option, instead of what it had.
  public Plan with(String option, List<Value> newValues) {
    Map<String, List<Value>> changed = new LinkedHashMap<>(values);
    changed.put(option, List.copyOf(newValues));
    return new Plan(kind, changed, screen);
  }

  /// The same with one more value for an option that takes several.
  public Plan adding(String option, Value value) {
    List<Value> more = new ArrayList<>(all(option));
    more.add(value);
    return with(option, more);
  }

  /// The same with values for options, instead of what those had.
  public Plan withAll(Map<String, List<Value>> more) {
    Plan changed = this;
    for (Map.Entry<String, List<Value>> one : more.entrySet()) {
      changed = changed.with(one.getKey(), one.getValue());
    }
    return changed;
  }

  /// The same before a terminal of this size.
  public Plan before(Payload.Size terminal) {
    return new Plan(kind, values, Optional.of(terminal));
  }

  /// The kind of machine.
  public MachineKind kind() {
    return kind;
  }

  /// All that was said, by the names of options.
  public Map<String, List<Value>> values() {
    return values;
  }

  /// The size of the terminal that the user sits at; empty where the console is lines of text that
  /// go to a file, a pipe or a program.
  public Optional<Payload.Size> screen() {
    return screen;
  }

  /// Whether anything was said by an option.
  public boolean has(String option) {
    return values.containsKey(option);
  }

  /// Everything that was said by an option.
  public List<Value> all(String option) {
    return values.getOrDefault(option, List.of());
  }

  /// What was said by an option.
  public Optional<Value> value(String option) {
    List<Value> said = all(option);
    return said.isEmpty() ? Optional.empty() : Optional.of(said.getLast());
  }

  /// The text of an option; what its specification says otherwise, or nothing, where none was
  /// given.
  public String text(String option) {
    return value(option)
        .map(value -> value instanceof Value.Text(String text) ? text : "")
        .or(() -> spec(option).fallback())
        .orElse("");
  }

  /// The number or size of an option.
  ///
  /// @param otherwise where none was given
  public long number(String option, long otherwise) {
    return value(option)
        .map(value -> value instanceof Value.Number(long number) ? number : otherwise)
        .orElse(otherwise);
  }

  /// The file of an option.
  public Optional<Value.File> file(String option) {
    return value(option)
        .flatMap(value -> value instanceof Value.File file ? Optional.of(file) : Optional.empty());
  }

  /// The option of a name.
  ///
  /// @throws IllegalArgumentException where the kind has none such
  public OptionSpec spec(String option) {
    return kind.options().stream()
        .filter(spec -> spec.name().equals(option))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("%s has no %s".formatted(kind.name(), option)));
  }
}
