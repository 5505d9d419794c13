package hospes.formats.blorb;

import hospes.formats.FormatException;

/// The bytes are no Blorb file, or a damaged one.
public final class BlorbException extends FormatException {
  private static final long serialVersionUID = 1L;

  BlorbException(String message) {
    super(message);
  }

  BlorbException(String message, Throwable cause) {
    super(message, cause);
  }

  static BlorbException damaged(String what) {
    return new BlorbException("the Blorb file is damaged: %s; get it anew".formatted(what));
  }
}
