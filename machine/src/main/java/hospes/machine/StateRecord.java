package hospes.machine;

/// One component's state: a name, a version, and bytes that only the component reads.
public record StateRecord(String name, int version, byte[] bytes) {}
