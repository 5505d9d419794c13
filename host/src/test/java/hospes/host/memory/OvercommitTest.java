package hospes.host.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.host.guest.ClockMode;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestEvent;
import hospes.host.guest.GuestState;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Outcome.Ending;
import hospes.host.guest.Treatment;
import hospes.virt.Virt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Guests are promised more memory than there is, and never notice.
@Timeout(300)
final class OvercommitTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path folder;

  private HostSettings settings(long memory, long swap) {
    return new HostSettings(2).withMemory(memory).with(new SwapSpace(folder, swap));
  }

  private static Guest create(Host host, PatternProgram program, String name) {
    return host.create(
        Virt.bareMetal(program.elf()).memory("8M").plan(),
        Treatment.named(name).clock(ClockMode.VIRTUAL));
  }

  private static Guest start(Host host, PatternProgram program, String name)
      throws InterruptedException {
    Guest guest = create(host, program, name);
    guest.start();
    return guest;
  }

  /// Some with much to compress, some with nothing.
  private static List<PatternProgram> programs(int count, int bytes) {
    List<PatternProgram> programs = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      programs.add(new PatternProgram(number + 1, bytes, number % 2 == 0 ? 8 : 128, 2, 2, 0));
    }
    return programs;
  }

  @ParameterizedTest
  @EnumSource(Merging.class)
  void everyChecksumIsRightWithAThirdOfTheMemory(Merging merging)
      throws InterruptedException, IOException {
    List<PatternProgram> programs = programs(6, 3 * MIB);
    try (Host host = Host.open(settings(6 * MIB, Long.MAX_VALUE).with(merging))) {
      List<Guest> guests = new ArrayList<>();
      for (PatternProgram program : programs) {
        guests.add(start(host, program, "g" + program.seed()));
      }
      for (Guest guest : guests) {
        assertEquals(new Ending.PoweredOff(0), guest.await().ending());
      }
      for (int i = 0; i < guests.size(); i++) {
        assertEquals(programs.get(i).expected(), guests.get(i).console().text());
      }
      HostStats.Swap swap = host.stats().swap();
      assertTrue(swap.writtenPages() > 6 * MIB / 4096, swap.toString());
      assertTrue(swap.readPages() > 6 * MIB / 4096, swap.toString());
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(0, files.count(), "the swap file has no name");
      }
    }
  }

  @Test
  void whoFindsNoMoreRoomIsPausedWithTheReasonAndGoesOnWhenThereIsSome()
      throws InterruptedException {
    PatternProgram program = new PatternProgram(7, 4 * MIB, 8, 1000, 1, 0);
    PatternProgram other = new PatternProgram(8, 4 * MIB, 8, 1, 1, 0);
    LinkedBlockingQueue<GuestEvent> events = new LinkedBlockingQueue<>();
    try (Host host = Host.open(settings(5 * MIB, 1 * MIB))) {
      Guest first = create(host, program, "first");
      Guest second = create(host, other, "second");
      second.listen(events::add);
      first.start();
      first.console().expect("\n"); // its memory is full
      first.pause(); // or it may be the one that is halted
      second.start();
      assertEquals(new GuestEvent.Resumed(), events.take());
      GuestEvent.Halted halted = assertInstanceOf(GuestEvent.Halted.class, events.take());
      assertTrue(halted.reason().contains("limit for the memory of guests"), halted.reason());
      assertTrue(halted.reason().contains("swap file"), halted.reason());
      assertEquals(GuestState.PAUSED, second.state());
      assertFalse(first.outcome().isPresent(), "nobody is killed");
      // As the user sees it: nothing was lost, and he may try.
      second.resume();
      assertEquals(new GuestEvent.Resumed(), events.take());
      assertInstanceOf(GuestEvent.Halted.class, events.take());
      first.close();
      assertEquals(new GuestEvent.Resumed(), events.take(), "it goes on by itself");
      assertEquals(new Ending.PoweredOff(0), second.await().ending());
      assertEquals(other.expected(), second.console().text());
    }
  }

  @Test
  void withoutAPlaceForTheSwapFileThatIsTheReason() throws InterruptedException, IOException {
    Path file = Files.createFile(folder.resolve("file"));
    HostSettings settings = settings(2 * MIB, 1).with(new SwapSpace(file, Long.MAX_VALUE));
    try (Host host = Host.open(settings)) {
      LinkedBlockingQueue<GuestEvent> events = new LinkedBlockingQueue<>();
      Guest guest = create(host, new PatternProgram(1, 4 * MIB, 8, 1, 1, 0), "g");
      guest.listen(events::add);
      guest.start();
      assertEquals(new GuestEvent.Resumed(), events.take());
      GuestEvent.Halted halted = assertInstanceOf(GuestEvent.Halted.class, events.take());
      assertTrue(halted.reason().contains(file.toString()), halted.reason());
      guest.kill();
    }
  }

  @Test
  void aLimitOfOnePageIsSlowAndNothingElse() throws InterruptedException {
    PatternProgram program = new PatternProgram(3, 1 * MIB / 4, 8, 1, 1, 0);
    try (Host host = Host.open(settings(4096, Long.MAX_VALUE))) {
      Guest guest = start(host, program, "g");
      assertEquals(new Ending.PoweredOff(0), guest.await().ending());
      assertEquals(program.expected(), guest.console().text());
    }
  }
}
