package hospes.devices.virtio;

/// How a virtio device is reached by its driver (Virtio 1.2, chapter 4), as the device sees it.
interface VirtioTransport {
  /// Has the device look at a queue as if the driver had notified it, unless the driver has not
  /// set it up or the device waits for a reset.
  void serve(int queueNumber);

  /// Whether the driver runs and has set a queue up.
  boolean isReady(int queueNumber);

  /// Tells the driver, if one runs, that the configuration space is another one now.
  void configurationChanged();
}
