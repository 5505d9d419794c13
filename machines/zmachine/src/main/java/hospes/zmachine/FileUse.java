package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.Stateful;
import hospes.zmachine.screen.UserInput;
import java.util.Optional;

/// Does with files what the story and its user want, as far as the host has answered: saves,
/// restores, and writes on what grows while the story is played.
final class FileUse implements Stateful {
  /// What the host is asked for now.
  private enum Stage {
    /// Nothing.
    NONE,
    /// The file that the user named, for its purpose.
    USE,
    /// To write on a transcript or a record of commands.
    WRITE_ON
  }

  private final ZProcessor core;
  private final OutputStreams output;
  private final UserInput input;
  private final FilePort files;
  private final SavedStates states;
  private Stage stage = Stage.NONE;
  private FilePurpose purpose = FilePurpose.SAVE;
  private String name = "";
  private boolean wantsFlush;

  FileUse(
      ZProcessor core, OutputStreams output, UserInput input, FilePort files, SavedStates states) {
    this.core = core;
    this.output = output;
    this.input = input;
    this.files = files;
    this.states = states;
  }

  /// Whether something is to be done here before the story goes on.
  boolean isPending() {
    return stage != Stage.NONE || wantsFlush;
  }

  /// Goes on with what is pending.
  Requests.Progress step() {
    if (stage == Stage.NONE) {
      wantsFlush = writeOn();
      return Requests.Progress.DONE;
    }
    if (!files.isAnswered()) {
      return Requests.Progress.WAITING;
    }
    Stage answered = stage;
    stage = Stage.NONE;
    try {
      switch (answered) {
        case USE -> finish();
        case WRITE_ON -> finishWriting(textFile(purpose));
        case NONE -> {}
      }
    } catch (FileException failed) {
      output.say(failed.sentence() + "\n");
      refuse(purpose);
    }
    return Requests.Progress.DONE;
  }

  private TextFile textFile(FilePurpose which) {
    return which == FilePurpose.COMMANDS ? output.commands : output.transcript;
  }

  /// Uses a file that the user named.
  void use(FilePurpose newPurpose, String newName) {
    purpose = newPurpose;
    name = newName;
    Optional<byte[]> content =
        switch (newPurpose) {
          case SAVE -> state();
          case SAVE_TABLE -> table();
          case TRANSCRIPT, COMMANDS -> Optional.of(new byte[0]);
          case RESTORE, RESTORE_TABLE, PLAYBACK -> Optional.empty();
        };
    if (content.isPresent()) {
      files.replace(newName, content.get());
    } else if (newPurpose.overwrites()) {
      refuse(newPurpose);
      return;
    } else {
      files.read(newName);
    }
    stage = Stage.USE;
  }

  private Optional<byte[]> state() {
    return core.request instanceof Request.Save(int resultAt)
        ? states.save(resultAt)
        : Optional.empty();
  }

  private Optional<byte[]> table() {
    if (!(core.request instanceof Request.SaveTable(int table, int bytes, int _, int _))) {
      return Optional.empty();
    }
    core.checkReadable(table, bytes);
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) core.memory.loadByte(table + i);
    }
    return Optional.of(content);
  }

  private void finish() throws FileException {
    switch (purpose) {
      case TRANSCRIPT, COMMANDS -> {
        files.takeDone("write", name);
        textFile(purpose).open(name);
      }
      case PLAYBACK -> {
        byte[] keys = files.takeContent(name);
        output.selectInput(0);
        input.type(keys);
      }
      case SAVE, SAVE_TABLE -> {
        files.takeDone("write", name);
        states.tellOfFile(SavedStates.DONE);
      }
      case RESTORE -> {
        if (!states.goBack(files.takeContent(name))) {
          states.tellOfFile(SavedStates.FAILED);
        }
      }
      case RESTORE_TABLE -> restoreTable(files.takeContent(name));
    }
  }

  private void restoreTable(byte[] content) {
    if (core.request instanceof Request.RestoreTable(int table, int bytes, int _, int _)) {
      int length = Math.min(bytes, content.length);
      core.checkWritable(table, length);
      for (int i = 0; i < length; i++) {
        core.memory.storeByte(table + i, content[i]);
      }
      states.tellOfFile(length);
    }
  }

  /// There is no file for this purpose.
  void refuse(FilePurpose refused) {
    switch (refused) {
      case TRANSCRIPT -> output.refuseTranscript();
      case COMMANDS -> output.refuseCommands();
      case PLAYBACK -> output.selectInput(0);
      case SAVE, RESTORE, SAVE_TABLE, RESTORE_TABLE -> states.tellOfFile(SavedStates.FAILED);
    }
  }

  /// Before the story goes on, what waits for the transcript and the record of commands is written.
  void flush() {
    wantsFlush = true;
  }

  /// Writes what waits for one of them; whether anything did.
  private boolean writeOn() {
    for (FilePurpose one : new FilePurpose[] {FilePurpose.TRANSCRIPT, FilePurpose.COMMANDS}) {
      TextFile file = textFile(one);
      if (file.hasUnwritten()) {
        purpose = one;
        name = file.name();
        stage = Stage.WRITE_ON;
        files.append(name, file.takeUnwritten());
        return true;
      }
    }
    return false;
  }

  private void finishWriting(TextFile file) throws FileException {
    try {
      files.takeDone("write to", name);
    } catch (FileException failed) {
      throw file.end(failed);
    }
  }

  /// Writes what waits, and does not wait for the answers: the machine has ended.
  void flushAtLast() {
    for (TextFile file : new TextFile[] {output.transcript, output.commands}) {
      if (file.hasUnwritten()) {
        files.appendAndForget(file.name(), file.takeUnwritten());
      }
    }
  }

  /// Fails unless the story waits for the file that it is asked for.
  void check() {
    if (stage == Stage.USE) {
      checkWanted(purpose);
    }
  }

  /// Fails unless the story waits for a file of this purpose.
  void checkWanted(FilePurpose asked) {
    boolean isWanted =
        switch (asked) {
          case SAVE -> core.request instanceof Request.Save;
          case RESTORE -> core.request instanceof Request.Restore;
          case SAVE_TABLE -> core.request instanceof Request.SaveTable;
          case RESTORE_TABLE -> core.request instanceof Request.RestoreTable;
          case TRANSCRIPT, COMMANDS, PLAYBACK -> true;
        };
    if (!isWanted) {
      throw new SnapshotException("the snapshot is damaged: its story waits for no such file");
    }
  }

  @Override
  public String recordName() {
    return "files.use";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putInt(stage.ordinal());
    out.putInt(purpose.ordinal());
    out.putString(name);
    out.putBoolean(wantsFlush);
  }

  @Override
  public void restore(RecordReader in) {
    stage = in.getEnum(Stage.class);
    purpose = in.getEnum(FilePurpose.class);
    name = in.getString();
    wantsFlush = in.getBoolean();
  }
}
