package hospes.conformance.tiers;

import hospes.engine.AssemblySource;
import hospes.riscv.RiscvAssembler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A program from `src/test/guest/adversarial`.
///
/// @param name the file's name without its ending
/// @param expected what it must print, by the lines "#= ..." in its text
/// @param harts how many harts it is for: "#harts N"
/// @param elf the program
public record GuestText(String name, String expected, int harts, byte[] elf) {
  private static final Path FOLDER = Path.of("src", "test", "guest", "adversarial");
  private static final long BASE = 0x8000_0000L;
  private static final String SOURCE = ".s";
  private static final String HARTS = "#harts ";

  /// All programs that say what they print, by name.
  static List<GuestText> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SOURCE))
          .map(name -> name.substring(0, name.length() - SOURCE.length()))
          .sorted()
          .map(GuestText::read)
          .filter(program -> !program.expected.isEmpty())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// One program.
  public static GuestText read(String name) {
    String text = content(name + SOURCE);
    List<AssemblySource> sources = new ArrayList<>();
    for (String part : List.of("runtime.inc", "paging.inc")) {
      sources.add(new AssemblySource(part, content(part)));
    }
    sources.add(new AssemblySource(name + SOURCE, text));
    return new GuestText(
        name,
        marked(text, "#= ").map(line -> line + "\n").collect(Collectors.joining()),
        marked(text, HARTS).findFirst().map(Integer::valueOf).orElse(1),
        RiscvAssembler.toElf(RiscvAssembler.assemble(BASE, sources)));
  }

  private static Stream<String> marked(String text, String mark) {
    return text.lines().filter(line -> line.startsWith(mark)).map(l -> l.substring(mark.length()));
  }

  private static String content(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
