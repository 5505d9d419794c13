package hospes.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.control.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is known of something, by name, in an order.
final class Facts {
  private static final int NAME_COLUMNS = 16;

  private final Map<String, String> byName = new LinkedHashMap<>();

  Facts add(String name, String value) {
    byName.put(name, Printable.text(value));
    return this;
  }

  /// A line for each.
  String text() {
    StringBuilder lines = new StringBuilder();
    byName.forEach(
        (name, value) ->
            lines.append(("%-" + NAME_COLUMNS + "s%s%n").formatted(name + ":", value)));
    return lines.toString();
  }

  /// A member for each.
  String json() {
    ObjectNode object = Json.object();
    byName.forEach(object::put);
    return Json.pretty(object) + System.lineSeparator();
  }
}
