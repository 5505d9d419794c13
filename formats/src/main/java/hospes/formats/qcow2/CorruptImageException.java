package hospes.formats.qcow2;

import hospes.formats.FormatException;

/// An image that must not be written to any more, for a write would destroy more of it.
final class CorruptImageException extends FormatException {
  private static final long serialVersionUID = 1;

  CorruptImageException(String message) {
    super(message + "; look at it with: qemu-img check");
  }
}
