package hospes.host.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.host.ports.EscapeKeys.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EscapeKeysTest {
  private final List<Command> commands = new ArrayList<>();
  private final EscapeKeys keys = new EscapeKeys(commands::add);

  private String guestGets(String typed) {
    byte[] bytes = typed.getBytes(StandardCharsets.US_ASCII);
    return new String(bytes, 0, keys.filter(bytes, bytes.length), StandardCharsets.US_ASCII);
  }

  @Test
  void ordinaryKeysReachTheGuestUnchanged() {
    assertEquals("ls x h\r\u0003", guestGets("ls x h\r\u0003"));
    assertEquals(List.of(), commands);
  }

  @Test
  void ctrlAThenXLeavesAndNeitherKeyReachesTheGuest() {
    assertEquals("ab", guestGets("a\u0001xb"));
    assertEquals(List.of(Command.EXIT), commands);
  }

  @Test
  void thePrefixIsRememberedFromOneReadToTheNext() {
    assertEquals("", guestGets("\u0001"));
    assertEquals("", guestGets("h"));
    assertEquals("x", guestGets("x"));
    assertEquals(List.of(Command.HELP), commands);
  }

  @Test
  void ctrlATwiceSendsOneAndIsNoPrefixForTheNextKey() {
    assertEquals("\u0001x", guestGets("\u0001\u0001x"));
    assertEquals(List.of(), commands);
  }

  @Test
  void aKeyWithoutMeaningAfterThePrefixIsDropped() {
    assertEquals("z", guestGets("\u0001qz"));
    assertEquals(List.of(), commands);
  }
}
