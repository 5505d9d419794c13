package hospes.cli;

import picocli.CommandLine;

/// The run that `./hospes` records into the JVM's ahead-of-time cache after a build: a little of
/// what every start does.
public final class Training {
  private Training() {}

  /// Runs the sample commands; what they print is of no interest.
  public static void main(String[] arguments) {
    new CommandLine(new Hospes()).execute("--help");
    new CommandLine(new Hospes()).execute("--version");
  }
}
