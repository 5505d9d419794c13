package hospes.engine.translator;

import hospes.engine.Region;

/// A region that was translated.
///
/// @param region the region
/// @param classFile the class that it is an instance of
/// @param bytes length of its method's bytecode
public record Translation(Region region, byte[] classFile, int bytes) {}
