package hospes.formats.quetzal;

/// Which story a file belongs to, as that story's header tells. Quetzal 1.4, 5.4.
///
/// @param release the release number
/// @param serial the serial code: six characters of Latin-1
/// @param checksum the checksum that the header tells
public record StoryIdentity(int release, String serial, int checksum) {
  /// @throws IllegalArgumentException where the serial code has not six characters
  public StoryIdentity {
    if (serial.length() != 6) {
      throw new IllegalArgumentException("a serial code has six characters, not " + serial);
    }
  }

  @Override
  public String toString() {
    return "release %d, serial %s".formatted(release, serial);
  }
}
