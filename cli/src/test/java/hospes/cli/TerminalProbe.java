package hospes.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.Map;

/// `hospes` as a process of its own for [RawTerminalTest].
final class TerminalProbe {
  private TerminalProbe() {}

  public static void main(String[] arguments) {
    System.exit(
        Hospes.commandLine(
                new CommandContext(
                    new FileInputStream(FileDescriptor.in),
                    new FileOutputStream(FileDescriptor.out),
                    Map.of()))
            .execute(arguments));
  }
}
