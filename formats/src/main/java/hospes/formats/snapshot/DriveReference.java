package hospes.formats.snapshot;

import java.util.ArrayList;
import java.util.List;

/// A disk that a machine had when its snapshot was taken. The snapshot does not hold its content.
///
/// @param path of the file that holds the content then
/// @param format `raw` or `qcow2`
/// @param size of the disk in bytes
/// @param length of the file in bytes
/// @param modified when the file was last written, in nanoseconds since 1970; 0 if unknown
/// @param base what the overlay stands over; empty without one
public record DriveReference(
    String path, String format, long size, long length, long modified, String base) {
  /// The record's name.
  public static final String RECORD = "drives";

  private static final int VERSION = 2;
  private static final int MAX_DRIVES = 1024;

  /// All drives of a machine, in its order.
  public static NamedRecord toRecord(List<DriveReference> drives) {
    FieldWriter out = new FieldWriter();
    out.putInt(drives.size());
    for (DriveReference drive : drives) {
      out.putString(drive.path);
      out.putString(drive.format);
      out.putLong(drive.size);
      out.putLong(drive.length);
      out.putLong(drive.modified);
      out.putString(drive.base);
    }
    return new NamedRecord(RECORD, VERSION, out.toByteArray());
  }

  /// Reads what [#toRecord] wrote.
  ///
  /// @throws SnapshotFormatException where the record is damaged or newer
  public static List<DriveReference> of(NamedRecord drives) throws SnapshotFormatException {
    if (drives.version() != VERSION) {
      throw new SnapshotFormatException(
          SnapshotFormatException.Problem.NEWER_VERSION,
          "the snapshot's list of drives has version %d; this Hospes reads version %d"
              .formatted(drives.version(), VERSION));
    }
    FieldReader in = new FieldReader(drives.bytes(), "its list of drives");
    int count = in.getCount(MAX_DRIVES);
    List<DriveReference> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          new DriveReference(
              in.getString(),
              in.getString(),
              in.getLong(),
              in.getLong(),
              in.getLong(),
              in.getString()));
    }
    in.requireEnd();
    return List.copyOf(all);
  }
}
