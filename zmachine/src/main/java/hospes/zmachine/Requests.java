package hospes.zmachine;

import hospes.formats.quetzal.QuetzalException;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import hospes.zmachine.screen.Screen;
import hospes.zmachine.screen.StoryFiles;
import hospes.zmachine.screen.UserInput;
import hospes.zmachine.text.UnknownWords;
import hospes.zmachine.text.Zscii;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/// Does what instructions ask for (see [Request]), as far as the user has answered.
final class Requests implements Stateful {
  /// How far a request got.
  enum Progress {
    /// It is done, or a routine is to be executed first: the processor goes on.
    DONE,
    /// The user has not answered yet.
    WAITING,
    /// The story has ended.
    ENDED
  }

  private static final int FAILED = 0;
  private static final int DONE = 1;

  private final ZProcessor core;
  private final Story story;
  private final OutputStreams output;
  private final UserInput input;
  private final Screen screen;
  private final FileDialogue dialogue;
  private final StoryFiles files;
  private final HeaderFields header;
  private final UndoHistory undo;
  private final Interruptions interruptions;
  private final Continuation continuation;

  /// Whether the line or key that the story wants is waited for already.
  private boolean isReading;

  Requests(
      ZProcessor core,
      Story story,
      OutputStreams output,
      UserInput input,
      Screen screen,
      FileDialogue dialogue,
      StoryFiles files,
      HeaderFields header,
      UndoHistory undo,
      Interruptions interruptions) {
    this.core = core;
    this.story = story;
    this.output = output;
    this.input = input;
    this.screen = screen;
    this.dialogue = dialogue;
    this.files = files;
    this.header = header;
    this.undo = undo;
    this.interruptions = interruptions;
    continuation = new Continuation(core, story);
  }

  /// Whether the processor must wait for something to be done here.
  boolean isPending() {
    return core.request != null
        || core.pc == ZProcessor.INTERRUPTED
        || dialogue.isOpen()
        || wanted().isPresent();
  }

  /// A file that the story wants beside its requests.
  private Optional<FilePurpose> wanted() {
    if (output.wantsTranscript()) {
      return Optional.of(FilePurpose.TRANSCRIPT);
    }
    if (output.wantsCommands()) {
      return Optional.of(FilePurpose.COMMANDS);
    }
    return output.inputStream() == 1 ? Optional.of(FilePurpose.PLAYBACK) : Optional.empty();
  }

  /// Goes on with what is pending.
  ///
  /// @param now guest time in nanoseconds
  Progress step(long now) {
    if (dialogue.isOpen()) {
      Optional<FilePurpose> purpose = dialogue.purpose();
      Optional<FileDialogue.Answer> answer = dialogue.step();
      if (answer.isEmpty()) {
        return Progress.WAITING;
      }
      answered(purpose.orElseThrow(), answer.get());
      return Progress.DONE;
    }
    Optional<FilePurpose> wanted = wanted();
    if (wanted.isPresent()) {
      dialogue.begin(wanted.get(), "");
      return Progress.DONE;
    }
    if (core.pc == ZProcessor.INTERRUPTED) {
      return interruptionEnded(now);
    }
    Request request = core.request;
    return request == null ? Progress.DONE : serve(request, now);
  }

  private Progress interruptionEnded(long now) {
    boolean ends = core.interruptResult != 0;
    Optional<Request> request = interruptions.resume();
    if (request.isEmpty()) {
      core.failure = new ZTrap.IllegalAddress(core.pc);
      return Progress.DONE;
    }
    isReading = true;
    if (ends) {
      giveUp(request.get());
    } else {
      interruptions.begin(timeout(request.get()), now);
      input.resume();
    }
    return Progress.DONE;
  }

  private static Request.Timeout timeout(Request request) {
    return switch (request) {
      case Request.ReadLine(int _, int _, Request.Timeout timeout, int _) -> timeout;
      case Request.ReadKey(Request.Timeout timeout, int _) -> timeout;
      case Request.Save _,
          Request.Restore _,
          Request.SaveTable _,
          Request.RestoreTable _,
          Request.SaveUndo _,
          Request.RestoreUndo _,
          Request.Restart _,
          Request.Quit _ ->
          Request.Timeout.NEVER;
    };
  }

