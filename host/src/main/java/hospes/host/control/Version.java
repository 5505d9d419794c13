package hospes.host.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Hospes calls itself on the control socket.
///
/// @param text such as `0.1.0`
public record Version(String text) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");

  ObjectNode toJson() {
    Matcher numbers = NUMBERS.matcher(text);
    boolean known = numbers.matches();
    ObjectNode version = Json.object();
    // The name is QMP's: clients look for it.
    version
        .putObject("qemu")
        .put("micro", known ? Integer.parseInt(numbers.group(3)) : 0)
        .put("minor", known ? Integer.parseInt(numbers.group(2)) : 0)
        .put("major", known ? Integer.parseInt(numbers.group(1)) : 0);
    return version.put("package", "hospes " + text);
  }
}
