package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir private Path folder;

  private Shell.Result run(String commandLine) {
    return new Shell(folder).run(commandLine.isEmpty() ? new String[0] : commandLine.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "--version",
        "run --help",
        "pull -h",
        "images --help",
        "rmi --help",
        "doctor --help",
        "disassemble --help",
        "ps --help",
        "attach --help",
        "logs --help",
        "pause --help",
        "resume --help",
        "stop --help",
        "kill --help",
        "fork --help",
        "snapshot --help",
        "restore --help",
        "stats --help",
        "inspect --help",
        "info --help",
        "rm --help",
        "update --help",
        "wait --help",
        "events --help",
        "man --help",
        "completion bash"
      })
  void askingForHelpSucceedsAndGoesToStandardOutput(String commandLine) {
    Shell.Result result = run(commandLine);
    assertEquals(ExitCode.SUCCESS, result.exitCode());
    assertFalse(result.out().isBlank());
    assertEquals("", result.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ""                                      | which command
          rnu                                     | there is no command 'rnu'
          --bogus                                 | Unknown option
          run                                     | what to run
          run --bogus x                           | Unknown option: '--bogus'
          run a b                                 | Unmatched argument
          run hello --kernel pom.xml              | GUEST and --kernel both say what to run; give one of them
          run x --harts 0                         | --harts 0: it takes a whole number, 1 to 8
          run x --harts 9                         | --harts 9: it takes a whole number, 1 to 8
          run x --harts two                       | --harts two: it takes a whole number, 1 to 8
          run hello --pages 2                     | --pages is for a toy machine; this is an emulated RISC-V computer
          run x --pages 17                        | it takes a whole number, 1 to 16
          run x --memory 0                        | above zero
          run x --memory 1X                       | not a size
          run x --memory 1000                     | multiple of 4K
          run x --memory 99999999999T             | too large
          run x --drive disk,readwrite            | the words are readonly, snapshot
          run x --drive ,readonly                 | names no file
          run x --drive disk,snapshot,readonly    | both readonly and snapshot
          run x --drive disk,format=vmdk          | means nothing
          run x --clock sun                       | expected one of
          run x --engine qemu                     | expected one of
          run x --engine-debug=print              | is none of calls, dump and dump:FOLDER
          run x --engine-debug=dump:              | is none of calls, dump and dump:FOLDER
          run x --engine interpreter --engine-debug=calls | leave it out
          run x --engine interpreter --trace-regions f    | leave it out
          run x --timeout soon                    | not a time
          run x --timeout 0s                      | no time at all
          run x --cpu-limit 0%                    | is not a part of a processor
          run x --cpu-limit half                  | is not a part of a processor
          run x --cpu-weight 0                    | a weight is 1 to 10000
          run x --cpus 0                          | a host has 1 to 4096 threads
          attach                                  | Missing required parameter
          snapshot w                              | Missing required parameter
          run x --max-instructions 0              | must be 1 or more
          run x --max-instructions -5             | must be 1 or more
          pull                                    | Missing required parameter
          disassemble                             | Missing required parameter
          completion ksh                          | expected one of
          """)
  void aWrongCommandLineIsExplainedOnStandardErrorAndExitsWith2(
      String commandLine, String explanation) {
    Shell.Result result = run(commandLine);
    assertEquals(ExitCode.USAGE, result.exitCode(), result.err());
    assertTrue(result.err().startsWith("hospes: "), result.err());
    assertTrue(result.err().contains(explanation), result.err());
    assertEquals("", result.out());
  }

  @Test
  void theHelpNamesEveryCommandAndTheCompletionKnowsTheOptions() {
    String help = run("--help").out();
    String completion = run("completion bash").out();
    for (String command :
        new String[] {
          "run",
          "ps",
          "attach",
          "logs",
          "pause",
          "resume",
          "stop",
          "kill",
          "fork",
          "snapshot",
          "restore",
          "stats",
          "inspect",
          "rm",
          "update",
          "wait",
          "events",
          "man",
          "pull",
          "images",
          "rmi",
          "doctor",
          "disassemble",
          "completion"
        }) {
      assertTrue(help.contains("\n  " + command + " "), command);
      assertTrue(completion.contains(command), command);
    }
    for (String option : new String[] {"--max-instructions", "--engine-debug", "--trace-regions"}) {
      assertTrue(completion.contains(option), option);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "64K, 65536",
    "512M, 536870912",
    "512m, 536870912",
    "1G, 1073741824",
    "1GiB, 1073741824",
    "2T, 2199023255552"
  })
  void sizesOfMemoryAreBinary(String text, long bytes) {
    assertEquals(bytes, new MemorySize().convert(text));
  }

  @ParameterizedTest
  @CsvSource({"120s, 120000", "500ms, 500", "2m, 120000", "1h, 3600000", "5, 5000"})
  void timesHaveUnitsAndSecondsByDefault(String text, long milliseconds) {
    assertEquals(milliseconds, new TimeSpan().convert(text).toMillis());
  }
}
