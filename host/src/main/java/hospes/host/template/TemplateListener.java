package hospes.host.template;

/// Hears what happens to the template that a guest is to start from ([ImageStart#starter]), on the
/// thread that starts the guest.
public interface TemplateListener {
  /// There is none yet: the guest is booted once to make it, which takes as long as any boot.
  default void making(String image) {}

  /// Another process makes it now, and is waited for.
  default void waiting(String image) {}

  /// The one that is there cannot be used, and is made anew.
  default void damaged(String image, String reason) {}

  /// It cannot be made: the guest boots.
  default void unavailable(String image, String reason) {}

  /// One that does not listen.
  static TemplateListener none() {
    return new TemplateListener() {};
  }
}
