package hospes.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads a whole file that the user named.
final class InputFile {
  private static final long LIMIT = 1L << 30;

  private InputFile() {}

  /// The first bytes of `file`, `length` at most.
  ///
  /// @param role what the file is to the user: `kernel`, `initrd`
  /// @throws CommandFailure where it is missing, no plain file, or unreadable
  static byte[] start(Path file, String role, int length) throws CommandFailure {
    if (!Files.isRegularFile(file)) {
      return read(file, role);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(length);
    } catch (AccessDeniedException e) {
      throw new CommandFailure("%s %s may not be read by you".formatted(role, file), e);
    } catch (IOException e) {
      throw new CommandFailure("%s %s cannot be read: %s".formatted(role, file, e.getMessage()), e);
    }
  }

  /// The content of `file`.
  ///
  /// @param role what the file is to the user: `kernel`, `initrd`
  /// @throws CommandFailure where it is missing, no plain file, unreadable, or longer than 1 GiB
  static byte[] read(Path file, String role) throws CommandFailure {
    try {
      if (Files.isDirectory(file)) {
        throw new CommandFailure("%s %s is a directory, not a file".formatted(role, file));
      }
      if (Files.size(file) > LIMIT) {
        throw new CommandFailure(
            "%s %s is larger than 1 GiB; a disk image belongs to --drive".formatted(role, file));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure("%s %s does not exist".formatted(role, file), e);
    } catch (AccessDeniedException e) {
      throw new CommandFailure("%s %s may not be read by you".formatted(role, file), e);
    } catch (IOException e) {
      throw new CommandFailure("%s %s cannot be read: %s".formatted(role, file, e.getMessage()), e);
    }
  }
}
