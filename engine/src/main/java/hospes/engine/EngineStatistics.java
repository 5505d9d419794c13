package hospes.engine;

/// What the engine of one guest did so far.
///
/// @param made regions that were translated for it
/// @param shared regions that it took from the library, or that another guest had translated
/// @param installed regions that it executes now
/// @param invalidated regions that it wrote over, or whose page is not watched any more
/// @param refusing regions that were dropped because they could not be entered again and again
/// @param trapping regions that were dropped because they trapped at their beginning again and
// again
/// @param surplus regions that were dropped because there were too many
/// @param failed regions that could not be translated
/// @param rejected translations that nobody would make because the host is shutting down
public record EngineStatistics(
    long made,
    long shared,
    int installed,
    long invalidated,
    long refusing,
    long trapping,
    long surplus,
    long failed,
    long rejected) {}
