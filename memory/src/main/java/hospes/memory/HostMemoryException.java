package hospes.memory;

/// The host has no memory left for another frame.
public final class HostMemoryException extends HostFaultException {
  private static final long serialVersionUID = 1;

  HostMemoryException(long usedBytes, Throwable cause) {
    super(
        "the host has no memory left for guests, which hold %d MiB now; start fewer guests, or give each less memory"
            .formatted(usedBytes >> 20),
        cause);
  }
}