  /// Ends what the routine that interrupted it wants to be ended: all input is lost, and the
  /// character that ended it is 0.
  private void giveUp(Request request) {
    isReading = false;
    core.request = null;
    switch (request) {
      case Request.ReadLine(int text, int _, Request.Timeout _, int result) -> {
        input.abandonLine();
        core.words.storeLine(text, new int[0]);
        give(result, 0);
      }
      case Request.ReadKey(Request.Timeout _, int result) -> {
        screen.endKey();
        give(result, 0);
      }
      case Request.Save _,
          Request.Restore _,
          Request.SaveTable _,
          Request.RestoreTable _,
          Request.SaveUndo _,
          Request.RestoreUndo _,
          Request.Restart _,
          Request.Quit _ ->
          throw new IllegalStateException("only input is interrupted");
    }
  }

  private void give(int variable, int value) {
    if (variable != CallStack.NO_RESULT) {
      core.assign(ZProcessor.VARIABLE | variable, value);
    }
  }

  private Progress serve(Request request, long now) {
    return switch (request) {
      case Request.ReadLine line -> readLine(line, now);
      case Request.ReadKey key -> readKey(key, now);
      case Request.Save _ -> ask(FilePurpose.SAVE, "");
      case Request.Restore _ -> ask(FilePurpose.RESTORE, "");
      case Request.SaveTable table -> ask(FilePurpose.SAVE_TABLE, name(table.name()));
      case Request.RestoreTable table -> ask(FilePurpose.RESTORE_TABLE, name(table.name()));
      case Request.SaveUndo(int resultAt) -> {
        Optional<byte[]> state = continuation.save(resultAt);
        state.ifPresent(undo::push);
        tell(resultAt, state.isPresent() ? DONE : FAILED);
        yield Progress.DONE;
      }
      case Request.RestoreUndo(int resultAt) -> {
        Optional<byte[]> state = undo.pop();
        if (state.isEmpty() || !goBack(state.get())) {
          tell(resultAt, FAILED);
        }
        yield Progress.DONE;
      }
      case Request.Restart() -> {
        continuation.restart(story.initialPc());
        core.request = null;
        begin();
        yield Progress.DONE;
      }
      case Request.Quit() -> Progress.ENDED;
    };
  }

  /// The story begins.
  void begin() {
    interruptions.clear();
    isReading = false;
    core.random.begin();
    header.write();
    output.begin();
  }

  private Progress ask(FilePurpose purpose, String name) {
    dialogue.begin(purpose, name);
    return Progress.DONE;
  }

  /// The name at an address: its length, then ASCII.
  private String name(int address) {
    StringBuilder name = new StringBuilder();
    if (address != 0) {
      int length = core.loadByte(address);
      for (int i = 1; i <= length; i++) {
        name.append((char) core.loadByte(address + i));
      }
    }
    return name.toString();
  }

  private Progress readLine(Request.ReadLine line, long now) {
    if (!isReading) {
      if (core.version <= 3) {
        output.showStatus();
      }
      boolean[] terminators = core.words.terminators();
      input.beginLine(
          core.words.room(line.text()),
          core.words.typedBefore(line.text()),
          key -> terminators[key]);
      begin(line.timeout(), now);
    }
    OptionalInt end = input.pollLine();
    if (end.isEmpty()) {
      return waitFor(line, line.timeout(), now);
    }
    ended();
    TypedLine typed = new TypedLine(input.line(), end.getAsInt());
    output.typed(typed);
    files.typed(output.textOf(typed.characters()));
    core.words.storeLine(line.text(), typed.characters());
    if (typed.terminator() == Zscii.NEW_LINE && line.parse() != 0) {
      core.words.tokenise(line.text(), line.parse(), 0, UnknownWords.CLEAR);
    }
    give(line.result(), typed.terminator());
    return Progress.DONE;
  }

  private Progress readKey(Request.ReadKey key, long now) {
    if (!isReading) {
      input.beginKey();
      begin(key.timeout(), now);
    }
    OptionalInt character = input.pollKey();
    if (character.isEmpty()) {
      return waitFor(key, key.timeout(), now);
    }
    ended();
    output.typedKey(character.getAsInt());
    files.typed(output.textOf(character.getAsInt()));
    give(key.result(), character.getAsInt());
    return Progress.DONE;
  }

  private void begin(Request.Timeout timeout, long now) {
    isReading = true;
    interruptions.begin(timeout, now);
    flush();
  }

