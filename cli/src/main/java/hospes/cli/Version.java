package hospes.cli;

import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote into the module's description.
final class Version implements IVersionProvider {
  private static final String UNKNOWN = "(unknown version)";

  /// The version's number.
  static String number() {
    ModuleDescriptor module = Version.class.getModule().getDescriptor();
    return module == null ? UNKNOWN : module.rawVersion().orElse(UNKNOWN);
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "hospes " + number(),
      "JDK "
          + Runtime.version()
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }
}
