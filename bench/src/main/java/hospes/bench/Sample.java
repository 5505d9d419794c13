package hospes.bench;

/// One timed run.
///
/// @param wall seconds from the start of the process to the awaited event
/// @param cpu seconds that the process's threads spent in user and system mode until then
record Sample(double wall, double cpu) {}
