package hospes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Value;
import hospes.storage.BlockStoreException;
import hospes.storage.Drive;
import hospes.storage.DriveProblem;
import hospes.storage.DriveSpec;
import hospes.storage.DriveWords;
import hospes.storage.ImageHeaderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command line advises is something that it takes.
class RefusalsTest {
  private static final Path DISK = Path.of("/d/disk.img");

  @TempDir private Path folder;

  @Test
  void adviceStandsBehindWhatIsWrong() {
    for (DriveProblem problem :
        List.of(
            new DriveProblem.Unusable("drive x is empty"),
            new DriveProblem.InUse(DISK),
            new DriveProblem.NotWritable(DISK),
            new DriveProblem.NotOpened(DISK, "Input/output error"),
            new DriveProblem.FormatUnclear(DISK),
            new DriveProblem.NotForked(DISK, "it is no regular file"),
            new DriveProblem.NotKept(DISK))) {
      assertTrue(Refusals.words(problem).startsWith(problem.message()), problem.message());
    }
    assertEquals(
        "drive /d/disk.img may not be written by you; allow it, or attach it as /d/disk.img,readonly",
        Refusals.words(new DriveProblem.NotWritable(DISK)));
    assertEquals(
        "drive /d/disk.img cannot be forked: it is no regular file;"
            + " attach it as /d/disk.img,readonly or /d/disk.img,snapshot",
        Refusals.words(new DriveProblem.NotForked(DISK, "it is no regular file")));
  }

  @Test
  void whoFollowsTheAdviceIsNotRefusedAgain() throws Exception {
    Path disk = Files.write(folder.resolve("disk.raw"), new byte[512]);
    DriveSpec spec = drive(disk.toString());
    try (Drive guessed = Drive.open(spec)) {
      IOException failure =
          assertThrows(
              ImageHeaderException.class,
              () -> guessed.write(0, new byte[] {'Q', 'F', 'I', (byte) 0xfb}, 0, 4));
      String known = disk + ",format=raw";
      assertTrue(Refusals.words(disk.toString(), failure).contains(known));
      guessed.close();
      try (Drive raw = Drive.open(drive(known))) {
        raw.write(0, new byte[] {'Q', 'F', 'I', (byte) 0xfb}, 0, 4);
      }
    }
    DriveProblem unclear = problem(spec);
    assertInstanceOf(DriveProblem.FormatUnclear.class, unclear);
    assertTrue(Refusals.words(unclear).contains(disk + ",format=raw"));
    String shared = disk + ",snapshot,format=raw";
    try (Drive one = Drive.open(drive(shared));
        Drive two = Drive.open(drive(shared))) {
      assertEquals(one.size(), two.size());
      DriveProblem used = problem(drive(disk + ",format=raw"));
      assertTrue(Refusals.words(used).contains(disk + ",snapshot"), used.message());
    }
  }

  /// What the command line makes of the text behind `--drive`.
  private static DriveSpec drive(String text) throws CommandFailure {
    Value said = CommandPlan.of("hello", "--drive", text).value("drive").orElseThrow();
    Value.Disk disk = assertInstanceOf(Value.Disk.class, said);
    return DriveWords.spec(Path.of(disk.file()), disk.words());
  }

  private static DriveProblem problem(DriveSpec spec) {
    return assertThrows(BlockStoreException.class, () -> Drive.open(spec).close()).problem();
  }
}
