package hospes.storage;

import hospes.formats.FileAccess;
import java.io.Closeable;

/// An open file with a disk in it.
interface DiskFile extends FileAccess, Closeable {}
