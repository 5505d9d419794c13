package hospes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An "emulator" that is a shell script on the host.
final class FakeGuest {
  private FakeGuest() {}

  /// A checkout whose `hospes` prints a prompt, executes a part of a script for each line that it
  /// reads (in `line`, counted in `n`), and prompts again.
  static Emulator.Hospes of(Path checkout, String name, String script) throws IOException {
    Path launcher = Files.createDirectories(checkout).resolve("hospes");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        n=0
        printf 'Welcome\\n~ # '
        while read -r line; do
          n=$((n + 1))
          %s
          printf '~ # '
        done
        """
            .formatted(script));
    if (!launcher.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + launcher);
    }
    return new Emulator.Hospes(name, checkout, "");
  }
}
