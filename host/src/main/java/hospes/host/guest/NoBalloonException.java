package hospes.host.guest;

import hospes.host.HostException;

/// A guest was asked for memory, and has no driver that could give it up.
public final class NoBalloonException extends HostException {
  private static final long serialVersionUID = 1;

  /// @param guest the guest's name
  NoBalloonException(String guest) {
    super(
        "guest %s has no memory balloon, or no driver of it that runs (Linux: modprobe virtio_balloon)"
            .formatted(guest));
  }
}
