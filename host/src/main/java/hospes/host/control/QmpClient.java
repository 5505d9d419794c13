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

/// A client of a control socket.
public final class QmpClient implements AutoCloseable {
  private static final int MAX_MESSAGE = 16 << 20;
  private static final String SHUTDOWN = "SHUTDOWN";

  private final SocketChannel channel;
  private final InputStream in;
  private final OutputStream out;
  private final Framer framer;
  private volatile boolean ended;

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
        ended |= answer.path("event").asText().equals(SHUTDOWN);
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

  /// To the event that says so; where the host ends with its guest, to the end of the connection.
  private void readToTheEnd() {
    try {
      byte[] message;
      while (!ended && (message = framer.next()).length != 0) {
        ended = Json.parse(message).path("event").asText().equals(SHUTDOWN);
      }
    } catch (IOException gone) {
      // that is the end, too
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
