package hospes.host.memory;

import hospes.images.ImageSettings;
import hospes.memory.SwapFile;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// Where pages of guests go that a host has no memory for.
///
/// @param folder where the swap file is made when it is first needed. It never shows up there: the
/// file loses its name when it is opened
/// @param mostBytes how long the file may become; 0 for no swapping
public record SwapSpace(Path folder, long mostBytes) {
  private static final AtomicInteger FILES = new AtomicInteger();

  /// Swap space.
  ///
  /// @throws IllegalArgumentException where the size is negative
  public SwapSpace {
    if (mostBytes < 0) {
      throw new IllegalArgumentException("a swap file has 0 bytes or more, not " + mostBytes);
    }
  }

  /// As much as the guests need, in the user's cache folder.
  public static SwapSpace usual() {
    return new SwapSpace(ImageSettings.of(System.getenv()).cache(), Long.MAX_VALUE);
  }

  /// Room for so many bytes.
  public SwapSpace withMost(long bytes) {
    return new SwapSpace(folder, bytes);
  }

  /// Makes the file.
  ///
  /// @throws SwapOffException where there is to be none
  SwapFile open() throws IOException {
    if (mostBytes == 0) {
      throw new SwapOffException();
    }
    Path file =
        folder.resolve(
            "swap-%d-%d".formatted(ProcessHandle.current().pid(), FILES.incrementAndGet()));
    try {
      Files.createDirectories(folder);
      return new SwapFile(file, mostBytes);
    } catch (IOException e) {
      throw new IOException(
          "a swap file cannot be made in %s: %s".formatted(folder, Reasons.of(e)), e);
    }
  }
}