  private Progress waitFor(Request request, Request.Timeout timeout, long now) {
    if (interruptions.due() > now) {
      return Progress.WAITING;
    }
    isReading = false;
    input.suspend();
    interruptions.interrupt(request, timeout);
    return Progress.DONE;
  }

  private void ended() {
    isReading = false;
    core.request = null;
    interruptions.end();
  }

  private void tell(int resultAt, int value) {
    core.request = null;
    StoreOrBranch.complete(core, resultAt, value);
  }

  /// Has the story go on from a state; false where that is not possible.
  private boolean goBack(byte[] state) {
    try {
      continuation.restore(state);
    } catch (QuetzalException unusable) {
      output.say(unusable.getMessage() + "\n");
      return false;
    }
    core.request = null;
    interruptions.clear();
    header.write();
    if (core.version == 3) {
      output.splitWindow(0);
    }
    return true;
  }

  private void answered(FilePurpose purpose, FileDialogue.Answer answer) {
    switch (answer) {
      case FileDialogue.Answer.Named(String name) -> {
        try {
          use(purpose, name);
        } catch (IOException failed) {
          output.say(failed.getMessage() + "\n");
          refused(purpose);
        }
      }
      case FileDialogue.Answer.Refused() -> refused(purpose);
    }
  }

  private void refused(FilePurpose purpose) {
    switch (purpose) {
      case TRANSCRIPT -> output.refuseTranscript();
      case COMMANDS -> output.refuseCommands();
      case PLAYBACK -> output.selectInput(0);
      case SAVE, RESTORE, SAVE_TABLE, RESTORE_TABLE -> finishFile(FAILED);
    }
  }

  private void finishFile(int result) {
    switch (core.request) {
      case Request.Save(int resultAt) -> tell(resultAt, result);
      case Request.Restore(int resultAt) -> tell(resultAt, result);
      case Request.SaveTable(int _, int _, int _, int resultAt) -> tell(resultAt, result);
      case Request.RestoreTable(int _, int _, int _, int resultAt) -> tell(resultAt, result);
      case null, default -> throw new IllegalStateException("nobody asked for a file");
    }
  }

  private void use(FilePurpose purpose, String name) throws IOException {
    switch (purpose) {
      case TRANSCRIPT -> output.transcript.open(files, name);
      case COMMANDS -> output.commands.open(files, name);
      case PLAYBACK -> {
        output.selectInput(0);
        input.type(files.read(name));
      }
      case SAVE -> save(name);
      case RESTORE -> {
        if (!goBack(files.read(name))) {
          finishFile(FAILED);
        }
      }
      case SAVE_TABLE -> saveTable(name);
      case RESTORE_TABLE -> restoreTable(name);
    }
  }

  private void save(String name) throws IOException {
    if (core.request instanceof Request.Save(int resultAt)) {
      Optional<byte[]> state = continuation.save(resultAt);
      if (state.isPresent()) {
        files.write(name, state.get());
      }
      finishFile(state.isPresent() ? DONE : FAILED);
    }
  }

  private void saveTable(String name) throws IOException {
    if (core.request instanceof Request.SaveTable(int table, int bytes, int _, int _)) {
      core.checkReadable(table, bytes);
      byte[] content = new byte[bytes];
      for (int i = 0; i < bytes; i++) {
        content[i] = (byte) core.memory.loadByte(table + i);
      }
      files.write(name, content);
      finishFile(DONE);
    }
  }

  private void restoreTable(String name) throws IOException {
    if (core.request instanceof Request.RestoreTable(int table, int bytes, int _, int _)) {
      byte[] content = files.read(name);
      int length = Math.min(bytes, content.length);
      core.checkWritable(table, length);
      for (int i = 0; i < length; i++) {
        core.memory.storeByte(table + i, content[i]);
      }
      finishFile(length);
    }
  }

  /// Writes what waits for the transcript and the record of commands.
  void flush() {
    for (TextFile file : new TextFile[] {output.transcript, output.commands}) {
      try {
        file.flush(files);
      } catch (IOException failed) {
        output.say(failed.getMessage() + "\n");
        refused(file == output.transcript ? FilePurpose.TRANSCRIPT : FilePurpose.COMMANDS);
      }
    }
  }

  @Override
  public String recordName() {
    return "requests";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    RequestRecords.save(out, core.request);
    out.putBoolean(isReading);
  }

  @Override
  public void restore(RecordReader in) {
    core.request = RequestRecords.restore(in);
    isReading = in.getBoolean();
  }
}
