package hospes.host.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Plan;
import hospes.host.HostException;
import hospes.host.schedule.CpuShare;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.testkit.toy.Toy;
import hospes.virt.Virt;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is said of a guest, and what may be changed while it runs.
@Timeout(60)
final class GuestTreatmentTest {
  @TempDir private Path folder;

  private final Host host = Host.open(new HostSettings(1));

  @AfterEach
  void closeHost() {
    host.close();
  }

  private static Plan shell() {
    return Toy.plan(Toy.ECHO);
  }

  @Test
  void aGuestSaysWhatItIsAndSinceWhenAndItsForksSayTheSame() throws InterruptedException {
    Instant before = Instant.now();
    Guest plain = host.start(shell(), Treatment.named("a"));
    assertEquals("a", plain.treatment().label());
    Guest guest = host.start(shell(), Treatment.named("w").labelled("disk of\nmine"));
    assertEquals("disk of?mine", guest.treatment().label());
    assertFalse(guest.started().isBefore(before));
    Guest fork = guest.fork();
    assertEquals("disk of?mine", fork.treatment().label());
    assertFalse(fork.started().isBefore(guest.started()));
    assertEquals(80, plain.treatment().labelled("x".repeat(200)).label().length());
  }

  @Test
  void aRestoredGuestIsWhatTheSavedOneWas() throws InterruptedException {
    Guest guest =
        host.create(
            Virt.hello().memory("16M").plan(),
            Treatment.of(GuestName.derived("w")).labelled("my-hello.elf"));
    guest.snapshot(folder.resolve("w.snapshot"));
    Guest restored = host.restore(folder.resolve("w.snapshot"));
    assertEquals("w-1", restored.name());
    assertEquals("my-hello.elf", restored.treatment().label());
  }

  /// Written by builds that had no labels yet.
  @Test
  void recordsWithoutALabelAreRead() {
    RecordWriter out = new RecordWriter();
    out.putString("w");
    out.putString("VIRTUAL");
    out.putLong(Duration.ofSeconds(3).toNanos());
    out.putLong(1234);
    out.putInt(300);
    out.putLong(Double.doubleToRawLongBits(0.5));
    out.putInt(77); // what the runner wrote
    Snapshot state = new Snapshot();
    state.add(new StateRecord("guest", 1, out.toByteArray()));
    int version = GuestRecord.versionIn(state);
    RecordReader in = state.reader("guest", version);
    assertEquals(
        new GuestRecord(
            "w",
            new RunPolicy(ClockMode.VIRTUAL, Optional.of(Duration.ofSeconds(3)), 1234),
            new CpuShare(300, 0.5),
            "w"),
        GuestRecord.restore(in, version));
    assertEquals(77, in.getInt());
    assertTrue(in.isAtEnd());
  }

  @Test
  void recordsOfNewerBuildsAreRefused() {
    Snapshot state = new Snapshot();
    state.add(new StateRecord("guest", 3, new byte[0]));
    assertEquals(GuestRecord.VERSION, GuestRecord.versionIn(state));
  }

  @Test
  void aClaimToTheProcessorsIsChangedWhileTheGuestRuns() throws InterruptedException {
    Guest guest = host.start(Toy.plan(Toy.SPIN), Treatment.named("w"));
    CpuShare share = new CpuShare(200, 0.25);
    guest.update(share);
    assertEquals(share, guest.treatment().share());
    assertEquals(share, guest.fork().treatment().share());
    guest.kill();
    assertThrows(GuestStateException.class, () -> guest.update(CpuShare.DEFAULT));
  }

  @Test
  void whoCannotBeAskedForMemorySaysWhy() throws InterruptedException {
    Guest guest = host.start(shell(), Treatment.named("w"));
    assertThrows(NoBalloonException.class, () -> guest.limitMemory(4096));
    assertTrue(
        assertThrows(HostException.class, () -> guest.limitMemory(4097))
            .getMessage()
            .contains("4096 to 4096"));
    assertThrows(HostException.class, () -> guest.limitMemory(0));
    Guest exact = host.start(shell(), Treatment.named("v").clock(ClockMode.VIRTUAL));
    assertTrue(
        assertThrows(HostException.class, () -> exact.limitMemory(4096))
            .getMessage()
            .contains("virtual time"));
    guest.pause();
    assertThrows(GuestStateException.class, () -> guest.limitMemory(4096));
  }
}
