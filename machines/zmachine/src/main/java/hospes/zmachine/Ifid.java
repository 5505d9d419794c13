package hospes.zmachine;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What identifies a story among all others. The Treaty of Babel, 2.2.2.
final class Ifid {
  private static final Pattern WITHIN = Pattern.compile("UUID://([0-9A-Za-z-]{8,63})//");

  private Ifid() {}

  /// The identifier that a story has within itself, or else the one that follows from its release,
  /// serial code and checksum.
  public static String of(Story story) {
    Matcher within =
        WITHIN.matcher(new String(story.bytes(0, story.length()), StandardCharsets.ISO_8859_1));
    return within.find() ? within.group(1).toUpperCase(Locale.ROOT) : fromHeader(story);
  }

  private static String fromHeader(Story story) {
    StringBuilder ifid = new StringBuilder("ZCODE-%d-".formatted(story.release()));
    String serial = story.serial();
    serial.chars().forEach(c -> ifid.append(isLetterOrDigit(c) ? (char) c : '-'));
    char first = serial.charAt(0);
    if (first >= '0' && first <= '9' && first != '8' && !serial.equals("000000")) {
      // Stories of the eighties had none.
      ifid.append("-%04X".formatted(story.checksum()));
    }
    return ifid.toString();
  }

  private static boolean isLetterOrDigit(int character) {
    return character >= '0' && character <= '9'
        || character >= 'A' && character <= 'Z'
        || character >= 'a' && character <= 'z';
  }
}
