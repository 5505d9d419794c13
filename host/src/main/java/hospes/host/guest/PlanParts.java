package hospes.host.guest;

import hospes.formats.journal.Digest;
import hospes.formats.journal.JournalHeader.Ingredient;
import hospes.guests.OptionSpec;
import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.host.HostException;
import hospes.host.ports.FolderServer;
import hospes.host.ports.OutputServer;
import hospes.host.ports.PortRouter;
import hospes.machine.Content;
import hospes.machine.PortName;
import hospes.machine.Reply;
import hospes.storage.DriveSpec;
import hospes.storage.DriveWords;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a plan wants of the host: disks, and what ports lead to.
final class PlanParts {
  private PlanParts() {}

  /// The disks, in the order in which they are named.
  static List<DriveSpec> drives(Plan plan) {
    List<DriveSpec> drives = new ArrayList<>();
    for (OptionSpec option : plan.kind().options()) {
      for (Value value : plan.all(option.name())) {
        if (value instanceof Value.Disk(String file, List<String> words)) {
          drives.add(drive(file, words));
        }
      }
    }
    return drives;
  }

  private static DriveSpec drive(String file, List<String> words) {
    try {
      return DriveWords.spec(Path.of(file), words);
    } catch (IllegalArgumentException e) { // an InvalidPathException too
      throw new HostException("no drive can be \"%s\": %s".formatted(file, e.getMessage()), e);
    }
  }

  /// The other ends of the ports to which options lead.
  ///
  /// @throws HostException where one cannot be opened
  static PortRouter ports(Plan plan) {
    PortRouter ports = new PortRouter();
    boolean done = false;
    try {
      for (OptionSpec option : plan.kind().options()) {
        if (option.port().isPresent()
            && plan.value(option.name()).orElse(new Value.Flag())
                instanceof Value.Place(String at)) {
          serve(ports, option, at);
        }
      }
      done = true;
      return ports;
    } finally {
      if (!done) {
        ports.close();
      }
    }
  }

  /// The files that a machine starts from, by what they hold.
  ///
  /// @throws hospes.machine.HostLossException where one cannot be read any more
  static List<Ingredient> ingredients(Plan plan) {
    List<Ingredient> ingredients = new ArrayList<>();
    plan.values()
        .forEach(
            (option, values) -> {
              for (Value value : values) {
                if (value instanceof Value.File(String _, Content content)) {
                  ingredients.add(
                      new Ingredient(option, content.size(), new Digest(content.digest())));
                }
              }
            });
    return ingredients;
  }

  private static void serve(PortRouter ports, OptionSpec option, String at) {
    PortName name = new PortName(option.port().orElseThrow());
    switch (option.type()) {
      case OptionSpec.Type.Folder() -> ports.serve(name, new FolderServer(path(at)));
      case OptionSpec.Type.Output() -> ports.serve(name, new OutputServer(path(at)));
      case OptionSpec.Type.Flag _,
          OptionSpec.Type.Text _,
          OptionSpec.Type.Number _,
          OptionSpec.Type.Size _,
          OptionSpec.Type.File _,
          OptionSpec.Type.Disk _,
          OptionSpec.Type.Product _ ->
          throw new IllegalArgumentException("nothing of the host's is behind " + option.name());
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new HostException("no file can be named \"%s\"".formatted(text), e);
    }
  }

  /// The other ends of the ports of a fork or a restored machine: folders are the same, but what
  /// another guest writes is not written twice.
  static PortRouter portsOfCopy(Plan plan) {
    PortRouter ports = new PortRouter();
    for (OptionSpec option : plan.kind().options()) {
      if (option.port().isPresent()
          && plan.value(option.name()).orElse(new Value.Flag()) instanceof Value.Place(String at)) {
        if (option.type() instanceof OptionSpec.Type.Output) {
          ports.serve(new PortName(option.port().get()), what -> new Reply.Done());
        } else {
          serve(ports, option, at);
        }
      }
    }
    return ports;
  }
}
