package hospes.engine;

/// A definition of an instruction that makes no sense; tells the author what and where.
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A reason for the author of the definition.
  public DefinitionException(String message) {
    super(message);
  }
}
