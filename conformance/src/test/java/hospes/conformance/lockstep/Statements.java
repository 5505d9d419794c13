package hospes.conformance.lockstep;

import hospes.engine.InstructionTable;
import java.util.SplittableRandom;

/// Writes functions of random statements.
///
/// Registers: sp, gp (the middle of the data pages) and tp (the table of functions) are set by the
/// dispatcher; s0 and s1 count loops; t6 points to what is accessed; the rest is for all.
final class Statements {
  private static final int MOST_DEPTH = 2;
  private static final String[] REMAPPED = {"variant", "two_pages_pointer", "crossing_pointer"};
  private static final int MOST_BRANCH = 4000;

  /// How often the inside of nested loops is reached: mostly, and now and then.
  private static final int ROUNDS = 200;

  private static final int HOT_ROUNDS = 20_000;

  /// How often a call in a loop is reached.
  private static final int MOST_CALLS = 5;
  private static final String[] COUNTERS = {"s0", "s1"};

  private final SplittableRandom random;
  private final StringBuilder text;
  private final SimpleStatements simple;
  private final OddStatements odd;
  private int labels;
  private int function;
  private int functions;
  private int rounds = 1;

  Statements(InstructionTable table, SplittableRandom random, StringBuilder text) {
    this.random = random;
    this.text = text;
    this.simple = new SimpleStatements(table, random, text);
    this.odd = new OddStatements(random, text);
  }

  /// Writes a function of some statements; it calls only those with higher numbers.
  void function(int number, int count, int statements) {
    function = number;
    functions = count;
    line("function%d:".formatted(number));
    line("addi sp, sp, -48");
    line("sd ra, 0(sp)");
    line("sd s0, 8(sp)");
    line("sd s1, 16(sp)");
    simple.refresh();
    for (int i = 0; i < statements; i++) {
      statement(0);
    }
    line("ld ra, 0(sp)");
    line("ld s0, 8(sp)");
    line("ld s1, 16(sp)");
    line("addi sp, sp, 48");
    line("ret");
  }

  private void line(String statement) {
    text.append(statement.endsWith(":") ? "" : "        ").append(statement).append('\n');
  }

  private String label() {
    return "label%d".formatted(labels++);
  }

  /// Whether a branch may not reach over what was written since.
  private boolean isFar(int begin) {
    int bytes = 0;
    for (String line : text.substring(begin).split("\n")) {
      bytes += line.contains(".balign") ? 8192 : line.contains("li ") ? 32 : 8;
    }
    return bytes > MOST_BRANCH;
  }

  private void body(int depth, int most) {
    for (int i = random.nextInt(1, most + 1); i > 0; i--) {
      statement(depth);
    }
  }

  private void statement(int depth) {
    int kind = random.nextInt(100);
    if (kind < 30) {
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        simple.computation();
      }
    } else if (kind < 55) {
      simple.access();
    } else if (kind < 70) {
      if (depth < MOST_DEPTH) {
        loop(depth);
      } else {
        simple.walk(Math.max(5, ROUNDS / rounds));
      }
    } else if (kind < 78) {
      branch(depth);
    } else if (kind < 82) {
      cases(depth);
    } else if (kind < 85) {
      call(depth);
    } else if (kind < 92) {
      simple.floating();
    } else if (kind < 97 || depth > 0) {
      odd.cheap();
    } else {
      odd.dear(label());
    }
  }

  private void loop(int depth) {
    String counter = COUNTERS[depth];
    String start = label();
    int outer = rounds;
    int most = random.nextInt(30) == 0 ? HOT_ROUNDS : ROUNDS;
    int count = random.nextInt(1, Math.max(3, most / outer));
    rounds *= count;
    line("li %s, %d".formatted(counter, count));
    if (random.nextInt(8) == 0) {
      odd.straddle(label());
    }
    int begin = text.length();
    line(start + ":");
    body(depth + 1, depth == 0 ? 6 : 4);
    if (random.nextInt(8) == 0) {
      odd.straddle(label());
    }
    rounds = outer;
    line("addi %1$s, %1$s, -1".formatted(counter));
    if (isFar(begin) || random.nextInt(3) == 0) {
      // The way back is not the branch itself.
      String out = label();
      line("blez %s, %s".formatted(counter, out));
      line("j " + start);
      line(out + ":");
    } else {
      line("%s %s, %s".formatted(random.nextBoolean() ? "bgtz" : "bnez", counter, start));
    }
  }

  private void branch(int depth) {
    String other = label();
    String condition = simple.condition();
    int begin = text.length();
    body(depth, 3);
    String taken = label();
    text.insert(
        begin,
        isFar(begin)
            ? "        %s %s\n        j %s\n%s:\n".formatted(condition, taken, other, taken)
            : "        %s %s\n".formatted(condition, other));
    if (random.nextBoolean()) {
      String end = label();
      line("j " + end);
      line(other + ":");
      body(depth, 3);
      line(end + ":");
    } else {
      line(other + ":");
    }
  }

  /// A jump to one of four places by a table of jumps.
  private void cases(int depth) {
    String table = label();
    String end = label();
    line("andi t5, %s, 3".formatted(simple.register()));
    line("slli t5, t5, 2");
    line("la t4, " + table);
    line("add t5, t5, t4");
    line("jr t5");
    line(table + ":");
    String[] entries = {label(), label(), label(), label()};
    for (String entry : entries) {
      line("j " + entry);
    }
    for (String entry : entries) {
      line(entry + ":");
      body(Math.max(depth, 1), 2);
      line("j " + end);
    }
    line(end + ":");
  }

  private void call(int depth) {
    if (function + 1 >= functions || rounds > MOST_CALLS) {
      simple.computation();
      return;
    }
    int callee = random.nextInt(function + 1, functions);
    switch (random.nextInt(3)) {
      case 0 -> {
        line("lw t5, %d(tp)".formatted(4 * callee));
        line("add t5, t5, tp");
        line("jalr t5");
      }
      case 1 -> {
        line("ld t5, " + REMAPPED[random.nextInt(REMAPPED.length)]);
        line("jalr t5");
      }
      default -> line("call function%d".formatted(callee));
    }
  }
}
