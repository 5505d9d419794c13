package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class CommandsTest {
  @TempDir private Path folder;

  @Test
  void withoutImagesTheListSaysHowToGetThem() {
    Shell.Result result = new Shell(folder).run("images");
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.err());
    assertTrue(result.out().contains("hospes pull debian"), result.out());
  }

  /// What the program makes for one command is as if it had made all.
  @Test
  void aCommandIsTheSameAloneAndAmongAll() {
    CommandContext context =
        new CommandContext(
            InputStream.nullInputStream(), OutputStream.nullOutputStream(), Map.of());
    CommandLine all = Hospes.commandLine(context);
    assertEquals(26, all.getSubcommands().size());
    all.getSubcommands()
        .forEach(
            (name, command) -> {
              CommandLine alone =
                  Objects.requireNonNull(
                      Hospes.commandLine(context, new String[] {name}).getSubcommands().get(name));
              String usage = alone.getUsageMessage();
              assertEquals(command.getUsageMessage(), usage);
              assertTrue(usage.startsWith("Usage: hospes " + name), usage);
            });
  }

  /// What `hospes run debian` does without looking at the options is what they say by default.
  @Test
  void aPlainRunHasTheOptionsDefaults() throws Exception {
    CommandContext context =
        new CommandContext(
            InputStream.nullInputStream(), OutputStream.nullOutputStream(), Map.of());
    RunCommand parsed = new RunCommand(context);
    new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs("debian");
    RunCommand plain = RunCommand.plain("debian", context);
    int compared = 0;
    for (Field field : RunCommand.class.getDeclaredFields()) {
      if (field.isAnnotationPresent(Option.class) || field.isAnnotationPresent(Parameters.class)) {
        field.setAccessible(true);
        assertEquals(field.get(parsed), field.get(plain), field.getName());
        compared++;
      }
    }
    assertTrue(compared > 15, "options: " + compared);
  }

  @Test
  void imagesThatAreUnknownOrNotHereAreErrorsAndNotUsage() {
    Shell.Result pull = new Shell(folder).run("pull", "debain");
    assertEquals(ExitCode.FAILURE, pull.exitCode());
    assertTrue(pull.err().contains("no image \"debain\""), pull.err());
    Shell.Result remove = new Shell(folder).run("rmi", "debian");
    assertEquals(ExitCode.FAILURE, remove.exitCode());
    assertTrue(remove.err().contains("hospes images"), remove.err());
  }

  @Test
  void theDoctorLooksAtWhatGuestsNeed() {
    Shell.Result result = new Shell(folder).run("doctor");
    assertEquals(ExitCode.SUCCESS, result.exitCode(), result.out());
    for (String what :
        new String[] {"Java", "processors", "memory", "/dev/kvm", "keyring", "mirror", "cache"}) {
      assertTrue(result.out().contains(" " + what), what + " in " + result.out());
    }
  }

  @Test
  void theDoctorFailsWhereTheCacheCannotBeWritten() {
    Shell.Result result = new Shell(folder).setting("XDG_CACHE_HOME", "/proc/none").run("doctor");
    assertEquals(ExitCode.FAILURE, result.exitCode());
    assertTrue(result.out().contains("set XDG_CACHE_HOME"), result.out());
  }
}
