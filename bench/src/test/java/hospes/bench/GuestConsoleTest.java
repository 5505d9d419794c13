package hospes.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.bench.GuestConsole.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class GuestConsoleTest {
  private static GuestConsole open(String script, Duration timeout) throws BenchFailure {
    return GuestConsole.open(List.of("sh", "-c", script), Map.of(), timeout);
  }

  @Test
  void aGuestAnswersWhatIsTyped() throws BenchFailure {
    try (GuestConsole guest =
        open("echo login:; read name; echo \"hello $name\"; exit 0", Duration.ofSeconds(60))) {
      Moment login = guest.await("login:").moment();
      guest.type("root");
      GuestConsole.Seen hello = guest.await(Pattern.compile("hello (.*)\n"));
      assertEquals("root", hello.match().group(1));
      assertTrue(hello.moment().since(login).wall() > 0);
      guest.awaitEnd();
    }
  }

  @Test
  void aGuestThatNeitherPrintsNorEndsIsGivenUp() throws BenchFailure {
    try (GuestConsole guest = open("sleep 1000; :", Duration.ofMillis(200))) {
      BenchFailure failure = assertThrows(BenchFailure.class, () -> guest.await("up"));
      assertTrue(failure.toString().contains("did not print \"up\""), failure.toString());
    }
    try (GuestConsole guest = open("sleep 1000; :", Duration.ofMillis(200))) {
      BenchFailure failure = assertThrows(BenchFailure.class, guest::awaitEnd);
      assertTrue(failure.toString().contains("did not end"), failure.toString());
    }
  }

  @Test
  void aGuestThatFailsAtItsEndIsShown() throws BenchFailure {
    try (GuestConsole guest = open("echo no disk; exit 3", Duration.ofSeconds(60))) {
      BenchFailure failure = assertThrows(BenchFailure.class, guest::awaitEnd);
      assertTrue(failure.toString().contains("exit code 3"), failure.toString());
      assertTrue(failure.toString().contains("no disk"), failure.toString());
    }
  }

  @Test
  void whatPassesBetweenTwoMomentsIsInSeconds() {
    Moment begin = new Moment(1_000_000_000, 500_000_000);
    assertEquals(new Sample(2, 3.5), new Moment(3_000_000_000L, 4_000_000_000L).since(begin));
  }
}
