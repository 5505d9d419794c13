package hospes.host;

/// The name that the user chose for a guest is another one's.
public final class NameTakenException extends HostException {
  private static final long serialVersionUID = 1;

  private final String name;

  /// @param name the name
  public NameTakenException(String name) {
    super("there is a guest named %s already".formatted(name));
    this.name = name;
  }

  /// The name.
  public String name() {
    return name;
  }
}
