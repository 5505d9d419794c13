package hospes.memory;

import java.io.IOException;

/// The content of a page that was kept elsewhere cannot be read any more.
public final class LostPageException extends HostFaultException {
  private static final long serialVersionUID = 1;

  LostPageException(PageSource source, IOException cause) {
    super(
        "a page of the guest's memory cannot be read from %s: %s".formatted(source, cause), cause);
  }
}
