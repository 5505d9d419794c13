package hospes.host.guest;

import hospes.guests.Description;
import hospes.guests.Description.ConsoleStyle;
import java.util.List;

/// A guest's machine in a few words, for the user.
///
/// @param kind the name of its kind
/// @param processors how many it has
/// @param memoryBytes size of its memory
/// @param drives the files of its disks
/// @param console how its console wants to be treated
public record GuestDescription(
    String kind, int processors, long memoryBytes, List<String> drives, ConsoleStyle console) {
  static GuestDescription of(GuestMachine guest) {
    Description machine = guest.description();
    return new GuestDescription(
        guest.plan().kind().name(),
        machine.processors(),
        machine.memoryBytes(),
        guest.drives(),
        machine.console());
  }
}
