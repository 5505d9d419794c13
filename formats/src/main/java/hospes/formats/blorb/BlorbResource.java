package hospes.formats.blorb;

/// Something that a Blorb file holds. Blorb 2.0.4, 1 and 2.
///
/// @param usage what it is for
/// @param number by which a story calls it
/// @param type the four letters that say what it is: `ZCOD`, `PNG `, `AIFF`
/// @param offset where its content begins in the file
/// @param length bytes of its content
public record BlorbResource(Usage usage, int number, String type, int offset, int length) {
  /// What a resource is for.
  public enum Usage {
    EXECUTABLE("Exec"),
    PICTURE("Pict"),
    SOUND("Snd "),
    DATA("Data"),
    /// Something that this Hospes does not know.
    OTHER("");

    private final String code;

    Usage(String code) {
      this.code = code;
    }

    static Usage of(String code) {
      for (Usage usage : values()) {
        if (usage.code.equals(code)) {
          return usage;
        }
      }
      return OTHER;
    }
  }
}
