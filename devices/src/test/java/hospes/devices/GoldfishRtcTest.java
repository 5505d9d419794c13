package hospes.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GoldfishRtcTest {
  private static final long EPOCH = 1_700_000_000_000_000_000L;

  private long guest;
  private final FakeLine line = new FakeLine();
  private final GoldfishRtc rtc = newRtc();

  private GoldfishRtc newRtc() {
    return new GoldfishRtc("rtc", () -> guest, EPOCH, line);
  }

  private static long time(GoldfishRtc rtc) {
    long low = rtc.read(0x00, 4);
    return rtc.read(0x04, 4) << 32 | low;
  }

  // As the Linux driver does it: high, low, then enable.
  private static void setAlarm(GoldfishRtc rtc, long nanoseconds) {
    rtc.write(0x0c, 4, nanoseconds >>> 32);
    rtc.write(0x08, 4, nanoseconds);
    rtc.write(0x10, 4, 1);
  }

  @Test
  void showsGuestTimeSince1970() {
    guest = 12_345;
    assertEquals(EPOCH + 12_345, time(rtc));
  }

  @Test
  void upperHalfBelongsToTheLowerHalfThatWasReadBefore() {
    guest = 0xffff_ffffL - (EPOCH & 0xffff_ffffL); // the lower half is all ones
    long low = rtc.read(0x00, 4);
    guest++;
    assertEquals(0xffff_ffffL, low);
    assertEquals(EPOCH >>> 32, rtc.read(0x04, 4));
  }

  @Test
  void guestCanSetTheTime() {
    guest = 1_000;
    rtc.write(0x04, 4, 5);
    rtc.write(0x00, 4, 6);
    guest += 100;
    assertEquals((5L << 32) + 106, time(rtc));
  }

  @Test
  void theBoardCanSetTheTimeToo() {
    guest = 1_000;
    setAlarm(rtc, EPOCH + 5_000);
    rtc.setTimeOfDay(EPOCH + 4_000);
    assertEquals(EPOCH + 4_000, time(rtc));
    assertEquals(2_000, rtc.nextDeadline(), "an alarm goes by the time of day");
    rtc.setTimeOfDay(EPOCH + 6_000);
    assertEquals(1, rtc.read(0x18, 4) ^ 1, "and goes off where its time is past");
    guest += 10;
    assertEquals(EPOCH + 6_010, rtc.timeOfDay());
  }

  @Test
  void alarmGoesOffAtItsDeadlineAndNotBefore() {
    setAlarm(rtc, EPOCH + 5_000);
    assertEquals(5_000, rtc.nextDeadline());
    assertEquals(1, rtc.read(0x18, 4));
    guest = 4_999;
    rtc.tick();
    assertFalse(line.isHigh());
    guest = 5_000;
    rtc.tick();
    assertTrue(line.isHigh());
    assertEquals(0, rtc.read(0x18, 4));
    assertEquals(Long.MAX_VALUE, rtc.nextDeadline());
    rtc.write(0x1c, 4, 1);
    assertFalse(line.isHigh());
  }

  @Test
  void alarmInThePastGoesOffAtOnce() {
    guest = 10;
    setAlarm(rtc, EPOCH);
    assertTrue(line.isHigh());
  }

  @Test
  void clearedAlarmNeverGoesOff() {
    setAlarm(rtc, EPOCH + 5_000);
    rtc.write(0x14, 4, 1);
    guest = 6_000;
    rtc.tick();
    assertFalse(line.isHigh());
    assertEquals(Long.MAX_VALUE, rtc.nextDeadline());
  }

  @Test
  void alarmBeyondCountingIsNoDeadline() {
    guest = 1L << 62;
    setAlarm(rtc, -1L);
    assertEquals(Long.MAX_VALUE, rtc.nextDeadline());
    assertFalse(line.isHigh());
  }

  @Test
  void maskedAlarmWaitsForTheMask() {
    setAlarm(rtc, EPOCH + 1);
    rtc.write(0x10, 4, 0);
    guest = 1;
    rtc.tick();
    assertFalse(line.isHigh());
    rtc.write(0x10, 4, 1);
    assertTrue(line.isHigh());
  }

  @Test
  void restoredClockContinuesEqually() {
    rtc.write(0x04, 4, 77);
    rtc.read(0x00, 4);
    setAlarm(rtc, (77L << 32) + (1L << 33));
    GoldfishRtc twin = newRtc();
    Twins.assertContinuesEqually(
        rtc,
        twin,
        clock -> {
          guest = 500;
          String seen = "%x %d".formatted(clock.read(0x04, 4), clock.nextDeadline());
          guest = clock.nextDeadline();
          clock.tick();
          return seen + line.isHigh() + time(clock);
        });
  }
}
