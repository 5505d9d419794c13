package hospes.zmachine;

import java.util.OptionalInt;

/// What to build a Z-machine from.
///
/// @param story what is played
/// @param name by which files that the story saves are called unless the user says otherwise: of
/// `zork.z3`, `zork`
/// @param screen what the story prints to
/// @param script what becomes of what the user types
/// @param seed what random numbers begin with; without one nobody can foretell them
record ZSpec(Story story, String name, ScreenSpec screen, ScriptMode script, OptionalInt seed) {}
