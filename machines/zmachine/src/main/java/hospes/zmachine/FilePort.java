package hospes.zmachine;

import hospes.machine.Ask;
import hospes.machine.Delivery;
import hospes.machine.Outbox;
import hospes.machine.Payload;
import hospes.machine.PayloadRecord;
import hospes.machine.PortName;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Reply;
import hospes.machine.SnapshotException;
import hospes.machine.Stateful;
import org.jspecify.annotations.Nullable;

/// The files that a story may save to and read from: those of one folder that the user chose, which
/// the host has. One question at a time is put to it; the story executes nothing until it is
/// answered, so that what comes of it does not depend on when that is.
final class FilePort implements Stateful {
  /// Most bytes of a file that is read.
  static final int MOST_BYTES = 1 << 24;

  private static final int LONGEST_NAME = 200;
  private static final int UNANSWERED = 0;

  private final Outbox outbox;
  private long request = Delivery.UNASKED;
  private @Nullable Reply reply;

  FilePort(Outbox outbox) {
    this.outbox = outbox;
  }

  /// Whether a name is one of a file within the folder itself: no path, nothing hidden, no control
  /// characters, at most 200 characters. Names come from the user or from the story.
  static boolean isPlainName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.startsWith(".")) {
      return false;
    }
    return name.codePoints()
        .allMatch(c -> c >= ' ' && (c < 0x7f || c > 0x9f) && "/\\:*?\"<>|".indexOf(c) < 0);
  }

  /// Asks whether there is a file of this name; [#takeExists] tells.
  void look(String name) {
    ask(new Ask.Stat(name));
  }

  /// Asks for a file's content; [#takeContent] gives it.
  void read(String name) {
    ask(new Ask.ReadAt(name, 0, MOST_BYTES + 1));
  }

  /// Gives a file this content, in one step; [#takeDone] tells how that went.
  void replace(String name, byte[] content) {
    ask(new Ask.Replace(name, content));
  }

  /// Writes to the end of a file, making it if need be; [#takeDone] tells how that went.
  void append(String name, byte[] content) {
    ask(new Ask.WriteAt(name, Ask.AT_END, content));
  }

  private void ask(Ask what) {
    reply = null;
    request = outbox.ask(PortName.FILES, what);
  }

  /// Writes to the end of a file; how that goes is of no interest any more.
  void appendAndForget(String name, byte[] content) {
    outbox.ask(PortName.FILES, new Ask.WriteAt(name, Ask.AT_END, content));
  }

  /// An answer came.
  void take(long answered, Reply what) {
    outbox.settle(answered);
    if (answered == request && answered != Delivery.UNASKED) {
      request = Delivery.UNASKED;
      reply = what;
    }
  }

  /// Whether an answer is waited for.
  boolean isWaiting() {
    return request != Delivery.UNASKED;
  }

  /// Whether there is an answer to be taken.
  boolean isAnswered() {
    return reply != null;
  }

  private Reply take() {
    Reply taken = reply;
    if (taken == null) {
      throw new IllegalStateException("no answer came yet");
    }
    reply = null;
    return taken;
  }

  /// Whether there is the file that was asked for. Where nobody can tell, there is none: what is
  /// done with it then says why.
  boolean takeExists() {
    return take() instanceof Reply.Facts(Reply.Kind kind, long _) && kind == Reply.Kind.FILE;
  }

  /// The content that was asked for.
  ///
  /// @throws FileException where it cannot be had
  byte[] takeContent(String name) throws FileException {
    Reply answer = take();
    if (!(answer instanceof Reply.Content(byte[] bytes))) {
      throw failed("read", name, why(answer));
    }
    if (bytes.length > MOST_BYTES) {
      throw failed("read", name, why(Reply.Problem.TOO_LARGE, ""));
    }
    return bytes;
  }

  /// Nothing, if what was asked for was done.
  ///
  /// @param verb what it was, as in "cannot write NAME"
  /// @throws FileException where it was not
  void takeDone(String verb, String name) throws FileException {
    Reply answer = take();
    if (!(answer instanceof Reply.Done)) {
      throw failed(verb, name, why(answer));
    }
  }

  private static FileException failed(String verb, String name, String why) {
    return new FileException(
        why.isEmpty()
            ? "this story may use no files"
            : "cannot %s %s: %s".formatted(verb, name, why));
  }

  private static String why(Reply reply) {
    return reply instanceof Reply.Refused(Reply.Problem problem, String text)
        ? why(problem, text)
        : "the host answered something else";
  }

  /// Why something was not done; empty where nothing may be.
  private static String why(Reply.Problem problem, String text) {
    return switch (problem) {
      case NOT_ALLOWED -> "";
      case NOT_FOUND -> "there is no such file";
      case WRONG_KIND -> "it is a link, a folder or a device";
      case TOO_LARGE -> "it is longer than 16 MiB";
      case EXISTS, NO_SPACE, HOST_ERROR, NOT_SERVED, LOST ->
          text.isBlank() ? "the host cannot do it" : text;
    };
  }

  @Override
  public String recordName() {
    return "files.port";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    Reply answer = reply;
    out.putLong(request);
    if (answer == null) {
      out.putInt(UNANSWERED);
    } else {
      Payload payload = new Payload.Answered(answer);
      out.putInt(PayloadRecord.kind(payload));
      out.putBlock(PayloadRecord.bytes(payload));
    }
  }

  @Override
  public void restore(RecordReader in) {
    request = in.getLong();
    int kind = in.getInt();
    if (kind == UNANSWERED) {
      reply = null;
    } else if (PayloadRecord.of(kind, in.getBlock()) instanceof Payload.Answered(Reply answer)) {
      reply = answer;
    } else {
      throw new SnapshotException("record files.port is damaged: it holds no answer");
    }
  }
}
