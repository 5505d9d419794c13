package hospes.host.ports;

import hospes.machine.Ask;
import hospes.machine.Reply;
import hospes.machine.Reply.Problem;
import hospes.storage.files.Reasons;
import hospes.storage.files.ReplacedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/// The files of one folder, for a machine that its user lets use them. Nothing leads out of it: no
/// name with a path in it, and no link.
public final class FolderServer implements PortServer {
  /// Most bytes that one answer brings.
  private static final int MOST_BYTES = (1 << 24) + 1;

  private final Path folder;

  /// Serves a folder.
  public FolderServer(Path folder) {
    this.folder = folder;
  }

  @Override
  public Reply answer(Ask what) {
    return switch (what) {
      case Ask.Stat(String name) -> answer("look at", name, this::stat);
      case Ask.ReadAt(String name, long position, int length) ->
          answer("read", name, file -> read(file, position, length));
      case Ask.Replace(String name, byte[] content) ->
          answer("write", name, file -> replace(file, content));
      case Ask.WriteAt(String name, long position, byte[] bytes) ->
          answer("write to", name, file -> write(file, position, bytes));
      case Ask.Remove(String name) -> answer("remove", name, this::remove);
      case Ask.Rename(String from, String to) -> answer("rename", from, file -> rename(file, to));
      case Ask.List(String name) when name.isEmpty() -> list();
      case Ask.List _, Ask.Open _, Ask.Lock _, Ask.Line _, Ask.Packet _, Ask.Picture _ ->
          new Reply.Refused(Problem.NOT_SERVED, "a folder cannot do that");
    };
  }

  private interface Work {
    Reply with(Path file) throws IOException;
  }

  private Reply answer(String verb, String name, Work work) {
    try {
      return work.with(file(name));
    } catch (NoSuchFileException e) {
      return refused(Problem.NOT_FOUND, verb, name, "there is no such file");
    } catch (InvalidPathException e) {
      return refused(Problem.WRONG_KIND, verb, name, "no file can be named so");
    } catch (WrongKindException e) {
      return refused(Problem.WRONG_KIND, verb, name, String.valueOf(e.getReason()));
    } catch (IOException e) {
      return refused(Problem.HOST_ERROR, verb, name, Reasons.of(e));
    }
  }

  private static Reply refused(Problem problem, String verb, String name, String why) {
    return new Reply.Refused(problem, "cannot %s %s: %s".formatted(verb, name, why));
  }

  /// Something that is no file of the folder.
  private static final class WrongKindException extends FileSystemException {
    private static final long serialVersionUID = 1;

    WrongKindException(String name, String why) {
      super(name, null, why);
    }
  }

  private Path file(String name) throws WrongKindException {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw new WrongKindException(name, "that is no plain name of a file");
    }
    Path file = folder.resolve(name);
    if (!folder.equals(file.getParent())) {
      throw new WrongKindException(name, "that is no plain name of a file");
    }
    return file;
  }

  private static void requireOwn(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new WrongKindException(file.toString(), "it is a link, a folder or a device");
    }
  }

  private Reply stat(Path file) throws IOException {
    BasicFileAttributes is =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Reply.Facts(
        is.isRegularFile()
            ? Reply.Kind.FILE
            : is.isDirectory() ? Reply.Kind.FOLDER : Reply.Kind.OTHER,
        is.size());
  }

  private Reply read(Path file, long position, int length) throws IOException {
    // Not a pipe or the like, which could keep the machine waiting for ever.
    requireOwn(file);
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long left = Math.max(0, in.size() - Math.max(0, position));
      ByteBuffer bytes =
          ByteBuffer.allocate((int) Math.min(Math.clamp(length, 0, MOST_BYTES), left));
      while (bytes.hasRemaining()
          && in.read(bytes, Math.max(0, position) + bytes.position()) >= 0) {}
      byte[] read = new byte[bytes.position()];
      bytes.flip().get(read);
      return new Reply.Content(read);
    }
  }

  private static Reply replace(Path file, byte[] content) throws IOException {
    requireOwn(file);
    ReplacedFile.write(file, out -> out.write(content));
    return new Reply.Done();
  }

  private static Reply write(Path file, long position, byte[] bytes) throws IOException {
    requireOwn(file);
    try (FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      long at = position == Ask.AT_END ? out.size() : Math.max(0, position);
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        at += out.write(left, at);
      }
      return new Reply.Done();
    }
  }

  private Reply remove(Path file) throws IOException {
    requireOwn(file);
    Files.delete(file);
    return new Reply.Done();
  }

  private Reply rename(Path file, String to) throws IOException {
    Path target = file(to);
    requireOwn(file);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return refused(Problem.EXISTS, "rename", file.getFileName().toString(), to + " exists");
    }
    Files.move(file, target);
    return new Reply.Done();
  }

  private Reply list() {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
      return new Reply.Names(names);
    } catch (IOException e) {
      return new Reply.Refused(
          Problem.HOST_ERROR, "cannot list %s: %s".formatted(folder, Reasons.of(e)));
    }
  }
}
