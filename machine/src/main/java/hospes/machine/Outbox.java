package hospes.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a machine has asked for and has no answer to yet. Saved with the machine: whoever restores
/// it [asks again][#askAgain], for the answer may have got lost with the host that had it.
public final class Outbox implements Stateful {
  /// Questions that can be open at once.
  private static final int MOST = 1 << 16;

  /// A question without an answer.
  public record Open(PortName port, Ask what) {}

  private final AskSink sink;
  private final Map<Long, Open> open = new LinkedHashMap<>();
  private long lastRequest = Delivery.UNASKED;

  /// @param sink takes the questions
  public Outbox(AskSink sink) {
    this.sink = sink;
  }

  /// Asks for something; answers the ticket.
  public long ask(PortName port, Ask what) {
    lastRequest++;
    open.put(lastRequest, new Open(port, what));
    sink.ask(port, lastRequest, what);
    return lastRequest;
  }

  /// Whether an answer is waited for.
  public boolean isWaiting() {
    return !open.isEmpty();
  }

  /// An answer came: what was asked for, which is settled by this. Empty where a ticket is not
  /// open: such an answer is to be ignored.
  public Optional<Open> settle(long request) {
    return Optional.ofNullable(open.remove(request));
  }

  /// Asks for all that has no answer yet once more, in the same order, with the same tickets.
  public void askAgain() {
    open.forEach((request, one) -> sink.ask(one.port(), request, one.what()));
  }

  @Override
  public String recordName() {
    return "outbox";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putLong(lastRequest);
    out.putInt(open.size());
    open.forEach(
        (request, one) -> {
          out.putLong(request);
          out.putString(one.port().text());
          AskRecord.save(out, one.what());
        });
  }

  @Override
  public void restore(RecordReader in) {
    lastRequest = in.getLong();
    open.clear();
    for (int left = in.getCount(MOST); left > 0; left--) {
      long request = in.getLong();
      String port = in.getString();
      if (!PortName.isName(port)) {
        throw new SnapshotException("record outbox is damaged: it names no port");
      }
      open.put(request, new Open(new PortName(port), AskRecord.restore(in)));
    }
  }
}
