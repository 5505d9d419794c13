package hospes.host.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// JSON as the control socket speaks it.
public final class Json {
  private static final int MAX_DEPTH = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /// A new object.
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// Reads one value.
  ///
  /// @throws IOException where it is none
  public static JsonNode parse(byte[] text) throws IOException {
    return MAPPER.readTree(text);
  }

  /// A value in one line.
  public static byte[] line(JsonNode value) {
    return (value + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// A value for people.
  public static String pretty(JsonNode value) {
    return value.toPrettyString();
  }

  static String reason(IOException failure) {
    return failure instanceof JsonProcessingException syntax
        ? syntax.getOriginalMessage()
        : String.valueOf(failure.getMessage());
  }
}
