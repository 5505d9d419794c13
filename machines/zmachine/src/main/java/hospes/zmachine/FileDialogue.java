package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import hospes.zmachine.screen.UserInput;
import hospes.zmachine.text.Zscii;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks the user for the name of a file: where the story is saved, for example. The answer is a
/// line like those that the story reads; an empty one takes what is suggested.
final class FileDialogue implements Stateful {
  /// The answer to a question.
  sealed interface Answer {
    /// The user named a file within the folder.
    record Named(String name) implements Answer {}

    /// The user did not want, or named something that is no file of the folder.
    record Refused() implements Answer {}

    /// The user is asked another question first.
    record Pending() implements Answer {}
  }

  private static final int MOST_CHARACTERS = 200;

  private final String stem;
  private final OutputStreams output;
  private final UserInput input;
  private final Zscii zscii;
  private final FilePort files;
  private final Script script;
  private final Map<FilePurpose, String> lastNames = new EnumMap<>(FilePurpose.class);
  private @Nullable FilePurpose purpose;
  private String suggestion = "";

  /// The name that was given, while the host is asked whether there is such a file.
  private String looking = "";

  /// The name that was given, while the user is asked whether the file shall be overwritten.
  private String confirming = "";

  /// @param stem what names begin with, unless the user says otherwise
  FileDialogue(
      String stem,
      OutputStreams output,
      UserInput input,
      Zscii zscii,
      FilePort files,
      Script script) {
    this.stem = stem;
    this.output = output;
    this.input = input;
    this.zscii = zscii;
    this.files = files;
    this.script = script;
  }

  boolean isOpen() {
    return purpose != null;
  }

  /// What the user is asked for now.
  Optional<FilePurpose> purpose() {
    return Optional.ofNullable(purpose);
  }

  /// Asks for a file.
  ///
  /// @param name what the story suggests; empty for what the user named the last time
  void begin(FilePurpose newPurpose, String name) {
    purpose = newPurpose;
    looking = "";
    confirming = "";
    suggestion =
        FilePort.isPlainName(name)
            ? name
            : lastNames.getOrDefault(newPurpose, stem + newPurpose.suffix);
    output.say("Please enter a filename [" + suggestion + "]: ");
    waitForLine();
  }

  private void waitForLine() {
    input.beginLine(MOST_CHARACTERS, new int[0], key -> false);
  }

  private Optional<String> answer() {
    if (input.pollLine().isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int character : input.line()) {
      text.appendCodePoint(zscii.toUnicode(character));
    }
    script.typed(text.toString());
    return Optional.of(text.toString());
  }

  /// The user's answer; empty as long as there is none, or the host's is waited for.
  Optional<Answer> step() {
    FilePurpose asked = purpose;
    if (asked == null) {
      return Optional.empty();
    }
    if (!looking.isEmpty()) {
      return files.isAnswered() ? Optional.of(found(asked)) : Optional.empty();
    }
    return answer().map(line -> confirming.isEmpty() ? chosen(asked, line) : decided(asked, line));
  }

  private Answer chosen(FilePurpose asked, String line) {
    String name = line.isEmpty() ? suggestion : line;
    if (!FilePort.isPlainName(name)) {
      output.say("\"" + name + "\" is no name of a file in the folder for saved stories.\n");
      return refused();
    }
    if (!asked.overwrites()) {
      return named(asked, name);
    }
    looking = name;
    files.look(name);
    return new Answer.Pending();
  }

  private Answer found(FilePurpose asked) {
    String name = looking;
    looking = "";
    if (!files.takeExists()) {
      return named(asked, name);
    }
    confirming = name;
    output.say("Overwrite existing file? ");
    waitForLine();
    return new Answer.Pending();
  }

  private Answer decided(FilePurpose asked, String line) {
    return line.startsWith("y") || line.startsWith("Y") ? named(asked, confirming) : refused();
  }

  private Answer named(FilePurpose asked, String name) {
    lastNames.put(asked, name);
    if (asked == FilePurpose.SAVE) {
      lastNames.put(FilePurpose.RESTORE, name);
    }
    if (asked == FilePurpose.RESTORE) {
      lastNames.put(FilePurpose.SAVE, name);
    }
    purpose = null;
    return new Answer.Named(name);
  }

  private Answer refused() {
    purpose = null;
    return new Answer.Refused();
  }

  @Override
  public String recordName() {
    return "files";
  }

  @Override
  public int recordVersion() {
    return 2;
  }

  @Override
  public void save(RecordWriter out) {
    FilePurpose asked = purpose;
    out.putInt(asked == null ? -1 : asked.ordinal());
    out.putString(suggestion);
    out.putString(looking);
    out.putString(confirming);
    out.putInt(lastNames.size());
    lastNames.forEach(
        (use, name) -> {
          out.putInt(use.ordinal());
          out.putString(name);
        });
  }

  @Override
  public void restore(RecordReader in) {
    FilePurpose[] all = FilePurpose.values();
    int asked = in.getInt();
    purpose = asked < 0 || asked >= all.length ? null : all[asked];
    suggestion = in.getString();
    looking = in.getString();
    confirming = in.getString();
    lastNames.clear();
    int count = in.getCount(all.length);
    for (int i = 0; i < count; i++) {
      lastNames.put(all[in.getCount(all.length - 1)], in.getString());
    }
  }
}
