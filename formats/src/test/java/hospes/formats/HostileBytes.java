package hospes.formats;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;

/// Feeds a parser with damaged files: whatever is wrong with them, it may throw [FormatException]
/// and nothing else.
public final class HostileBytes {
  /// A parser under test.
  @FunctionalInterface
  public interface Parser {
    void parse(byte[] file) throws FormatException;
  }

  private HostileBytes() {}

  /// Every proper prefix of a file whose last byte matters must be refused.
  public static void everyPrefixIsRefused(byte[] file, Parser parser) {
    for (int length = 0; length < file.length; length++) {
      byte[] prefix = Arrays.copyOf(file, length);
      assertThrows(
          FormatException.class, () -> parser.parse(prefix), "cut to " + length + " bytes");
    }
  }

  /// Damages a few bytes at a time, with preference for the values that break careless arithmetic.
  public static void damageIsSurvived(byte[] file, Parser parser) {
    byte[] nasty = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};
    var random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = file.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        int at = random.nextInt(file.length);
        damaged[at] =
            random.nextBoolean() ? nasty[random.nextInt(nasty.length)] : (byte) random.nextInt();
      }
      try {
        parser.parse(damaged);
      } catch (FormatException expected) {
        // Refusing is right; so is accepting damage that does not matter.
      } catch (RuntimeException e) {
        fail("round " + round + " broke the parser", e);
      }
    }
  }
}
