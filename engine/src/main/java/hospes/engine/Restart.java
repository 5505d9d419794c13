package hospes.engine;

import hospes.machine.Trap;

/// No trap of the guest's: what executes must be looked up anew, in the middle of an instruction
/// that has done nothing yet. The instruction is executed from its beginning then, and counts once.
public record Restart() implements Trap {}
