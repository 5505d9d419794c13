package hospes.cli;

import hospes.host.guest.GuestName;
import hospes.host.Virt;

/// What a guest boots.
///
/// @param name the guest's name, where the user gives none
/// @param virt the guest, with what it boots and nothing else said yet
record BootPlan(GuestName name, Virt virt) {}
