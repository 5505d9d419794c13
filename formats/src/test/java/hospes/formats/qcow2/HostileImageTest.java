package hospes.formats.qcow2;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import hospes.formats.FormatException;
import hospes.formats.MemoryFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is wrong with an image, opening, reading and writing it ends, and with nothing but an
/// [IOException].
final class HostileImageTest {
  private static final int DISK = 256 << 10;

  private static byte[] image() throws IOException {
    MemoryFile file = new MemoryFile(new byte[0]);
    new NewImage(DISK, 3, 9, Optional.empty()).writeTo(file);
    Qcow2Image image = Qcow2Image.open(file, ImageAccess.READ_WRITE, Optional.empty());
    byte[] bytes = new byte[4096];
    new Random(5).nextBytes(bytes);
    for (int at = 0; at < DISK; at += 40 << 10) {
      image.write(at, bytes, 0, bytes.length);
    }
    image.discard(40 << 10, 1024);
    image.flush();
    return file.toByteArray();
  }

  private static void use(byte[] bytes) throws IOException {
    MemoryFile file = new MemoryFile(bytes);
    Qcow2Image image =
        Qcow2Image.open(
            file,
            ImageAccess.READ_WRITE,
            Qcow2Image.backingFile(file).map(name -> new Zeros(DISK / 2)));
    byte[] buffer = new byte[4096];
    for (long at = 0; at < Math.min(image.size(), DISK); at += buffer.length) {
      try {
        image.read(at, buffer, 0, (int) Math.min(buffer.length, image.size() - at));
      } catch (IOException damaged) {
        // this part of the disk is lost
      }
    }
    for (long at = 0; at < Math.min(image.size(), DISK) - 4096; at += 16 << 10) {
      image.write(at, buffer, 0, 700);
      image.discard(at + 1024, 2048);
    }
    image.flush();
  }

  private record Zeros(long size) implements DiskContent {
    @Override
    public void read(long position, byte[] to, int offset, int length) {
      Arrays.fill(to, offset, offset + length, (byte) 0);
    }
  }

  @Test
  void aHeaderCutAnywhereIsRefused() throws IOException {
    byte[] whole = image();
    for (int length = 0; length < 512; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(FormatException.class, () -> use(cut), "cut to " + length);
    }
  }

  @Test
  void anImageCutAnywhereEndsInATypedError() throws IOException {
    byte[] whole = image();
    for (int length = 512; length < whole.length; length += 97) {
      try {
        use(Arrays.copyOf(whole, length));
      } catch (IOException expected) {
        // or it works, where what is gone is not needed
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 42, 20260101, 77777})
  void damageEndsInATypedError(long seed) throws IOException {
    byte[] whole = image();
    Random random = new Random(seed);
    byte[] nasty = {0, 1, 2, 0x40, 0x7f, (byte) 0x80, (byte) 0xc0, (byte) 0xff};
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        // the header, the tables behind it, or anywhere
        int range = new int[] {112, 4096, whole.length}[random.nextInt(3)];
        damaged[random.nextInt(range)] =
            random.nextBoolean() ? nasty[random.nextInt(nasty.length)] : (byte) random.nextInt();
      }
      try {
        use(damaged);
      } catch (IOException expected) {
        // refused
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail("seed " + seed + ", round " + round + " broke the reader", e);
      }
    }
  }
}
