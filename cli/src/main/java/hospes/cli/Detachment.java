package hospes.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs this command line again in a process of its own that outlives the terminal, and waits until
/// its guest can be reached.
final class Detachment {
  /// What the user says.
  static final String OPTION = "--detach";

  /// What the other process is told instead.
  static final String CHILD_OPTION = "--detached";

  private Detachment() {}

  /// Starts the other process, prints the guest's name, and returns the exit code.
  static int start(List<String> arguments, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException {
    List<String> command = launcher();
    for (String argument : arguments) {
      command.add(argument.equals(OPTION) ? CHILD_OPTION : argument);
    }
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    Thread relay = Thread.ofVirtual().start(() -> relay(process.errorReader(), err));
    try (BufferedReader ready =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String name = ready.readLine();
      if (name != null) {
        out.println(name);
        out.flush();
        return ExitCode.SUCCESS;
      }
    }
    relay.join();
    return process.waitFor();
  }

  private static void relay(Reader from, PrintWriter to) {
    char[] text = new char[1024];
    try {
      int length;
      while ((length = from.read(text)) >= 0) {
        to.write(text, 0, length);
        to.flush();
      }
    } catch (IOException ended) {
      // it says nothing more
    }
  }

  /// The command that runs Hospes as this process does.
  private static List<String> launcher() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("--module-path") && !option.startsWith("-Djdk.module")) {
        command.add(option);
      }
    }
    String modules = System.getProperty("jdk.module.path", "");
    if (modules.isEmpty()) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(Main.class.getName());
    } else {
      command.addAll(List.of("-p", modules, "-m", "hospes.cli/" + Main.class.getName()));
    }
    return command;
  }

  /// Leaves the terminal's session, so that its end is not ours. Where the host has no such call,
  /// the process merely is in the background.
  @SuppressWarnings("restricted") // setsid takes nothing, and touches no memory
  static void leaveTerminal() {
    try {
      Linker linker = Linker.nativeLinker();
      int unused =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("setsid"),
                      FunctionDescriptor.of(ValueLayout.JAVA_INT))
                  .invokeExact();
    } catch (Throwable unavailable) {
      // no POSIX, or native access is not allowed
    }
  }
}
