package hospes.guests;

import java.util.List;
import java.util.Optional;

/// Something that the user can say of a machine. Commands make a command-line option of it.
///
/// @param name lower-case letters, digits and hyphens; unique among the options of a kind, and the
/// same name means the same in all kinds
/// @param type what follows it
/// @param label what stands for its value in a description, such as `FILE`
/// @param words texts that stand for themselves where a file is wanted, such as `none`
/// @param description in a sentence or two
/// @param fallback what it is where the user says nothing, as the user would write it
/// @param port the port that it leads to, for [Type.Folder] and [Type.Output]
public record OptionSpec(
    String name,
    Type type,
    String label,
    List<String> words,
    String description,
    Optional<String> fallback,
    Optional<String> port) {

  /// What follows an option.
  public sealed interface Type {
    /// Nothing.
    record Flag() implements Type {}

    /// Any text.
    record Text() implements Type {}

    /// A whole number within limits.
    record Number(long least, long most) implements Type {}

    /// A number of bytes, such as `512M`.
    record Size() implements Type {}

    /// A file that is read.
    record File() implements Type {}

    /// A disk; may be given several times.
    record Disk() implements Type {}

    /// A folder in which the machine reads and writes files by a port.
    record Folder() implements Type {}

    /// A file to which the machine writes by a port; what it held is lost.
    record Output() implements Type {}

    /// A file into which something is written instead of running a machine.
    record Product() implements Type {}
  }

  /// An option that is given or not.
  public static OptionSpec flag(String name, String description) {
    return new OptionSpec(
        name, new Type.Flag(), "", List.of(), description, Optional.empty(), Optional.empty());
  }

  /// An option with a value.
  public static OptionSpec of(String name, Type type, String label, String description) {
    return new OptionSpec(
        name, type, label, List.of(), description, Optional.empty(), Optional.empty());
  }

  /// The same, with what it is where the user says nothing.
  public OptionSpec otherwise(String text) {
    return new OptionSpec(name, type, label, words, description, Optional.of(text), port);
  }

  /// The same, with words that stand for themselves.
  public OptionSpec orWords(String... newWords) {
    return new OptionSpec(name, type, label, List.of(newWords), description, fallback, port);
  }

  /// The same, leading to a port.
  public OptionSpec to(String newPort) {
    return new OptionSpec(name, type, label, words, description, fallback, Optional.of(newPort));
  }
}
