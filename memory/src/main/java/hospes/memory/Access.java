package hospes.memory;

/// What an access to memory is for.
public enum Access {
  READ,
  WRITE,
  EXECUTE
}
