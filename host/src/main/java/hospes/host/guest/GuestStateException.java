package hospes.host.guest;

import hospes.host.HostException;

/// Something was asked of a guest that it cannot do in its state.
public final class GuestStateException extends HostException {
  private static final long serialVersionUID = 1;

  private final GuestState state;

  GuestStateException(String name, GuestState state, String action) {
    super("guest %s cannot %s: %s".formatted(name, action, why(state)));
    this.state = state;
  }

  private static String why(GuestState state) {
    return switch (state) {
      case CREATED -> "it was not started";
      case RUNNING -> "it is running already";
      case PAUSED -> "it is paused";
      case STOPPED -> "it has ended";
    };
  }

  /// The guest's state at that time.
  public GuestState state() {
    return state;
  }
}
