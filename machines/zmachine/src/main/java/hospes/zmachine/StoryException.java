package hospes.zmachine;

import hospes.formats.FormatException;

/// The file is no story that this Z-machine can play.
final class StoryException extends FormatException {
  private static final long serialVersionUID = 1L;

  StoryException(String message) {
    super(message);
  }
}
