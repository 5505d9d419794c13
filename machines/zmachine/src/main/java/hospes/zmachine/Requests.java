package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import hospes.machine.StopReason;
import hospes.machine.TrapException;
import hospes.zmachine.screen.Screen;
import hospes.zmachine.screen.UserInput;
import hospes.zmachine.text.UnknownWords;
import hospes.zmachine.text.Zscii;
import java.util.Optional;
import java.util.OptionalInt;

/// Does what instructions ask for (see [Request]), as far as the user has answered.
final class Requests implements Stateful {
  /// How far a request got.
  enum Progress {
    /// It is done, or a routine is to be executed first: the processor goes on.
    DONE,
    /// The user, or the host, has not answered yet.
    WAITING,
    /// The story has ended.
    ENDED
  }

  /// All that has to do with files.
  record Files(FilePort port, Script script, FileDialogue dialogue, FileUse use) {
    boolean areWaitedFor() {
      return port.isWaiting() || script.isWaiting();
    }

    boolean arePending() {
      return areWaitedFor() || use.isPending() || dialogue.isOpen();
    }
  }

  private final ZProcessor core;
  private final OutputStreams output;
  private final UserInput input;
  private final Screen screen;
  private final Files files;
  private final SavedStates states;
  private final HeaderFields header;
  private final UndoHistory undo;
  private final Interruptions interruptions;

  /// Whether the line or key that the story wants is waited for already.
  private boolean isReading;

  /// What the story did wrong, in words; empty as long as it did not.
  private String wrong = "";

  Requests(
      ZProcessor core,
      OutputStreams output,
      UserInput input,
      Screen screen,
      Files files,
      SavedStates states,
      HeaderFields header,
      UndoHistory undo,
      Interruptions interruptions) {
    this.core = core;
    this.output = output;
    this.input = input;
    this.screen = screen;
    this.files = files;
    this.states = states;
    this.header = header;
    this.undo = undo;
    this.interruptions = interruptions;
  }

  /// Whether the processor must wait for something to be done here.
  boolean isPending() {
    return core.request != null
        || core.pc == ZProcessor.INTERRUPTED
        || !wrong.isEmpty()
        || files.arePending()
        || wanted().isPresent();
  }

  /// When the story goes on by itself, in guest time; [Long#MAX_VALUE] for never.
  long wakeAt() {
    return files.areWaitedFor() ? Long.MAX_VALUE : interruptions.due();
  }

  /// The story did something wrong: it ends as soon as its files are written.
  void fail(String why) {
    if (wrong.isEmpty()) {
      wrong = why;
      files.use().flush();
    }
  }

  /// How the story has ended.
  StopReason ending() {
    return wrong.isEmpty() ? new StopReason.PoweredOff(0) : new StopReason.Stuck(wrong);
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
    if (files.areWaitedFor()) {
      return Progress.WAITING;
    }
    if (files.use().isPending()) {
      return files.use().step();
    }
    if (!wrong.isEmpty()) {
      return Progress.ENDED;
    }
    if (files.dialogue().isOpen()) {
      Optional<FilePurpose> purpose = files.dialogue().purpose();
      Optional<FileDialogue.Answer> answer = files.dialogue().step();
      if (answer.isEmpty()) {
        return Progress.WAITING;
      }
      answered(purpose.orElseThrow(), answer.get());
      return Progress.DONE;
    }
    Optional<FilePurpose> wanted = wanted();
    if (wanted.isPresent()) {
      return ask(wanted.get(), "");
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
      throw new TrapException(new ZTrap.IllegalAddress(core.pc));
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
        Optional<byte[]> state = states.save(resultAt);
        state.ifPresent(undo::push);
        states.tell(resultAt, state.isPresent() ? SavedStates.DONE : SavedStates.FAILED);
        yield Progress.DONE;
      }
      case Request.RestoreUndo(int resultAt) -> {
        Optional<byte[]> state = undo.pop();
        if (state.isEmpty() || !states.goBack(state.get())) {
          states.tell(resultAt, SavedStates.FAILED);
        }
        yield Progress.DONE;
      }
      case Request.Restart() -> {
        states.restart();
        begin();
        yield Progress.DONE;
      }
      case Request.Quit() -> writesFirst() ? Progress.DONE : Progress.ENDED;
    };
  }

  /// Whether something must be written before the story waits or ends, which is begun then.
  private boolean writesFirst() {
    if (output.hasUnwritten()) {
      files.use().flush();
      return true;
    }
    return false;
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
    files.dialogue().begin(purpose, name);
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
      if (writesFirst()) {
        return Progress.DONE;
      }
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
    files.script().typed(output.textOf(typed.characters()));
    core.words.storeLine(line.text(), typed.characters());
    if (typed.terminator() == Zscii.NEW_LINE && line.parse() != 0) {
      core.words.tokenise(line.text(), line.parse(), 0, UnknownWords.CLEAR);
    }
    give(line.result(), typed.terminator());
    return Progress.DONE;
  }

  private Progress readKey(Request.ReadKey key, long now) {
    if (!isReading) {
      if (writesFirst()) {
        return Progress.DONE;
      }
      input.beginKey();
      begin(key.timeout(), now);
    }
    OptionalInt character = input.pollKey();
    if (character.isEmpty()) {
      return waitFor(key, key.timeout(), now);
    }
    ended();
    output.typedKey(character.getAsInt());
    files.script().typed(output.textOf(character.getAsInt()));
    give(key.result(), character.getAsInt());
    return Progress.DONE;
  }

  private void begin(Request.Timeout timeout, long now) {
    isReading = true;
    interruptions.begin(timeout, now);
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

  private void answered(FilePurpose purpose, FileDialogue.Answer answer) {
    switch (answer) {
      case FileDialogue.Answer.Named(String name) -> files.use().use(purpose, name);
      case FileDialogue.Answer.Refused() -> files.use().refuse(purpose);
      case FileDialogue.Answer.Pending() -> {}
    }
  }

  /// Fails unless what waits fits together: all parts have been restored.
  void check() {
    files.use().check();
    files.dialogue().purpose().ifPresent(files.use()::checkWanted);
  }

  @Override
  public String recordName() {
    return "requests";
  }

  @Override
  public int recordVersion() {
    return 2;
  }

  @Override
  public void save(RecordWriter out) {
    RequestRecords.save(out, core.request);
    out.putBoolean(isReading);
    out.putString(wrong);
  }

  @Override
  public void restore(RecordReader in) {
    core.request = RequestRecords.restore(in);
    isReading = in.getBoolean();
    wrong = in.getString();
  }
}
