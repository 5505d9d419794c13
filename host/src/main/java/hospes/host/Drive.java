package hospes.host;

import java.nio.file.Path;

/// A disk in a file of the host.
public record Drive(Path file, DriveAccess access) {}
