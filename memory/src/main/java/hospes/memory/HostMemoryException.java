package hospes.memory;

/// The host has no memory left for another frame. A host's problem, never the guest's fault.
public final class HostMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  HostMemoryException(long usedBytes, Throwable cause) {
    super(
        "the host has no memory left for guests, which hold %d MiB now; start with a smaller --memory or raise"
                .formatted(usedBytes >> 20)
            + " -XX:MaxDirectMemorySize",
        cause);
  }
}
