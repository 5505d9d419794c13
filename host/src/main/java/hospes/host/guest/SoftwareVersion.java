package hospes.host.guest;

import java.lang.module.ModuleDescriptor;

/// The version of Hospes that runs.
public final class SoftwareVersion {
  private SoftwareVersion() {}

  /// Its text; empty where Hospes does not run as modules.
  public static String text() {
    ModuleDescriptor module = SoftwareVersion.class.getModule().getDescriptor();
    return module == null ? "" : module.rawVersion().orElse("");
  }
}
