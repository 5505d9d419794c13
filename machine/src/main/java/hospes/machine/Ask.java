package hospes.machine;

/// What a machine may ask of the outside world on a port: what can change there. (What cannot
/// change is a [Tree], and read at once.) Each question has a ticket; its [Reply] is a delivery.
///
/// Told apart by shape, never by device. A port answers what it does not serve with
/// [Reply.Problem#NOT_SERVED]. A `path` is relative to what the port leads to, with `/` between its
/// parts; `""` is that itself.
public sealed interface Ask {
  /// A handle for a file. Answered by [Reply.Opened]. Handles do not outlast the host: after a
  /// restore they are answered [Reply.Problem#LOST].
  record Open(String path, Opening how) implements Ask {}

  /// Bytes of a file, fewer at its end. Answered by [Reply.Content].
  record ReadAt(String path, long position, int length) implements Ask {}

  /// Writes into a file, which is made if need be. Answered by [Reply.Done].
  ///
  /// @param position in bytes, or [#AT_END]
  record WriteAt(String path, long position, byte[] bytes) implements Ask {}

  /// Gives a file this content in one step: whatever happens, it has the old one or the new one.
  /// Answered by [Reply.Done].
  record Replace(String path, byte[] content) implements Ask {}

  /// What is there. Answered by [Reply.Facts].
  record Stat(String path) implements Ask {}

  /// The names in a folder. Answered by [Reply.Names].
  record List(String path) implements Ask {}

  /// Removes a file. Answered by [Reply.Done].
  record Remove(String path) implements Ask {}

  /// Gives a file another name. Answered by [Reply.Done].
  record Rename(String from, String to) implements Ask {}

  /// Keeps others from a stretch of a file, or lets them. Answered by [Reply.Done].
  record Lock(String path, long position, long length, LockMode mode) implements Ask {}

  /// A line that the user is to type. Answered by [Reply.Content], UTF-8 without its end.
  record Line(String prompt) implements Ask {}

  /// Sends a frame to a network. Answered by [Reply.Done].
  record Packet(byte[] frame) implements Ask {}

  /// Shows a picture: rows of pixels, 32 bits each. Answered by [Reply.Done].
  record Picture(int width, int height, byte[] pixels) implements Ask {}

  /// As `position`: behind the last byte.
  long AT_END = -1;

  /// What is opened for.
  enum Opening {
    /// A file that is there.
    READ,
    /// A file that is there or is made.
    READ_WRITE,
    /// A file that is not there yet.
    CREATE
  }

  /// What a lock keeps from others.
  enum LockMode {
    /// Writing.
    SHARED,
    /// Reading and writing.
    EXCLUSIVE,
    /// Nothing any more.
    NONE
  }
}
