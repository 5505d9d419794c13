package hospes.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hospes.host.control.Json;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/// `--json`: a list for programs, with keys that stay (docs/hosting.md).
final class JsonOption {
  @Option(names = "--json", description = "Print a JSON array, for programs.")
  private boolean wanted;

  boolean isWanted() {
    return wanted;
  }

  static void print(PrintWriter out, List<ObjectNode> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    array.addAll(items);
    out.println(Json.pretty(array));
  }
}
