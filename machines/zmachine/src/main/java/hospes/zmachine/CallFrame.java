package hospes.zmachine;

/// A call that is going on, apart from the stack that holds it.
///
/// @param routine the routine's address, or 0 where it is not known
/// @param returnAddress where its caller goes on; 0 for the main routine
/// @param result the variable that takes its result, or [CallStack#NO_RESULT]
/// @param arguments how many arguments it was given
/// @param locals its local variables
/// @param stack what it pushed, the oldest first
@SuppressWarnings("ArrayRecordComponent") // made and used in one place; nobody compares them
record CallFrame(
    int routine, int returnAddress, int result, int arguments, int[] locals, int[] stack) {}
