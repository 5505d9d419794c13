package hospes.storage;

import java.io.IOException;

/// The guest of a disk that was taken for raw wrote the header of an image into it, which it may
/// only where the user said that the disk is [raw][DriveSpec#withFormat].
public final class ImageHeaderException extends IOException {
  private static final long serialVersionUID = 1;

  ImageHeaderException() {
    super("the guest wrote the header of a qcow2 image into a raw disk");
  }
}
