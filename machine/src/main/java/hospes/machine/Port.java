package hospes.machine;

/// A named door of a machine, for one shape of payload.
///
/// @param name which door
/// @param takes the shape that it takes
public record Port(PortName name, Class<? extends Payload> takes) {}
