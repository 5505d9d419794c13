package hospes.zmachine;

import hospes.machine.Ask;
import hospes.machine.Delivery;
import hospes.machine.Outbox;
import hospes.machine.PortName;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Reply;
import hospes.machine.Stateful;
import java.nio.charset.StandardCharsets;

/// Where all that the user types is written down, a line for each line or key, if the user wants
/// that. The story waits until it is written; once it cannot be, nothing more is.
final class Script implements Stateful {
  /// The port that takes it.
  static final PortName PORT = new PortName("script");

  private final ScriptMode mode;
  private final Outbox outbox;
  private long request = Delivery.UNASKED;
  private boolean isBroken;

  Script(ScriptMode mode, Outbox outbox) {
    this.mode = mode;
    this.outbox = outbox;
  }

  /// The user typed a line, or a key.
  void typed(String text) {
    if (mode == ScriptMode.WRITTEN && !isBroken) {
      byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
      request = outbox.ask(PORT, new Ask.WriteAt("", Ask.AT_END, line));
    }
  }

  /// An answer came.
  void take(long answered, Reply reply) {
    outbox.settle(answered);
    if (answered == request && answered != Delivery.UNASKED) {
      request = Delivery.UNASKED;
      isBroken = !(reply instanceof Reply.Done);
    }
  }

  /// Whether an answer is waited for.
  boolean isWaiting() {
    return request != Delivery.UNASKED;
  }

  @Override
  public String recordName() {
    return "script";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putLong(request);
    out.putBoolean(isBroken);
  }

  @Override
  public void restore(RecordReader in) {
    request = in.getLong();
    isBroken = in.getBoolean();
  }
}
