package hospes.cli;

import picocli.CommandLine.Command;

@Command(name = "hospes", mixinStandardHelpOptions = true, version = "hospes 0")
final class Hospes {}
