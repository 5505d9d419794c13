package hospes.host.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.guest.Guest;
import hospes.host.ports.ConsoleStream;
import hospes.host.ports.GuestConsole;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One client's conversation in QMP: greeting, negotiation, then a command and an answer at a time,
/// and events between them.
final class QmpSession {
  /// Turns the connection into the guest's console.
  static final String ATTACH = "x-hospes-attach";

  private static final int MAX_MESSAGE = 64 * 1024;
  private static final int MAX_WAITING = 256;
  private static final Duration DRAIN = Duration.ofMillis(500);

  /// Ends the writing.
  private static final byte[] END = {};

  /// Tells that everything before it is written.
  private static final byte[] MARK = {};

  private static final String NEGOTIATE = "qmp_capabilities";
  private static final Set<String> MEMBERS = Set.of("execute", "arguments", "id");

  private final Guest guest;
  private final Version version;
  private final QmpCommands commands;
  private final InputStream in;
  private final OutputStream out;

  /// Answers and events for the client, which may read slowly; when full, events are dropped.
  private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(MAX_WAITING);

  private final CountDownLatch drained = new CountDownLatch(1);
  private final Supplier<Optional<byte[]>> end;
  private volatile boolean negotiated;
  private boolean attached;

  /// @param end the event that says that the guest has ended, once it has
  QmpSession(
      Guest guest,
      Version version,
      QmpCommands commands,
      Supplier<Optional<byte[]>> end,
      InputStream in,
      OutputStream out) {
    this.guest = guest;
    this.end = end;
    this.version = version;
    this.commands = commands;
    this.in = in;
    this.out = out;
  }

  /// Talks until the client leaves.
  void run() throws IOException, InterruptedException {
    ObjectNode greeting = Json.object();
    ObjectNode qmp = greeting.putObject("QMP");
    qmp.set("version", version.toJson());
    qmp.putArray("capabilities");
    Thread writer = Thread.ofVirtual().start(this::write);
    try {
      outgoing.put(Json.line(greeting));
      Framer framer = new Framer(in, MAX_MESSAGE);
      byte[] message;
      while (!attached && (message = framer.next()).length != 0) {
        outgoing.put(Json.line(answer(message)));
      }
    } catch (Framer.TooLongException tooLong) {
      outgoing.put(
          Json.line(
              error(
                  QmpError.generic("a message has at most %d bytes".formatted(MAX_MESSAGE)),
                  MissingNode.getInstance())));
    } finally {
      outgoing.put(END);
      writer.join();
    }
    if (attached) {
      attach();
    }
  }

  private void write() {
    boolean broken = false;
    try {
      byte[] next;
      while ((next = outgoing.take()) != END) {
        if (next == MARK) {
          drained.countDown();
        } else if (!broken) {
          try {
            out.write(next);
            out.flush();
          } catch (IOException gone) {
            broken = true; // go on taking, so that nobody waits for us
          }
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectNode answer(byte[] message) throws InterruptedException {
    JsonNode id = MissingNode.getInstance();
    try {
      JsonNode request = parse(message);
      id = request.path("id");
      JsonNode answer = execute(request);
      ObjectNode wrapped = Json.object();
      wrapped.set("return", answer);
      return withId(wrapped, id);
    } catch (QmpError failure) {
      return error(failure, id);
    } catch (RuntimeException bug) {
      return error(QmpError.generic("internal error: " + bug), id);
    }
  }

  private static ObjectNode error(QmpError failure, JsonNode id) {
    ObjectNode wrapped = Json.object();
    wrapped.putObject("error").put("class", failure.errorClass()).put("desc", failure.getMessage());
    return withId(wrapped, id);
  }

  private static ObjectNode withId(ObjectNode wrapped, JsonNode id) {
    if (!id.isMissingNode()) {
      wrapped.set("id", id);
    }
    return wrapped;
  }

  private static JsonNode parse(byte[] message) throws QmpError {
    JsonNode request;
    try {
      request = Json.parse(message);
    } catch (IOException e) {
      throw QmpError.generic("JSON parse error, " + Json.reason(e));
    }
    if (!request.isObject()) {
      throw QmpError.generic("QMP input must be a JSON object");
    }
    return request;
  }

  private JsonNode execute(JsonNode request) throws QmpError, InterruptedException {
    for (Map.Entry<String, JsonNode> member : request.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw QmpError.generic("QMP input member '%s' is unexpected".formatted(member.getKey()));
      }
    }
    JsonNode name = request.path("execute");
    if (name.isMissingNode()) {
      throw QmpError.generic("QMP input lacks member 'execute'");
    }
    if (!name.isTextual()) {
      throw QmpError.generic("QMP input member 'execute' must be a string");
    }
    JsonNode arguments = request.has("arguments") ? request.get("arguments") : Json.object();
    if (!arguments.isObject()) {
      throw QmpError.generic("QMP input member 'arguments' must be an object");
    }
    String command = name.textValue();
    if (command.equals(NEGOTIATE)) {
      return negotiate();
    }
    if (!negotiated) {
      throw new QmpError(
          QmpError.NOT_FOUND, "Expecting capabilities negotiation with '%s'".formatted(NEGOTIATE));
    }
    if (command.equals(ATTACH)) {
      attached = true;
      return Json.object();
    }
    return commands.run(command, arguments);
  }

  private JsonNode negotiate() throws QmpError {
    if (negotiated) {
      throw new QmpError(
          QmpError.NOT_FOUND, "Capabilities negotiation is already complete, command ignored");
    }
    negotiated = true;
    end.get().ifPresent(this::tell); // who comes this late would wait for it in vain
    return Json.object();
  }

  /// Tells the client what happened; on the guest's thread, so it must not wait.
  ///
  /// @param event a [QmpEvent]
  void tell(byte[] event) {
    if (negotiated) {
      outgoing.offer(event); // a client that does not read loses events, not the guest
    }
  }

  /// Waits until the client has been sent what there is for it, but not for a client that does not
  /// read.
  void drain() throws InterruptedException {
    if (outgoing.offer(MARK)) {
      boolean _ = drained.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// The connection is the console from now on: to the guest's end, or the client's.
  private void attach() throws IOException {
    Thread keys = Thread.ofVirtual().start(this::readKeys);
    try (ConsoleStream console = guest.console().attach(GuestConsole.From.SCROLLBACK)) {
      console.transferTo(out);
      out.flush();
    } finally {
      keys.interrupt();
    }
  }

  private void readKeys() {
    byte[] bytes = new byte[1024];
    try {
      int length;
      while ((length = in.read(bytes)) >= 0) {
        guest.console().send(Arrays.copyOf(bytes, length));
      }
    } catch (IOException | hospes.host.HostException gone) {
      // the client left, or the guest ended
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
