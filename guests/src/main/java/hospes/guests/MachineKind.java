package hospes.guests;

import hospes.machine.Content;
import hospes.machine.SnapshotException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One sort of machine that a host can build. Found by [java.util.ServiceLoader]; a host, its
/// commands and its files know of it what is here, and nothing more.
///
/// `docs/adding-a-machine.md` is the recipe for another one.
public interface MachineKind {
  /// The name, for snapshots and journals: lower-case letters and digits. Never another one again.
  String name();

  /// What such a machine is, as in "NAME is for an emulated RISC-V computer".
  String title();

  /// What the user can say of such a machine; commands build their options from it.
  List<OptionSpec> options();

  /// Whether such a machine draws on the terminal before which its plan puts it.
  default boolean drawsScreen() {
    return false;
  }

  /// What this kind makes of a file: how sure it is, and why. Looks at as little of it as it can.
  Optional<Claim> recognise(Start start);

  /// What such a machine can be started from without any file, by name: made when it is asked for.
  default Map<String, BuiltIn> builtIn() {
    return Map.of();
  }

  /// Something that is part of a kind.
  ///
  /// @param what it is, for lists
  /// @param values by the names of options
  record BuiltIn(String what, Map<String, List<Value>> values) {}

  /// A machine at power-on.
  ///
  /// @throws RefusedException where it cannot be built from the plan
  HostedMachine build(Plan plan, Resources given, Identity.Own who);

  /// A machine that goes on from what [HostedMachine#freeze] took.
  ///
  /// @throws SnapshotException where the state is damaged, or of another machine
  /// @throws RefusedException where it cannot be built from the plan
  HostedMachine restore(Saved state, Resources given, Identity who);

  /// What a plan would lead to without being run, such as a board's description.
  ///
  /// @param option an option of this kind whose type is [OptionSpec.Type.Product]
  /// @throws RefusedException where it cannot be made
  default byte[] product(String option, Plan plan, Resources given, Identity.Own who) {
    throw new IllegalArgumentException("nothing is made by " + option);
  }

  /// Facts about a file that this kind [recognises][#recognise], in the order in which they are
  /// told, by name.
  ///
  /// @throws RefusedException where the file is damaged
  default Map<String, String> facts(Start start) {
    return Map.of();
  }

  /// Writes the instructions in a file that this kind recognises.
  ///
  /// @param style of the text
  /// @throws RefusedException where the file is damaged, or has none
  /// @throws IOException where `out` fails
  default void disassemble(Start start, DisassemblyStyle style, Appendable out) throws IOException {
    throw new RefusedException(
        Problem.of("%s has no instructions that can be shown".formatted(start.name())));
  }

  /// How instructions are written.
  enum DisassemblyStyle {
    /// As people write them.
    ALIASES,
    /// Each by its own name.
    PLAIN
  }

  /// Small machines with what to type at each, for a build that wants to have the way to a start
  /// trained.
  default List<Sample> samples() {
    return List.of();
  }

  /// A small machine that ends by itself.
  ///
  /// @param start what it is started from
  /// @param prompt what it says when it waits for input
  /// @param typed what is typed at it
  record Sample(String fileName, Content start, String prompt, String typed) {}
}
