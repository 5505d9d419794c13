package hospes.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Map;

/// What the commands find around them; a test has its own.
///
/// @param input where a guest's console reads
/// @param output where a guest's console writes
/// @param environment the environment variables
record CommandContext(InputStream input, OutputStream output, Map<String, String> environment) {
  /// Those of this process. Whoever waits for its input can be interrupted.
  static CommandContext ofProcess() {
    return new CommandContext(
        Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()),
        new FileOutputStream(FileDescriptor.out),
        System.getenv());
  }
}
