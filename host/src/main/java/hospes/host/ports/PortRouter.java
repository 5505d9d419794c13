package hospes.host.ports;

import hospes.machine.Ask;
import hospes.machine.AskSink;
import hospes.machine.Delivery;
import hospes.machine.Inbox;
import hospes.machine.PortName;
import hospes.machine.Reply;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes what a machine asks on its ports while it runs, and has it answered between two steps.
public final class PortRouter implements AskSink, AutoCloseable {
  private record Asked(PortName port, long request, Ask what) {}

  private static final PortServer NOBODY =
      what -> new Reply.Refused(Reply.Problem.NOT_ALLOWED, "nothing was given for it");

  private final Map<PortName, PortServer> servers = new LinkedHashMap<>();
  private final ArrayDeque<Asked> asked = new ArrayDeque<>();

  /// Sets who answers on a port.
  public void serve(PortName port, PortServer server) {
    servers.put(port, server);
  }

  @Override
  public void ask(PortName port, long request, Ask what) {
    asked.add(new Asked(port, request, what));
  }

  /// Answers all that was asked; tells whether anything was.
  public boolean answerInto(Inbox inbox) {
    boolean any = false;
    for (Asked next = asked.poll(); next != null; next = asked.poll()) {
      Reply reply = servers.getOrDefault(next.port(), NOBODY).answer(next.what());
      inbox.post(Delivery.answer(next.port(), next.request(), reply));
      any = true;
    }
    return any;
  }

  /// Forgets what was asked: the answers are known from elsewhere.
  public void forget() {
    asked.clear();
  }

  /// Why not all was done that was answered for, for the user.
  public List<String> failures() {
    return servers.values().stream().flatMap(server -> server.failure().stream()).toList();
  }

  @Override
  public void close() {
    servers.values().forEach(PortServer::close);
  }
}
