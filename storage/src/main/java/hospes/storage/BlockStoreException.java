package hospes.storage;

/// A drive that cannot be used as it was given; the message tells the user why and what to do.
public final class BlockStoreException extends Exception {
  private static final long serialVersionUID = 1;

  BlockStoreException(String message) {
    super(message);
  }

  BlockStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
