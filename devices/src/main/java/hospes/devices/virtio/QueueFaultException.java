package hospes.devices.virtio;

/// A driver broke the rules of a virtqueue so that the device cannot go on: it needs a reset. Never
/// leaves [VirtioMmio].
final class QueueFaultException extends Exception {
  private static final long serialVersionUID = 1;

  /// What the driver did, for a developer who looks with a debugger.
  QueueFaultException(String message) {
    super(message, null, false, false);
  }
}
