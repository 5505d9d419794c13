package hospes.storage;

import hospes.formats.FormatException;
import hospes.formats.qcow2.BackingFile;
import hospes.formats.qcow2.DiskContent;
import hospes.formats.qcow2.ImageAccess;
import hospes.formats.qcow2.Qcow2Image;
import hospes.machine.BlockStore;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An open file with a disk in it, and the files behind that.
///
/// @param file the file
/// @param store the disk; closing it closes the file, and those behind it
/// @param format what it was opened as
/// @param guessed whether nobody said so
/// @param base the path of the file behind it, if it has one that has a name
/// @param behind the file behind it, if there is one
record OpenDisk(
    LockedFile file,
    BlockStore store,
    DiskContent content,
    DriveFormat format,
    boolean guessed,
    Optional<Path> base,
    Optional<OpenDisk> behind) {
  /// Most files that a disk consists of.
  static final int MAX_DEPTH = 32;

  private static final Pattern PROTOCOL = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*");

  static OpenDisk open(
      Path path, DriveAccess access, Optional<DriveFormat> wanted, LockedFile.Durability durability)
      throws BlockStoreException {
    return open(path, access, wanted, durability, new ArrayList<>());
  }

  private static OpenDisk open(
      Path path,
      DriveAccess access,
      Optional<DriveFormat> wanted,
      LockedFile.Durability durability,
      List<Object> inFront)
      throws BlockStoreException {
    Object key = LockedFile.key(path);
    if (inFront.contains(key)) {
      throw new BlockStoreException(
          "drive %s is its own backing file; make it anew".formatted(path));
    }
    if (inFront.size() == MAX_DEPTH) {
      throw new BlockStoreException(
          "drive %s has more than %d backing files behind it; join some with: qemu-img commit"
              .formatted(path, MAX_DEPTH));
    }
    inFront.add(key);
    LockedFile file = LockedFile.open(path, access, durability);
    OpenDisk opened = null;
    try {
      DriveFormat format = format(path, file, wanted);
      opened =
          switch (format) {
            case RAW -> raw(file, access, wanted.isEmpty());
            case QCOW2 -> qcow2(path, file, access, wanted.isEmpty(), inFront);
          };
      return opened;
    } catch (FormatException e) {
      throw new BlockStoreException("drive %s: %s".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      throw new BlockStoreException(
          "drive %s cannot be used: %s".formatted(path, Reasons.of(e)), e);
    } finally {
      if (opened == null) {
        closeQuietly(file);
      }
    }
  }

  /// An overlay that was just made, or is known to be one, over an open disk, which is its own from
  /// now on.
  static OpenDisk over(LockedFile overlay, OpenDisk behind, Optional<Path> base)
      throws IOException {
    return assemble(
        overlay, DriveAccess.READ_WRITE, DriveFormat.QCOW2, false, base, Optional.of(behind));
  }

  private static OpenDisk assemble(
      LockedFile file,
      DriveAccess access,
      DriveFormat format,
      boolean guessed,
      Optional<Path> base,
      Optional<OpenDisk> behind)
      throws IOException {
    return switch (format) {
      case RAW -> {
        RawDisk disk = new RawDisk(file, access);
        yield new OpenDisk(file, disk, disk, format, guessed, base, behind);
      }
      case QCOW2 -> {
        ImageAccess imageAccess =
            switch (access) {
              case READ_WRITE -> ImageAccess.READ_WRITE;
              case READ_ONLY -> ImageAccess.READ_ONLY;
            };
        Qcow2Image image = Qcow2Image.open(file, imageAccess, behind.map(OpenDisk::content));
        Qcow2Disk disk = new Qcow2Disk(file, image, access, behind);
        yield new OpenDisk(file, disk, disk, format, guessed, base, behind);
      }
    };
  }

  /// The same disk, to be read by one more guest, on a thread of its own. Nobody writes its file.
  OpenDisk reopen() throws IOException {
    Optional<OpenDisk> behindToo = Optional.empty();
    LockedFile shared = file.share();
    try {
      if (behind.isPresent()) {
        behindToo = Optional.of(behind.get().reopen());
      }
      return assemble(shared, DriveAccess.READ_ONLY, format, guessed, base, behindToo);
    } catch (IOException | RuntimeException e) {
      behindToo.ifPresent(OpenDisk::abandon);
      closeQuietly(shared);
      throw e;
    }
  }

  /// How many files it consists of.
  int depth() {
    return 1 + behind.map(OpenDisk::depth).orElse(0);
  }

  /// Closes it where nothing was written that could be lost.
  void abandon() {
    closeQuietly(store);
  }

  private static void closeQuietly(AutoCloseable file) {
    try {
      file.close();
    } catch (Exception ignored) {
      // it was never used
    }
  }

  /// What we put over a frozen disk is an overlay, whatever the disk below it was said to be.
  private static DriveFormat format(Path path, LockedFile file, Optional<DriveFormat> wanted)
      throws IOException, BlockStoreException {
    if (DiskLayers.isTop(path, file)) {
      return DriveFormat.QCOW2;
    }
    return wanted.isPresent() ? wanted.get() : guess(path, file);
  }

  /// The content decides, unless the name contradicts it: a guest can write whatever it likes into
  /// a raw disk, the header of an image that names any of the host's files included.
  private static DriveFormat guess(Path path, LockedFile file)
      throws IOException, BlockStoreException {
    if (!beginsLikeAnImage(file)) {
      return DriveFormat.RAW;
    }
    if (path.toString().toLowerCase(Locale.ROOT).endsWith(".raw")) {
      throw new BlockStoreException(new DriveProblem.FormatUnclear(path));
    }
    return DriveFormat.QCOW2;
  }

  /// Whether a file begins like a qcow2 image.
  static boolean beginsLikeAnImage(LockedFile file) throws IOException {
    byte[] start = new byte[(int) Math.min(file.size(), Qcow2Image.MAGIC_BYTES)];
    file.read(0, start, 0, start.length);
    return Qcow2Image.isImage(start);
  }

  private static OpenDisk raw(LockedFile file, DriveAccess access, boolean guessed)
      throws IOException {
    return assemble(file, access, DriveFormat.RAW, guessed, Optional.empty(), Optional.empty());
  }

  private static OpenDisk qcow2(
      Path path, LockedFile file, DriveAccess access, boolean guessed, List<Object> inFront)
      throws IOException, BlockStoreException {
    Optional<BackingFile> named = Qcow2Image.backingFile(file);
    Optional<OpenDisk> backing = Optional.empty();
    Optional<Path> base = Optional.empty();
    if (named.isPresent()) {
      base = Optional.of(backingPath(path, named.get().name()));
      backing =
          Optional.of(
              open(
                  base.get(),
                  DriveAccess.READ_ONLY,
                  backingFormat(path, named.get()),
                  LockedFile.Durability.NONE,
                  inFront));
    }
    try {
      return assemble(file, access, DriveFormat.QCOW2, guessed, base, backing);
    } catch (IOException | RuntimeException e) {
      backing.ifPresent(OpenDisk::abandon);
      throw e;
    }
  }

  private static Path backingPath(Path image, String name) throws BlockStoreException {
    String path = name.startsWith("file:") ? name.substring("file:".length()) : name;
    if (PROTOCOL.matcher(path).matches()) {
      throw new BlockStoreException(
          "drive %s has its backing file at %s, which is no file of this computer"
              .formatted(image, name));
    }
    try {
      return image.resolveSibling(path);
    } catch (InvalidPathException e) {
      throw new BlockStoreException(
          "drive %s names a backing file that cannot exist: %s".formatted(image, name), e);
    }
  }

  private static Optional<DriveFormat> backingFormat(Path image, BackingFile backing)
      throws BlockStoreException {
    if (backing.format().isEmpty()) {
      return Optional.empty();
    }
    for (DriveFormat format : DriveFormat.values()) {
      if (format.text().equals(backing.format().get())) {
        return Optional.of(format);
      }
    }
    throw new BlockStoreException(
        "drive %s has a backing file of the format %s; raw and qcow2 are known"
            .formatted(image, backing.format().get()));
  }
}
