package hospes.engine;

import hospes.engine.InstructionDefinition.Operand;
import hospes.engine.OperandKind.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// Finds the instruction word of a written instruction, by all syntaxes of the table and the
/// dialect.
final class InstructionForms {
  /// One way to write an instruction; without a rewrite it is the instruction's own.
  private record WrittenForm(
      Syntax syntax, InstructionDefinition target, Optional<Rewrite> rewrite) {
    /// The field of the target that an operand of the syntax is; empty for a word to be written as
    /// it stands.
    Optional<String> field(String operand) {
      if (rewrite.isEmpty()) {
        return target.operands().containsKey(operand) ? Optional.of(operand) : Optional.empty();
      }
      return rewrite.get().values().entrySet().stream()
          .filter(entry -> entry.getValue().equals(new Rewrite.Same(operand)))
          .map(Map.Entry::getKey)
          .findFirst();
    }

    int length() {
      return target.encoding().width() / Byte.SIZE;
    }
  }

  /// An instruction word.
  ///
  /// @param length bytes of it
  record Word(int bits, int length) {}

  private final Map<String, List<WrittenForm>> byMnemonic = new HashMap<>();
  private final List<WrittenForm> withSuffix = new ArrayList<>();

  InstructionForms(InstructionTable table, AssemblyDialect dialect) {
    for (InstructionDefinition instruction : table.instructions()) {
      add(new WrittenForm(instruction.syntax(), instruction, Optional.empty()));
    }
    for (InstructionTable.AliasDefinition alias : table.aliases()) {
      InstructionDefinition target = table.get(alias.rewrite().target());
      if (target.expansion().isEmpty() || !byMnemonic.containsKey(alias.syntax().mnemonic())) {
        // A short encoding is used only where its own name says so.
        add(new WrittenForm(alias.syntax(), target, Optional.of(alias.rewrite())));
      }
    }
    for (String alias : dialect.aliases()) {
      String[] halves = alias.split(" = ", 2);
      Syntax syntax = Syntax.parse(halves[0]);
      InstructionDefinition target = table.get(halves[1].trim().split("\\s+", 2)[0]);
      Rewrite rewrite = Rewrite.parse(halves[1], target.syntax(), syntax.operands());
      add(new WrittenForm(syntax, target, Optional.of(rewrite)));
    }
  }

  private void add(WrittenForm form) {
    if (form.syntax().suffix().isPresent()) {
      withSuffix.add(form);
    } else {
      byMnemonic.computeIfAbsent(form.syntax().mnemonic(), mnemonic -> new ArrayList<>()).add(form);
    }
  }

  private List<WrittenForm> candidates(String mnemonic) {
    List<WrittenForm> forms = new ArrayList<>(byMnemonic.getOrDefault(mnemonic, List.of()));
    for (WrittenForm form : withSuffix) {
      if (mnemonic.startsWith(form.syntax().mnemonic()) && suffixFits(form, mnemonic)) {
        forms.add(form);
      }
    }
    return forms;
  }

  private static boolean suffixFits(WrittenForm form, String mnemonic) {
    String suffix = mnemonic.substring(form.syntax().mnemonic().length());
    return form.syntax()
        .suffix()
        .flatMap(form::field)
        .map(field -> form.target().operand(field).text().parse(suffix).isPresent())
        .orElse(false);
  }

  /// The instruction word of a written instruction.
  ///
  /// @param address where it stands
  /// @param expression computes an operand's expression
  /// @throws IllegalArgumentException where there is no such instruction, with a message for the
  ///     author
  Word encode(String mnemonic, String operands, long address, ToLongFunction<String> expression) {
    Match match = match(mnemonic, operands);
    return word(match.form(), match.written(), address, expression);
  }

  /// The bytes that a written instruction takes.
  ///
  /// @throws IllegalArgumentException where there is no such instruction, with a message for the
  ///     author
  int length(String mnemonic, String operands) {
    return match(mnemonic, operands).form().length();
  }

  private record Match(WrittenForm form, SequencedMap<String, String> written) {}

  private Match match(String mnemonic, String operands) {
    List<WrittenForm> candidates = candidates(mnemonic);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(unknown(mnemonic));
    }
    for (WrittenForm form : candidates) {
      Optional<SequencedMap<String, String>> written = form.syntax().match(mnemonic, operands);
      if (written.isPresent() && fits(form, written.get())) {
        return new Match(form, written.get());
      }
    }
    throw new IllegalArgumentException(
        "'%s' does not fit; expected %s"
            .formatted(
                (mnemonic + " " + operands).trim(),
                candidates.stream()
                    .map(form -> "'" + text(form.syntax()) + "'")
                    .distinct()
                    .collect(Collectors.joining(" or "))));
  }

  private static String text(Syntax syntax) {
    return syntax
        .format(
            field -> syntax.suffix().filter(field::equals).isPresent() ? "{" + field + "}" : field)
        .replace('\t', ' ')
        .replace(",", ", ");
  }

  /// Whether registers stand where registers belong, and fixed words where they belong.
  private static boolean fits(WrittenForm form, SequencedMap<String, String> written) {
    return written.entrySet().stream()
        .allMatch(
            entry -> {
              Optional<String> field = form.field(entry.getKey());
              if (field.isEmpty()) {
                return entry.getKey().equals(entry.getValue());
              }
              Operand operand = form.target().operand(field.get());
              return operand.form() == Form.REGISTER
                  ? operand.text().parse(entry.getValue()).isPresent()
                  : Statement.split(entry.getValue()).size() <= 1;
            });
  }

  private static Word word(
      WrittenForm form,
      SequencedMap<String, String> written,
      long address,
      ToLongFunction<String> expression) {
    SequencedMap<String, Long> own = new LinkedHashMap<>();
    written.forEach(
        (name, text) ->
            form.field(name)
                .ifPresent(
                    field ->
                        own.put(
                            name, value(form.target().operand(field), text, address, expression))));
    SequencedMap<String, Long> values =
        form.rewrite().map(rewrite -> InstructionDefinition.rewrite(rewrite, own)).orElse(own);
    return new Word(form.target().encode(values), form.length());
  }

  private static long value(
      Operand operand, String text, long address, ToLongFunction<String> expression) {
    OptionalLong named = operand.text().parse(text);
    if (named.isPresent()) {
      return named.getAsLong();
    }
    long number = expression.applyAsLong(text);
    return operand.form() == Form.RELATIVE ? number - address : operand.text().number(number);
  }

  private String unknown(String mnemonic) {
    return byMnemonic.keySet().stream()
        .filter(known -> differsByOne(known, mnemonic))
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(known -> known))
        .findFirst()
        .map(known -> "unknown instruction '%s'; did you mean '%s'?".formatted(mnemonic, known))
        .orElseGet(() -> "unknown instruction '%s'".formatted(mnemonic));
  }

  /// Whether one letter was added, left out or replaced.
  private static boolean differsByOne(String a, String b) {
    if (a.length() > b.length()) {
      return differsByOne(b, a);
    }
    if (b.length() - a.length() > 1) {
      return false;
    }
    int same = 0;
    while (same < a.length() && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    int skip = a.length() == b.length() ? 1 : 0;
    return a.substring(Math.min(a.length(), same + skip)).equals(b.substring(same + 1));
  }
}
