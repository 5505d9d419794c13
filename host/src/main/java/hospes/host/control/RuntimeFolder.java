package hospes.host.control;

import hospes.host.HostException;
import hospes.host.guest.GuestName;
import hospes.host.guest.NameClaims;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The folder in which the guests of one user are found: `$XDG_RUNTIME_DIR/hospes`, or one in the
/// temporary folder. Nobody else may enter it.
///
/// | file | content |
/// |---|---|
/// | `NAME.sock` | the control socket of a guest that lives |
/// | `NAME.log`, `NAME.log.1` | its console's output, the older part in the second |
/// | `NAME.json` | how it ended; while it lives, what is so if its host is killed |
/// | `names.lock` | [locks][NameLocks] of the names of guests that are about to be |
public final class RuntimeFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final String SOCKET = ".sock";
  private static final String RECORD = ".json";
  private static final String UNFINISHED = ".json.new";

  /// What the address of a socket has room for.
  private static final int MAX_ADDRESS = 107;

  private final Path folder;
  private final NameLocks names;

  private RuntimeFolder(Path folder) {
    this.folder = folder;
    names = new NameLocks(folder.resolve("names.lock"));
  }

  /// The user's folder; made where it is missing.
  ///
  /// @throws HostException where there is none that is the user's alone
  public static RuntimeFolder of(Map<String, String> environment) {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path folder =
        runtime.isEmpty()
            ? Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("hospes-" + System.getProperty("user.name"))
            : Path.of(runtime, "hospes");
    return at(folder);
  }

  static RuntimeFolder at(Path folder) {
    try {
      try {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } catch (FileAlreadyExistsException there) {
        // then it must be ours
      }
      check(folder);
      return new RuntimeFolder(folder);
    } catch (IOException | UnsupportedOperationException e) {
      throw new HostException(
          "cannot use the folder %s for control sockets (%s); set XDG_RUNTIME_DIR to a folder of yours"
              .formatted(folder, e),
          e);
    }
  }

  /// In a shared temporary folder, somebody else may have been there first.
  private static void check(Path folder) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    // Named by hand: a random name would cost the start of the random source.
    Path probe =
        folder.resolve(".owner-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    Files.createFile(probe);
    boolean ours = Files.getOwner(probe).equals(found.owner());
    Files.delete(probe);
    if (!found.isDirectory() || !ours || !found.permissions().equals(OWNER_ONLY)) {
      throw new HostException(
          "the folder %s is not yours alone, so control sockets in it are not safe; remove it, or set XDG_RUNTIME_DIR"
              .formatted(folder));
    }
  }

  /// A guest's control socket.
  ///
  /// @throws HostException where its path is too long for a socket
  public Path socket(String name) {
    Path socket = file(name, SOCKET);
    if (socket.toString().length() > MAX_ADDRESS) {
      throw new HostException(
          "the path %s is too long for a socket; set XDG_RUNTIME_DIR to a shorter folder"
              .formatted(socket));
    }
    return socket;
  }

  /// The newer part of a guest's console log.
  public Path log(String name) {
    return file(name, ".log");
  }

  /// The older part of a guest's console log.
  public Path olderLog(String name) {
    return file(name, ".log.1");
  }

  /// How a guest ended.
  public Path record(String name) {
    return file(name, RECORD);
  }

  /// Writes a guest's [#record], whole or not at all.
  void write(String name, byte[] content) throws IOException {
    Path unfinished = Files.write(file(name, UNFINISHED), content);
    Files.move(unfinished, record(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(String name, String suffix) {
    // A name from the command line must not lead out of the folder.
    return folder.resolve(name(name) + suffix);
  }

  private static String name(String name) {
    return new GuestName(name, GuestName.Origin.CHOSEN).text();
  }

  /// The guests that live. What killed hosts left behind, sockets above all, is removed.
  public List<String> living() {
    for (String name : names(UNFINISHED)) {
      if (!isAlive(name)) {
        delete(file(name, UNFINISHED));
      }
    }
    List<String> living = new ArrayList<>();
    for (String name : names(SOCKET)) {
      if (isAlive(name)) {
        living.add(name);
      }
    }
    return living;
  }

  /// The guests of which a record tells how they ended.
  public List<String> ended() {
    return names(RECORD).stream().filter(name -> !isAlive(name)).toList();
  }

  private List<String> names(String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(suffix))
          .map(file -> file.substring(0, file.length() - suffix.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new HostException("cannot read the folder %s: %s".formatted(folder, e), e);
    }
  }

  /// Whether somebody listens to a guest's socket; it is removed where nobody does, which a host
  /// that was killed leaves behind.
  public boolean isAlive(String name) {
    Path socket = socket(name);
    return switch (listener(socket)) {
      case THERE -> true;
      case NONE -> false;
      case STALE -> {
        // Not while somebody is about to listen there.
        if (names.tryLock(name)) {
          try {
            yield !isFree(socket);
          } finally {
            names.unlock(name);
          }
        }
        yield false;
      }
    };
  }

  private enum Listener {
    /// Somebody listens.
    THERE,
    /// Nobody does, and there is no socket.
    NONE,
    /// Nobody does, though there is a socket.
    STALE
  }

  private static Listener listener(Path socket) {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return Listener.NONE; // as for most names, and far quicker than to ask
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return Listener.THERE;
    } catch (ConnectException stale) {
      return Listener.STALE;
    } catch (IOException gone) {
      return Listener.NONE;
    }
  }

  /// Looks once more, as the only one who may: what is stale now, stays so, and is removed.
  private static boolean isFree(Path socket) {
    return switch (listener(socket)) {
      case THERE -> false;
      case NONE -> true;
      case STALE -> delete(socket);
    };
  }

  /// Claims to the names of guests of this folder. From the claim to the moment when the guest is
  /// to be found by its socket, nobody else gets its name.
  public NameClaims claims() {
    return new NameClaims() {
      @Override
      public boolean claim(String name) {
        Path socket = socket(name);
        if (!names.tryLock(name)) {
          return names.has(name);
        }
        boolean free = isFree(socket);
        if (!free) {
          names.unlock(name);
        }
        return free;
      }

      @Override
      public void release(String name) {
        names.unlock(name);
      }
    };
  }

  /// Removes a guest's log and record.
  ///
  /// @return whether there was any
  public boolean forget(String name) {
    return delete(log(name))
        | delete(olderLog(name))
        | delete(record(name))
        | delete(file(name, UNFINISHED));
  }

  static boolean delete(Path file) {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      return false; // the next who looks tries again
    }
  }

  /// Waits for guests that come and go.
  public static final class Changes implements AutoCloseable {
    private final WatchService watch;

    private Changes(Path folder) throws IOException {
      watch = folder.getFileSystem().newWatchService();
      folder.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
    }

    /// Waits until something in the folder is another than when this was called before.
    public void await() throws InterruptedException {
      WatchKey key = watch.take();
      key.pollEvents();
      key.reset();
    }

    @Override
    public void close() {
      try {
        watch.close();
      } catch (IOException ignored) {
        // nothing is left to be told
      }
    }
  }

  /// Watches the folder from now on.
  ///
  /// @throws HostException where the system does not let us
  public Changes watch() {
    try {
      return new Changes(folder);
    } catch (IOException e) {
      throw new HostException("cannot watch the folder %s: %s".formatted(folder, e), e);
    }
  }
}
