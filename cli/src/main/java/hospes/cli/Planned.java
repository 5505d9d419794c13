package hospes.cli;

import hospes.guests.Plan;
import hospes.host.guest.GuestName;
import hospes.host.template.ImageStart;
import java.util.Optional;

/// What the user wants to run.
///
/// @param plan the machine
/// @param name the guest's name, where the user gives none
/// @param label what it is, for people
/// @param image the image that it boots, if it does
record Planned(Plan plan, GuestName name, String label, Optional<ImageStart> image) {}
