package hospes.host.control;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.HostException;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestEvent;
import hospes.host.guest.NameTakenException;
import hospes.host.guest.Outcome;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/// Puts guests where other processes of the user find them: each has a socket of its name, which
/// speaks QMP, and a log. Forks get theirs by themselves.
public final class ControlServer implements AutoCloseable {
  /// What is left when a guest has ended.
  public enum Legacy {
    /// Its log, a record of how it ended, and the files that were made for its drives.
    RECORD,
    /// Nothing.
    NOTHING
  }

  private final RuntimeFolder folder;
  private final Version version;
  private final Legacy legacy;
  private final ToIntFunction<Outcome> exitCode;
  private final Wording wording;
  private final Acceptor acceptor = new Acceptor();
  private final List<Thread> ends = new CopyOnWriteArrayList<>();

  /// Those that are ours now; later, other guests of the user may have sockets of the same names.
  private final Set<Path> sockets = ConcurrentHashMap.newKeySet();

  /// A signal may end us before our guests end.
  private final Thread atSignal =
      new Thread(() -> sockets.forEach(RuntimeFolder::delete), "hospes-sockets");

  /// One that tells what the host says.
  ///
  /// @param exitCode what the record says
  public ControlServer(
      RuntimeFolder folder, Version version, Legacy legacy, ToIntFunction<Outcome> exitCode) {
    this(folder, version, legacy, exitCode, HostException::getMessage);
  }

  /// @param exitCode what the record says
  /// @param wording how clients are told what the host cannot do
  public ControlServer(
      RuntimeFolder folder,
      Version version,
      Legacy legacy,
      ToIntFunction<Outcome> exitCode,
      Wording wording) {
    this.folder = folder;
    this.version = version;
    this.legacy = legacy;
    this.exitCode = exitCode;
    this.wording = wording;
    Runtime.getRuntime().addShutdownHook(atSignal);
  }

  /// Listens for a guest.
  ///
  /// @throws HostException where another guest of the user has its name, or nobody can listen
  public void expose(Guest guest) {
    expose(guest, () -> {});
  }

  /// A fork is nobody's but ours: when it ends, it is closed.
  private void exposeFork(Guest fork) {
    expose(fork, fork::close);
  }

  private void expose(Guest guest, Runnable atEnd) {
    Path socket = folder.socket(guest.name());
    if (!folder.claims().claim(guest.name())) {
      throw new NameTakenException(guest.name());
    }
    ServerSocketChannel server;
    try {
      server = listen(guest.name(), socket);
    } finally {
      folder.claims().release(guest.name()); // from now on, the socket is the claim
    }
    folder.forget(guest.name());
    if (legacy == Legacy.RECORD) {
      guest.keepDrives();
    }
    write(guest, GuestReport.orphaned(guest));
    new Exposure(guest, server, socket, GuestLog.start(guest, folder), atEnd).start();
  }

  private static ServerSocketChannel listen(String name, Path socket) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        return server;
      } catch (IOException | RuntimeException failure) {
        server.close();
        throw failure;
      }
    } catch (BindException e) {
      throw new NameTakenException(name);
    } catch (IOException e) {
      throw new HostException("cannot listen at %s: %s".formatted(socket, e.getMessage()), e);
    }
  }

  private void write(Guest guest, JsonNode report) {
    try {
      folder.write(guest.name(), Json.line(report));
    } catch (IOException lost) {
      // A record that cannot be written is missed by nobody but ps -a and rm.
    }
  }

  /// Waits until every guest that has a socket has ended, and nothing more is to be cleaned up.
  @Override
  public void close() {
    try {
      for (Thread end : ends) {
        end.join();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    acceptor.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atSignal);
    } catch (IllegalStateException ending) {
      // it is at work, then
    }
  }

  /// One guest, as long as it lives.
  private final class Exposure {
    private final Guest guest;
    private final ServerSocketChannel server;
    private final Path socket;
    private final GuestLog log;
    private final Runnable atEnd;
    private final List<QmpSession> sessions = new CopyOnWriteArrayList<>();
    private volatile Optional<byte[]> end = Optional.empty();

    Exposure(Guest guest, ServerSocketChannel server, Path socket, GuestLog log, Runnable atEnd) {
      this.guest = guest;
      this.server = server;
      this.socket = socket;
      this.log = log;
      this.atEnd = atEnd;
    }

    void start() {
      guest.listen(this::tell);
      acceptor.add(server, this::talk);
      ends.add(Thread.ofVirtual().name("end-" + guest.name()).start(this::awaitEnd));
      sockets.add(socket);
    }

    private void tell(GuestEvent event) {
      byte[] line = QmpEvent.line(event, exitCode, wording);
      if (event instanceof GuestEvent.Ended) {
        end = Optional.of(line);
      }
      sessions.forEach(session -> session.tell(line));
    }

    private void forked(Guest fork) {
      exposeFork(fork);
      byte[] line = QmpEvent.forked(fork.name());
      sessions.forEach(session -> session.tell(line));
    }

    private void talk(SocketChannel client) {
      QmpCommands commands = new QmpCommands(guest, version, this::forked, wording);
      try (client) {
        QmpSession session =
            new QmpSession(
                guest,
                version,
                commands,
                () -> end,
                new BufferedInputStream(Channels.newInputStream(client)),
                Channels.newOutputStream(client));
        sessions.add(session);
        try {
          session.run();
        } finally {
          sessions.remove(session);
        }
      } catch (IOException gone) {
        // the client left
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }

    private void awaitEnd() {
      try {
        Outcome outcome = guest.await();
        log.join();
        switch (legacy) {
          case NOTHING -> folder.forget(guest.name());
          case RECORD ->
              write(guest, GuestReport.ended(guest, outcome, exitCode.applyAsInt(outcome)));
        }
        for (QmpSession session : sessions) {
          session.drain();
        }
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      } finally {
        closeServer();
        atEnd.run(); // frees the name, so the socket must be gone
      }
    }

    private void closeServer() {
      sockets.remove(socket);
      RuntimeFolder.delete(socket);
      acceptor.remove(server);
    }
  }
}
