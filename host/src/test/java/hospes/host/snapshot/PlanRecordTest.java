package hospes.host.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.snapshot.Compression;
import hospes.formats.snapshot.PageSource;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.guests.Claim;
import hospes.guests.HostedMachine;
import hospes.guests.Identity;
import hospes.guests.MachineKind;
import hospes.guests.OptionSpec;
import hospes.guests.Plan;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.guests.Start;
import hospes.guests.Value;
import hospes.machine.Content;
import hospes.machine.HostLossException;
import hospes.machine.Payload;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was said of a machine is in its snapshot, its files' content included.
final class PlanRecordTest {
  private static final byte[] KERNEL = "a kernel".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TREE = new byte[0];

  @TempDir private Path folder;

  /// Of which plans can be made, and nothing else.
  private static final class PlannedKind implements MachineKind {
    @Override
    public String name() {
      return "planned";
    }

    @Override
    public String title() {
      return "a machine that is planned";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of();
    }

    @Override
    public Optional<Claim> recognise(Start start) {
      return Optional.empty();
    }

    @Override
    public HostedMachine build(Plan plan, Resources given, Identity.Own who) {
      throw new UnsupportedOperationException();
    }

    @Override
    public HostedMachine restore(Saved state, Resources given, Identity who) {
      throw new UnsupportedOperationException();
    }
  }

  /// A snapshot of a machine without memory.
  private static final class NoPages implements PageSource {
    @Override
    public int pageSize() {
      return 4096;
    }

    @Override
    public PrimitiveIterator.OfLong touchedPages() {
      return LongStream.empty().iterator();
    }

    @Override
    public void read(long page, byte[] to, int offset) {
      throw new AssertionError("there are no pages");
    }
  }

  private static Plan empty() {
    return Plan.of(new PlannedKind());
  }

  private static Plan plan() {
    return empty()
        .before(new Payload.Size(25, 80))
        .with("flag", new Value.Flag())
        .with("text", new Value.Text("console=ttyS0 ü"))
        .with("number", new Value.Number(Long.MIN_VALUE))
        .with("kernel", new Value.File("Image", Content.of(KERNEL)))
        .with("dtb", new Value.File("board.dtb", Content.of(TREE)))
        .with(
            "drive",
            List.of(
                new Value.Disk("/a,b", List.of("readonly", "format=raw")),
                new Value.Disk("/c", List.of())))
        .with("files", new Value.Place("/tmp"));
  }

  private SnapshotFile file(List<StateRecord> records) throws SnapshotFileException {
    Path file = folder.resolve("snapshot");
    SnapshotFile.save(
        file,
        new SnapshotHeader("planned", "test", 0, 1, "g"),
        records,
        List.of(),
        new NoPages(),
        Compression.ZSTD);
    return SnapshotFile.open(file);
  }

  private static Plan restored(SnapshotFile file) throws SnapshotFileException {
    Snapshot state = file.records(name -> !PlanRecord.isContent(name));
    return PlanRecord.restore(empty(), state, file);
  }

  @Test
  void aPlanComesBackWithEveryValue() throws IOException, SnapshotFileException {
    Plan plan = plan();
    try (SnapshotFile file = file(PlanRecord.save(plan))) {
      assertTrue(PlanRecord.isIn(file));
      Plan back = restored(file);
      assertEquals(plan.screen(), back.screen());
      assertEquals(List.copyOf(plan.values().keySet()), List.copyOf(back.values().keySet()));
      for (String option : List.of("flag", "text", "number", "drive", "files")) {
        assertEquals(plan.all(option), back.all(option));
      }
      assertContent("Image", KERNEL, back.file("kernel").orElseThrow());
      assertContent("board.dtb", TREE, back.file("dtb").orElseThrow());
      // Again, from what came back: a snapshot of a restored guest.
      assertEquals(
          PlanRecord.save(plan).stream().map(StateRecord::name).toList(),
          PlanRecord.save(back).stream().map(StateRecord::name).toList());
      assertArrayEquals(
          PlanRecord.save(plan).getFirst().bytes(), PlanRecord.save(back).getFirst().bytes());
    }
  }

  private static void assertContent(String name, byte[] bytes, Value.File file) {
    assertEquals(name, file.name());
    assertEquals(bytes.length, file.content().size());
    assertArrayEquals(bytes, file.content().bytes());
  }

  @Test
  void aPlanWithoutAScreenHasNone() throws IOException, SnapshotFileException {
    try (SnapshotFile file = file(PlanRecord.save(empty()))) {
      assertEquals(Optional.empty(), restored(file).screen());
    }
  }

  @Test
  void aSnapshotFromBeforePlansIsTold() throws IOException, SnapshotFileException {
    try (SnapshotFile file = file(List.of())) {
      assertFalse(PlanRecord.isIn(file));
      assertThrows(SnapshotException.class, () -> restored(file));
    }
  }

  @Test
  void aFileThatIsGoneFromTheSnapshotIsMissedWhenItIsRead()
      throws IOException, SnapshotFileException {
    List<StateRecord> records = new ArrayList<>(PlanRecord.save(plan()));
    records.removeLast();
    try (SnapshotFile file = file(records)) {
      Plan back = restored(file);
      assertContent("Image", KERNEL, back.file("kernel").orElseThrow());
      Content lost = back.file("dtb").orElseThrow().content();
      assertThrows(HostLossException.class, lost::bytes);
    }
  }

  @Test
  void aRecordThatIsCutShortAnywhereIsRefused() throws IOException, SnapshotFileException {
    StateRecord whole = PlanRecord.save(plan()).getFirst();
    for (int length = 0; length < whole.bytes().length; length++) {
      byte[] cut = Arrays.copyOf(whole.bytes(), length);
      try (SnapshotFile file = file(List.of(new StateRecord("plan", 1, cut)))) {
        assertThrows(SnapshotException.class, () -> restored(file), "cut to " + length);
      }
    }
  }

  @Test
  void aDamagedRecordIsRefusedOrAnotherPlan() throws IOException, SnapshotFileException {
    StateRecord whole = PlanRecord.save(plan()).getFirst();
    Random random = new Random(8);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.bytes().clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try (SnapshotFile file = file(List.of(new StateRecord("plan", 1, damaged)))) {
        restored(file);
      } catch (RuntimeException e) {
        assertInstanceOf(SnapshotException.class, e);
        refused++;
      }
    }
    assertTrue(refused > 30, refused + " of 300 were refused");
  }
}
