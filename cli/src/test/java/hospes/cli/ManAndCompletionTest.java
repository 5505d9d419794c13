package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is generated for other programs is taken by them without a word.
@Timeout(120)
class ManAndCompletionTest {
  @TempDir private Path folder;

  private String run(String... arguments) {
    Shell.Result result = new Shell(folder).run(arguments);
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    return result.out();
  }

  /// Runs a program of the system, and returns what it says.
  private String said(String... command) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int exitCode = process.waitFor();
    String text = Files.readString(said);
    assertEquals(0, exitCode, text);
    return text;
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"bash, -n", "zsh, -n", "fish, --no-execute"})
  void theShellTakesItsScript(String shell, String check) throws Exception {
    Path script = file("completion", run("completion", shell));
    assertEquals("", said(shell, check, script.toString()));
  }

  @Test
  void bashAndZshCompleteCommandsAndOptions() throws Exception {
    Path script = file("completion", run("completion", "bash"));
    String ask =
        "source %s; COMP_WORDS=(hospes st); COMP_CWORD=1; COMP_LINE='hospes st'; COMP_POINT=9;"
                .formatted(script)
            + " _complete_hospes hospes st hospes; echo ${COMPREPLY[@]}";
    assertEquals("stop stats", said("bash", "-c", ask).strip());
    Path zsh = file("completion.zsh", run("completion", "zsh"));
    String ours =
        "autoload -U compinit; compinit -D -u; source %s; echo $_comps[hospes]".formatted(zsh);
    String completes = said("zsh", "-f", "-c", ours);
    assertTrue(completes.contains("-F _complete_hospes"), completes);
  }

  @Test
  void fishCompletesCommandsOptionsAndValues() throws Exception {
    Path script = file("hospes.fish", run("completion", "fish"));
    String ask = "source %s; complete -C '%s'";
    String commands = said("fish", "-N", "-c", ask.formatted(script, "hospes st"));
    assertTrue(commands.contains("stats\tShows what the guests use"), commands);
    assertTrue(commands.contains("stop\t"), commands);
    String options = said("fish", "-N", "-c", ask.formatted(script, "hospes run --cpu-"));
    assertTrue(options.contains("--cpu-weight\t"), options);
    assertEquals(
        List.of("host", "virtual"),
        said("fish", "-N", "-c", ask.formatted(script, "hospes run --clock "))
            .lines()
            .map(line -> line.split("\t")[0])
            .toList());
    assertFalse(said("fish", "-N", "-c", ask.formatted(script, "hospes ps --")).contains("clock"));
  }

  @Test
  void everyCommandHasAPageThatManTakes() throws Exception {
    Path pages = folder.resolve("man").resolve("man1");
    run("man", "--output", pages.toString());
    List<Path> all;
    try (Stream<Path> files = Files.list(pages)) {
      all = files.sorted().toList();
    }
    List<String> commands = new ArrayList<>(List.of("hospes.1"));
    Stream.of(
            run("--help")
                .replaceFirst("(?s).*Commands:\\R", "")
                .replaceFirst("(?s)\\R\\R.*", "")
                .split("\\R"))
        .filter(line -> line.startsWith("  ") && !line.startsWith("   "))
        .forEach(line -> commands.add("hospes-" + line.strip().split(" ")[0] + ".1"));
    assertTrue(commands.size() > 20, commands.toString());
    assertEquals(
        commands.stream().sorted().toList(),
        all.stream().map(page -> String.valueOf(page.getFileName())).toList());
    for (Path page : all) {
      assertEquals("", said("mandoc", "-T", "lint", "-W", "error", page.toString()));
      assertEquals(
          Files.readString(page),
          run(
              page.endsWith("hospes.1")
                  ? new String[] {"man"}
                  : new String[] {
                    "man", page.getFileName().toString().replaceAll("hospes-|\\.1", "")
                  }));
    }
  }

  @Test
  void aPageSaysWhatHelpSays() throws Exception {
    Path page = file("hospes-run.1", run("man", "run"));
    String text = said("mandoc", "-T", "ascii", "-O", "width=100", page.toString());
    String plain = text.replaceAll(".\b", "").replaceAll("\\s+", " ");
    assertTrue(
        plain.contains("hospes-run - Runs a guest, with its console in this terminal"), plain);
    assertTrue(plain.contains("--cpu-limit PERCENT Most that the guest gets"), plain);
    assertTrue(plain.contains("such as 50%."), plain);
    assertTrue(plain.contains("(default: 1G)"), plain);
    assertFalse(plain.contains("--detached "), plain);
    assertFalse(plain.contains("${DEFAULT"), plain);
    Shell.Result none = new Shell(folder).run("man", "nothing");
    assertEquals(ExitCode.USAGE, none.exitCode());
    assertTrue(none.err().contains("there is no command 'nothing'"), none.err());
  }
}
