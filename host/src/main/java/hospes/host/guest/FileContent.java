package hospes.host.guest;

import hospes.host.HostException;
import hospes.machine.Content;
import hospes.machine.HostLossException;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a file of the host holds, read when it is asked for the first time, and kept then.
public final class FileContent implements Content {
  private final Path file;
  private final long size;
  private byte @Nullable [] bytes;

  private FileContent(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  /// The content of a file.
  ///
  /// @param role what the file is, for messages
  /// @throws HostException where it is no file that can be read
  public static FileContent of(Path file, String role) {
    try {
      if (Files.isDirectory(file)) {
        throw new HostException("%s %s is a folder".formatted(role, file));
      }
      if (!Files.isReadable(file)) {
        throw new HostException(
            Files.exists(file)
                ? "cannot read %s %s: permission denied".formatted(role, file)
                : "%s %s does not exist".formatted(role, file));
      }
      return new FileContent(file, Files.size(file));
    } catch (NoSuchFileException e) {
      throw new HostException("%s %s does not exist".formatted(role, file), e);
    } catch (IOException e) {
      throw new HostException("cannot read %s %s: %s".formatted(role, file, Reasons.of(e)), e);
    }
  }

  /// The file.
  public Path file() {
    return file;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public synchronized byte[] bytes() {
    byte[] known = bytes;
    if (known == null) {
      try {
        known = Files.readAllBytes(file);
      } catch (IOException e) {
        throw lost(e);
      }
      bytes = known;
    }
    return known;
  }

  @Override
  public byte[] first(int length) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(length);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private HostLossException lost(IOException e) {
    return new HostLossException("cannot read %s: %s".formatted(file, Reasons.of(e)), e);
  }
}
