package hospes.storage.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Says in a few words why something with files failed.
public final class Reasons {
  private Reasons() {}

  /// Why, as the end of a sentence.
  public static String of(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "its folder does not exist";
      case AccessDeniedException _ -> "you may not write there";
      case FileAlreadyExistsException _ -> "a file of that name is in the way";
      case FileSystemException inFile when inFile.getReason() != null -> inFile.getReason();
      default ->
          failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
  }
}
