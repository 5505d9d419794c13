package hospes.conformance.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Plan;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestName;
import hospes.host.guest.Host;
import hospes.host.guest.RestoreOptions;
import hospes.host.guest.Starter;
import hospes.host.guest.Treatment;
import hospes.host.template.TemplateListener;
import hospes.host.template.TemplateStart;
import hospes.machine.Machine;
import hospes.virt.Virt;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Guests that start from a template of a booted Debian know the time, and each draws random
/// numbers of its own.
@Timeout(600)
final class TemplateTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private static Path folder;

  private static final List<String> TOLD = new ArrayList<>();

  private static final Treatment KERNEL = Treatment.of(GuestName.derived("kernel"));

  private static Starter debian() {
    Plan plan =
        Virt.linux(Guests.kernel())
            .initrd(Guests.initrd())
            .append(Guests.COMMAND_LINE)
            .memory("512M")
            .plan();
    return TemplateStart.inFolder(
        plan,
        "kernel",
        "~ # ",
        folder.resolve("templates"),
        new TemplateListener() {
          @Override
          public void making(String image) {
            TOLD.add("making");
          }

          @Override
          public void damaged(String image, String reason) {
            TOLD.add(reason);
          }

          @Override
          public void unavailable(String image, String reason) {
            TOLD.add(reason);
          }
        });
  }

  @BeforeAll
  static void makeTemplate() {
    try (Host host = Host.open();
        Guest first = host.create(debian(), KERNEL)) {
      assertTrue(first.name().startsWith("kernel"), first.name());
    }
    assertEquals(List.of("making"), TOLD);
  }

  private static String command(Guest guest, String line) throws InterruptedException {
    guest.console().send(line + "; echo \"=$?=\"\n");
    String said = guest.console().expect(Pattern.compile("=0=\\s+\\S* # "), PATIENCE);
    return said.substring(0, said.lastIndexOf("=0=")).replace("\r", "").strip();
  }

  /// The guest's clock and the host's, in seconds; what the guest's driver reads has whole ones.
  private static void knowsTheTime(Guest guest) throws InterruptedException {
    long before = Instant.now().getEpochSecond();
    long said = Long.parseLong(command(guest, "date +%s"));
    long after = Instant.now().getEpochSecond();
    assertTrue(
        said >= before - 1 && said <= after + 1,
        "the guest says %d between %d and %d".formatted(said, before, after));
  }

  private static String random(Guest guest) throws InterruptedException {
    String bytes = command(guest, "od -An -tx1 -N16 /dev/urandom");
    assertTrue(bytes.matches("([0-9a-f]{2} ){15}[0-9a-f]{2}"), bytes);
    return bytes;
  }

  @Test
  void everyStartHasTheTimeAndRandomNumbersOfItsOwn() throws InterruptedException {
    List<String> seen = new ArrayList<>();
    for (int start = 0; start < 2; start++) {
      try (Host host = Host.open();
          Guest guest = host.start(debian(), KERNEL)) {
        guest.console().expect("~ # ", PATIENCE);
        assertTrue(guest.console().text().contains("Debian trixie"), guest.console().text());
        assertTrue(!guest.console().text().contains("Linux version"), "the boot is not repeated");
        knowsTheTime(guest);
        seen.add(random(guest));
        assertEquals(
            "", command(guest, "ps | grep '[k]msg' || true"), "the clock's keeper is gone");
      }
    }
    assertEquals(List.of("making"), TOLD);
    assertNotEquals(seen.getFirst(), seen.getLast());
  }

  @Test
  void whatIsTypedBeforeItIsReadySeesTheRightTime() throws InterruptedException {
    try (Host host = Host.open();
        Guest guest = host.create(debian(), KERNEL)) {
      guest.console().send("date +%Y; poweroff -f\n");
      guest.start();
      guest.await();
      int year = Instant.now().atZone(java.time.ZoneOffset.UTC).getYear();
      assertTrue(guest.console().text().contains("~ # " + year), guest.console().text());
    }
  }

  @Test
  void aGuestFromATemplateIsAGuestLikeAnyOther() throws InterruptedException {
    Path saved = folder.resolve("saved");
    try (Host host = Host.open();
        Guest guest = host.start(debian(), KERNEL)) {
      guest.console().expect("~ # ", PATIENCE);
      command(guest, "echo kept > /tmp/x");
      guest.pause();
      guest.snapshot(saved);
      Guest fork = guest.fork();
      Guest restored = host.restore(saved, RestoreOptions.defaults().named("again").fresh());
      assertEquals("kept", command(restored, "cat /tmp/x"));
      command(restored, "hwclock -s -u"); // its hardware clock is right; Linux does not look
      knowsTheTime(restored);
      fork.resume();
      assertEquals("kept", command(fork, "cat /tmp/x"));
      guest.resume();
      assertNotEquals(random(guest), random(fork));
    }
  }

  @Test
  void aRebootFindsTheRightTime() throws InterruptedException {
    try (Host host = Host.open();
        Guest guest = host.start(debian(), KERNEL)) {
      guest.console().expect("~ # ", PATIENCE);
      long before = guest.look(Machine::nanoseconds);
      guest.console().send("reboot -f\n");
      guest.console().expect("Linux version", PATIENCE);
      guest.console().expect("~ # ", PATIENCE);
      knowsTheTime(guest);
      assertTrue(guest.look(Machine::nanoseconds) > before);
    }
  }
}
