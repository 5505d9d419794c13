package hospes.zmachine.text;

/// Text, a dictionary or a table of them does not lie within the story.
public final class TextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int address;

  TextException(String message, int address) {
    super("%s at %#x".formatted(message, address));
    this.address = address;
  }

  /// Where the text or table begins.
  public int address() {
    return address;
  }
}
