package hospes.virt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Identity;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.memory.Backing;
import hospes.memory.FramePool;
import hospes.memory.PageSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where the host has not what a guest needs, the guest is stopped with a reason, and nothing is
/// thrown out of it.
final class HostFaultTest {
  private static final int PAGE = FramePool.FRAME_SIZE;
  private static final Standalone ALONE = Standalone.on(value -> {});

  /// auipc t0, 0x100; sd t0, 0(t0); lui t1, 1; add t0, t0, t1; j -12: writes page after page.
  private static final int[] WRITER = {
    0x0010_0297, 0x0052_b023, 0x0000_1337, 0x0062_82b3, 0xff5f_f06f
  };

  private final FramePool pool = new FramePool();

  @AfterEach
  void close() {
    assertEquals(0, pool.used(), "all frames came back");
    pool.close();
  }

  private VirtMachine machine() {
    ByteBuffer program = ByteBuffer.allocate(4 * WRITER.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int instruction : WRITER) {
      program.putInt(instruction);
    }
    return ALONE.with(pool).powerOn(Virt.bareMetal(program.array()).memory("64M"));
  }

  @Test
  void aGuestWaitsUntilThereIsMemoryAgainAndGoesOnAsIfNothingHadBeen() {
    String expected;
    try (VirtMachine machine = machine()) {
      machine.run(2000);
      expected = Snapshot.hash(machine);
    }
    try (VirtMachine machine = machine()) {
      pool.setLimit(pool.used() + 100);
      machine.run(1000);
      StopReason.HostFault fault = assertInstanceOf(StopReason.HostFault.class, machine.run(1000));
      assertEquals(StopReason.Remedy.MORE_MEMORY, fault.remedy());
      assertTrue(fault.why().contains("limit for the memory of guests"), fault.why());
      assertEquals(1000, machine.instructions());
      pool.setLimit(Long.MAX_VALUE);
      assertEquals(new StopReason.BudgetSpent(), machine.run(1000));
      assertEquals(expected, Snapshot.hash(machine));
    }
  }

  /// Nothing can be read from it.
  private static final class Broken implements PageSource {
    @Override
    public void read(long key, byte[] page) throws IOException {
      throw new IOException("chunk %d is damaged".formatted(key));
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
      return "a test";
    }
  }

  /// A page of code, and one that is written.
  @Test
  void aGuestWhosePageIsLostIsStoppedForGoodWithTheReason() {
    for (int page : new int[] {0, 0x100 + 3}) {
      try (VirtMachine machine = machine();
          Backing backing = pool.open(new Broken())) {
        machine.memory().back(page, backing, 7);
        StopReason.HostFault fault =
            assertInstanceOf(StopReason.HostFault.class, machine.run(Integer.MAX_VALUE));
        assertEquals(StopReason.Remedy.NONE, fault.remedy());
        assertTrue(fault.why().contains("chunk 7 is damaged"), fault.why());
        assertEquals(fault, machine.run(1));
      }
    }
  }

  @Test
  void forksGoOnFromPagesThatNobodyTouchedYet() {
    byte[] content = new byte[PAGE];
    content[3] = 5;
    PageSource source =
        new PageSource() {
          @Override
          public void read(long key, byte[] page) {
            System.arraycopy(content, 0, page, 0, PAGE);
          }

          @Override
          public void close() {}
        };
    try (VirtMachine machine = machine();
        Backing backing = pool.open(source)) {
      machine.memory().back(9000, backing, 0);
      try (VirtMachine fork = ALONE.fork(machine, new Identity.Same())) {
        assertEquals(Snapshot.hash(machine), Snapshot.hash(fork));
        machine.run(5000);
        fork.run(5000);
        assertEquals(Snapshot.hash(machine), Snapshot.hash(fork));
        assertEquals(5L << 24, fork.memory().readLong(VirtMachine.RAM_BASE + 9000L * PAGE));
      }
    }
  }
}
