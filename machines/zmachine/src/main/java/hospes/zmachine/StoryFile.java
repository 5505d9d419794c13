package hospes.zmachine;

import hospes.formats.FormatException;
import hospes.formats.blorb.BlorbFile;
import hospes.formats.blorb.BlorbResource;
import hospes.guests.Problem;
import hospes.guests.RefusedException;
import java.util.Optional;

/// A story as it comes in a file: bare, or in a Blorb file.
///
/// @param container the Blorb file, if there is one
record StoryFile(Story story, Optional<BlorbFile> container) {
  /// Bytes at a file's beginning by which [#mayBe] judges.
  static final int START = Header.SIZE;

  private static final String KIND = "ZCOD";
  private static final int VERSION_6 = 6;
  private static final int MOST_VERSION = 8;
  private static final int SERIAL_END = Header.SERIAL + 6;

  /// Whether a file begins as stories and Blorb files do. A bare story has no magic number, but the
  /// version first, and a serial code of printable characters.
  static boolean mayBe(byte[] start) {
    if (BlorbFile.hasMagic(start)) {
      return true;
    }
    if (start.length < SERIAL_END || start[0] < 1 || start[0] > MOST_VERSION) {
      return false;
    }
    for (int i = Header.SERIAL; i < SERIAL_END; i++) {
      if (start[i] < ' ' || start[i] > '~') {
        return false;
      }
    }
    return true;
  }

  /// The story in a file.
  ///
  /// @throws RefusedException where there is none that can be played; the problem's text is the end
  /// of "FILE …"
  static StoryFile of(byte[] content) {
    if (!BlorbFile.hasMagic(content)) {
      return new StoryFile(bare(content), Optional.empty());
    }
    BlorbFile container;
    try {
      container = BlorbFile.parse(content);
    } catch (FormatException damaged) {
      throw refused("cannot be played: " + damaged.getMessage(), damaged);
    }
    BlorbResource found =
        container
            .executable()
            .orElseThrow(
                () ->
                    refused(
                        "is a Blorb file without a story: it has what belongs to one that is a file"
                            + " of its own"));
    if (!found.type().equals(KIND)) {
      throw refused(
          "is a Blorb file with a story of kind '%s'; Hospes plays stories for the Z-machine"
              .formatted(found.type().strip().replaceAll("[^ -~]", "?")));
    }
    return new StoryFile(bare(container.content(found)), Optional.of(container));
  }

  private static Story bare(byte[] content) {
    try {
      return Story.of(content);
    } catch (StoryException bad) {
      boolean isUnplayed = content.length > 0 && content[0] == VERSION_6;
      throw refused(
          (isUnplayed ? "cannot be played: " : "seems to be a story for the Z-machine, but ")
              + bad.getMessage(),
          bad);
    }
  }

  private static RefusedException refused(String text) {
    return new RefusedException(Problem.of(text));
  }

  private static RefusedException refused(String text, FormatException cause) {
    return new RefusedException(Problem.of(text), cause);
  }
}
