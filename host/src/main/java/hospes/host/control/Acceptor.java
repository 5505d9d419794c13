package hospes.host.control;

import hospes.host.HostException;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waits for the clients of all guests in one thread, which ends when it is closed: a thread that
/// still waits delays the end of the JVM by 0.3 s, and the JDK lets the accepting of virtual
/// threads wait in one that never ends.
final class Acceptor implements AutoCloseable {
  private @Nullable Selector selector;

  /// Accepts what comes to `server`, and has `client` talk to each in a thread of its own.
  ///
  /// @throws HostException where the system lacks what that needs
  synchronized void add(ServerSocketChannel server, Consumer<SocketChannel> client) {
    try {
      if (selector == null) {
        selector = Selector.open();
        Selector opened = selector;
        Thread.ofPlatform().daemon().name("hospes-control").start(() -> work(opened));
      }
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT, client);
      selector.wakeup();
    } catch (IOException e) {
      throw new HostException("cannot wait for control clients: " + e.getMessage(), e);
    }
  }

  /// Closes a server.
  synchronized void remove(ServerSocketChannel server) {
    close(server);
    if (selector != null) {
      selector.wakeup(); // only then is the socket given back
    }
  }

  /// Accepts no more, from no server.
  @Override
  public synchronized void close() {
    if (selector != null) {
      close(selector);
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception ignored) {
      // nobody finds it any more
    }
  }

  private static void work(Selector selector) {
    try {
      while (selector.isOpen()) {
        selector.select(Acceptor::accept);
      }
    } catch (ClosedSelectorException | IOException end) {
      // no guest is to be reached any more
    }
  }

  @SuppressWarnings("unchecked") // what add() attached
  private static void accept(SelectionKey key) {
    try {
      SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
      if (client != null) {
        Consumer<SocketChannel> talk = (Consumer<SocketChannel>) key.attachment();
        Thread.ofVirtual().start(() -> talk.accept(client));
      }
    } catch (IOException gone) {
      // the client left, or the guest ended
    }
  }
}
