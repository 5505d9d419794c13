package hospes.host.guest;

import hospes.guests.Claim;
import hospes.guests.MachineKind;
import hospes.guests.Start;
import hospes.host.HostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The kinds of machines that there are. A host knows none of them by name.
public final class Kinds {
  private static final class All {
    static final List<MachineKind> KINDS =
        loader().stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(MachineKind::name))
            .toList();

    /// Asks the modules alone where there are modules: a class path is looked for in every one of
    /// their files, which takes a tenth of the program's start.
    private static ServiceLoader<MachineKind> loader() {
      ModuleLayer modules = Kinds.class.getModule().getLayer();
      return modules == null
          ? ServiceLoader.load(MachineKind.class, MachineKind.class.getClassLoader())
          : ServiceLoader.load(modules, MachineKind.class);
    }
  }

  /// What one kind makes of a file.
  public record Claimed(MachineKind kind, Claim claim) {}

  private Kinds() {}

  /// All kinds, by their names' order.
  public static List<MachineKind> all() {
    return All.KINDS;
  }

  /// The kind of a name.
  static Optional<MachineKind> named(String name) {
    return all().stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /// The kind that is surest of a file; empty where none knows it.
  ///
  /// @throws HostException where two kinds are equally sure
  public static Optional<Claimed> recognise(Start start) {
    List<Claimed> best = new ArrayList<>();
    for (MachineKind kind : all()) {
      kind.recognise(start).ifPresent(claim -> consider(best, new Claimed(kind, claim)));
    }
    if (best.size() > 1) {
      throw new HostException(
          "%s may be %s as well as %s; say which is meant"
              .formatted(start.name(), best.get(0).kind().title(), best.get(1).kind().title()));
    }
    return best.stream().findFirst();
  }

  /// Keeps the surest: more certain before less, and what can be started before what cannot.
  private static void consider(List<Claimed> best, Claimed next) {
    int compared = best.isEmpty() ? 1 : rank(next.claim()) - rank(best.getFirst().claim());
    if (compared > 0) {
      best.clear();
    }
    if (compared >= 0) {
      best.add(next);
    }
  }

  private static int rank(Claim claim) {
    return switch (claim) {
      case Claim.Startable startable -> 2 * startable.certainty().ordinal() + 1;
      case Claim.Unusable unusable -> 2 * unusable.certainty().ordinal();
    };
  }
}
