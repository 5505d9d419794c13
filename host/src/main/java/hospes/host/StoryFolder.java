package hospes.host;

import hospes.storage.files.Reasons;
import hospes.storage.files.ReplacedFile;
import hospes.zmachine.screen.StoryFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// The files of one folder, for a story that the user lets save there. Nothing leads out of it: no
/// name with a path in it, and no link.
final class StoryFolder implements StoryFiles {
  private final Path folder;
  private final Consumer<String> commands;

  /// @param commands takes what the user types
  StoryFolder(Path folder, Consumer<String> commands) {
    this.folder = folder;
    this.commands = commands;
  }

  @Override
  public void typed(String command) {
    commands.accept(command);
  }

  @Override
  public byte[] read(String name) throws IOException {
    Path file = file(name);
    try {
      if (!exists(name)) {
        throw new FileSystemException(name, null, "there is no such file");
      }
      // Not a pipe or the like, which could keep the story waiting for ever.
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] content = in.readNBytes(MOST_BYTES + 1);
        if (content.length > MOST_BYTES) {
          throw new FileSystemException(name, null, "it is longer than 16 MiB");
        }
        return content;
      }
    } catch (IOException e) {
      throw failed("read", name, e);
    }
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    Path file = file(name);
    try {
      requireOwn(name, file);
      ReplacedFile.write(file, out -> out.write(content));
    } catch (IOException e) {
      throw failed("write", name, e);
    }
  }

  @Override
  public void append(String name, byte[] content) throws IOException {
    Path file = file(name);
    try {
      requireOwn(name, file);
      Files.write(
          file,
          content,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw failed("write to", name, e);
    }
  }

  @Override
  public boolean exists(String name) {
    try {
      return Files.isRegularFile(file(name), LinkOption.NOFOLLOW_LINKS);
    } catch (IOException noName) {
      return false;
    }
  }

  private static void requireOwn(String name, Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(name, null, "it is a link, a folder or a device");
    }
  }

  private Path file(String name) throws IOException {
    if (!StoryFiles.isPlainName(name)) {
      throw new IOException("\"%s\" is no plain name of a file".formatted(name));
    }
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw new IOException("no file can be named \"%s\"".formatted(name), e);
    }
  }

  private static IOException failed(String what, String name, IOException e) {
    return new IOException("cannot %s %s: %s".formatted(what, name, Reasons.of(e)), e);
  }
}
