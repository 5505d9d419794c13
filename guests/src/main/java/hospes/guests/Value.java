package hospes.guests;

import hospes.machine.Content;
import java.util.List;

/// What the user said by one option.
public sealed interface Value {
  /// That it is to be so.
  record Flag() implements Value {}

  /// A text, or one of the [words][OptionSpec#words] that stand for themselves.
  record Text(String text) implements Value {}

  /// A number, or a size in bytes.
  record Number(long number) implements Value {}

  /// What a file holds.
  ///
  /// @param name the file's name, for messages
  record File(String name, Content content) implements Value {}

  /// A disk. What its words mean is the affair of whoever opens it.
  ///
  /// @param file the path of its file
  record Disk(String file, List<String> words) implements Value {}

  /// A folder or file of the host's, to which a port leads.
  ///
  /// @param path on the host
  record Place(String path) implements Value {}
}
