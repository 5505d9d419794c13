package hospes.host.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.HostException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// A client of a control socket.
public final class QmpClient implements AutoCloseable {
  private static final int MAX_MESSAGE = 16 << 20;
  private final SocketChannel channel;
  private final InputStream in;
  private final OutputStream out;
  private final Framer framer;

  /// Events that came before answers, until somebody wants them.
  private final Queue<JsonNode> events = new ArrayDeque<>();

  private QmpClient(SocketChannel channel) {
    this.channel = channel;
    in = new BufferedInputStream(Channels.newInputStream(channel));
    out = Channels.newOutputStream(channel);
    framer = new Framer(in, MAX_MESSAGE);
  }

  /// Connects to a guest, and negotiates.
  ///
  /// @throws HostException where there is no such guest
  public static QmpClient connect(RuntimeFolder folder, String name) {
    Path socket = folder.socket(name);
    if (!folder.isAlive(name)) {
      throw new HostException("no guest named %s is running; see: hospes ps -a".formatted(name));
    }
    try {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(socket));
      QmpClient client = new QmpClient(channel);
      client.framer.next(); // the greeting
      client.execute("qmp_capabilities", Json.object());
      return client;
    } catch (IOException e) {
      throw new HostException("cannot reach guest %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /// Runs a command, and returns what it returns.
  ///
  /// @throws HostException where it fails
  public JsonNode execute(String command, ObjectNode arguments) {
    ObjectNode request = Json.object();
    request.put("execute", command);
    request.set("arguments", arguments);
    try {
      out.write(Json.line(request));
      out.flush();
      while (true) {
        byte[] message = framer.next();
        if (message.length == 0 && command.equals("quit")) {
          return Json.object(); // the host's process was faster than its answer
        }
        if (message.length == 0) {
          throw new HostException("the guest's host went away before it answered");
        }
        JsonNode answer = Json.parse(message);
        if (answer.has("error")) {
          throw new HostException(answer.path("error").path("desc").asText());
        }
        if (answer.has("return")) {
          return answer.get("return");
        }
        events.add(answer);
      }
    } catch (IOException e) {
      throw new HostException("the guest's host went away: " + e.getMessage(), e);
    }
  }

  /// Waits until the guest has ended, but not longer than `patience`. The client is of no use after
  /// that.
  ///
  /// @return whether it has ended
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    Thread reader = Thread.ofVirtual().start(this::readToTheEnd);
    try {
      return reader.join(patience);
    } finally {
      close();
    }
  }

  private void readToTheEnd() {
    follow(event -> {});
  }

  /// Passes on what happens to the guest, to its end.
  ///
  /// @return whether it ended; else its host did, or this was closed
  public boolean follow(Consumer<JsonNode> listener) {
    try {
      while (true) {
        JsonNode event = events.poll();
        if (event == null) {
          byte[] message = framer.next();
          if (message.length == 0) {
            return false;
          }
          event = Json.parse(message);
        }
        listener.accept(event);
        if (event.path("event").asText().equals(QmpEvent.SHUTDOWN)) {
          return true;
        }
      }
    } catch (IOException gone) {
      return false;
    }
  }

  /// Turns the connection into the guest's console.
  ///
  /// @return what the guest says; write to [#keys]
  public InputStream attach() {
    execute(QmpSession.ATTACH, Json.object());
    return in;
  }

  /// Where keys for an attached guest go.
  public OutputStream keys() {
    return out;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // nothing is left to be said
    }
  }
}
