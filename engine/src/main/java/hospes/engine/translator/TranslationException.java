package hospes.engine.translator;

/// A region cannot be made, or would not be worth it.
public final class TranslationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TranslationException(String message) {
    super(message);
  }
}
