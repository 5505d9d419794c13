package hospes.formats.snapshot;

/// The state of one component: a name, a version, and bytes that only the component reads.
@SuppressWarnings("ArrayRecordComponent") // a carrier of file content, never compared
public record NamedRecord(String name, int version, byte[] bytes) {}
