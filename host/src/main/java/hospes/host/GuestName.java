package hospes.host;

import java.util.Locale;
import java.util.regex.Pattern;

/// A guest's name: letters, digits, `.`, `_` and `-`, beginning with a letter or digit, at most 48
/// of them. So it can name a file, too.
///
/// @param text the name
/// @param origin whether the user chose it
public record GuestName(String text, Origin origin) {
  /// Where a name comes from.
  public enum Origin {
    /// The user: another guest of that name is an error.
    CHOSEN,
    /// Hospes: a number is added where another guest has it.
    DERIVED
  }

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,47}");
  private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9]+");
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");
  private static final int DERIVED_LENGTH = 40;
  private static final int LABEL_LENGTH = 80;

  /// A name.
  ///
  /// @throws HostException where it is none
  public GuestName {
    if (!FORM.matcher(text).matches()) {
      throw new HostException(
          "\"%s\" cannot name a guest; use letters, digits, '.', '_' and '-', 48 at most"
              .formatted(text));
    }
  }

  /// A name that the user chose.
  public static GuestName chosen(String text) {
    return new GuestName(text, Origin.CHOSEN);
  }

  /// A name made of any text, such as a file's name.
  public static GuestName derived(String text) {
    String plain =
        FOREIGN.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-").replaceAll("^-|-$", "");
    String shortened = plain.substring(0, Math.min(plain.length(), DERIVED_LENGTH));
    return new GuestName(shortened.isEmpty() ? "guest" : shortened, Origin.DERIVED);
  }

  /// A guest's label made of any text: what fits into a line.
  static String label(String text) {
    String plain = UNPRINTABLE.matcher(text).replaceAll("?");
    return plain.substring(0, Math.min(plain.length(), LABEL_LENGTH));
  }
}
