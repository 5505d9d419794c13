package hospes.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.images.ImageException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mirror that is in the middle of an update: its signed index describes a package index that is
/// not there. The pull must take what still fits together, say so, and trust nothing else.
class MirrorUpdateTest {
  private static final String OLD = "6.12.1";
  private static final String NEW = "6.12.2";
  private static final String BY_HASH = "Acquire-By-Hash: yes\n";
  private static final String FIELDS =
      "Codename: trixie\nSuite: stable\nDate: %s 07:55:41 UTC\n" + BY_HASH;
  private static final String SEPTEMBER = "Sat, 12 Sep 2026";
  private static final String NOVEMBER = "Sat, 21 Nov 2026";

  @TempDir Path mirror;
  @TempDir Path cache;
  private final List<String> notes = new ArrayList<>();

  @Test
  void theIndexIsFetchedByItsHash() throws Exception {
    TestArchive archive = archive(NEW, NOVEMBER);
    archive.publish();
    archive.write(TestArchive.packageIndex("trixie"), TestArchive.text("not yet"));
    assertPulled(NEW);
    assertEquals(List.of(), notes);
  }

  @Test
  void hashesAreNotAskedForWhereNoneArePromised() throws Exception {
    TestArchive archive = archive(NEW, NOVEMBER);
    archive.publish();
    archive.releaseFields = archive.releaseFields.replace(BY_HASH, "Acquire-By-Hash: no\n");
    archive.publish();
    archive.write(TestArchive.packageIndex("trixie"), TestArchive.text("not yet"));
    refused(archive, TestArchive.packageIndex("trixie"));
  }

  @Test
  void theUsualNameServesWhereTheHashIsMissingOrHoldsSomethingElse() throws Exception {
    TestArchive archive = archive(NEW, NOVEMBER);
    archive.publish();
    Path named = onlyFile(archive.path(TestArchive.byHash("trixie")));
    Files.write(named, TestArchive.text("something else"));
    assertPulled(NEW);
    new Images(archive.settings(cache)).remove("debian");
    Files.delete(named);
    assertPulled(NEW);
    assertEquals(List.of(), notes);
  }

  @Test
  void theOlderIndexUnderTheSuitesOtherNameIsUsedAndSaid() throws Exception {
    archive(OLD, SEPTEMBER).publish("stable");
    publishHalfOf(archive(NEW, NOVEMBER));

    assertPulled(OLD);

    assertEquals(1, notes.size(), notes.toString());
    String note = notes.getFirst();
    for (String part :
        List.of("middle of an update", "2026-11-21", "older one of 2026-09-12", "dists/stable")) {
      assertTrue(note.contains(part), note);
    }
  }

  @Test
  void anIndexThatIsNotOlderIsNotCalledOlder() throws Exception {
    archive(NEW, NOVEMBER).publish("stable");
    publishHalfOf(archive(OLD, SEPTEMBER));
    assertPulled(NEW);
    assertEquals(1, notes.size(), notes.toString());
    assertFalse(notes.getFirst().contains("older"), notes.getFirst());
  }

  @Test
  void theSameIndexUnderTheOtherNameIsNothingToSay() throws Exception {
    TestArchive archive = archive(NEW, NOVEMBER);
    archive.publish("stable");
    publishHalfOf(archive);
    assertPulled(NEW);
    assertEquals(List.of(), notes);
  }

  @Test
  void theOtherNameMayStandForAnotherReleaseByNow() {
    TestArchive other = archive(OLD, SEPTEMBER);
    other.releaseFields = other.releaseFields.replace("trixie", "forky");
    other.publish("stable");
    assertTheFirstProblemIsNamed(Reason.BAD_MIRROR);
  }

  @Test
  void theOtherNamesIndexMustBeSignedByTheSameKeys() {
    TestArchive other = archive(OLD, SEPTEMBER);
    other.key = SigningKey.create(Instant.parse("2025-01-01T00:00:00Z"), Duration.ZERO);
    other.publish("stable");
    assertTheFirstProblemIsNamed(Reason.BAD_SIGNATURE);
  }

  @Test
  void theOtherNamesIndexMustNotBePastItsDate() {
    TestArchive other = archive(OLD, SEPTEMBER);
    other.releaseFields += "Valid-Until: Sat, 01 Jan 2022 00:00:00 UTC\n";
    other.publish("stable");
    assertTheFirstProblemIsNamed(Reason.EXPIRED);
  }

  @Test
  void theOtherNameMayBeInTheSameState() {
    TestArchive other = archive(OLD, SEPTEMBER);
    other.publish("stable");
    other.write(TestArchive.packageIndex("stable"), TestArchive.text("torn"));
    deleteByHash("stable");
    assertTheFirstProblemIsNamed(Reason.HASH_MISMATCH);
  }

  @Test
  void theOtherNameMayBeMissing() {
    assertTheFirstProblemIsNamed(Reason.BAD_MIRROR);
  }

  @Test
  void aSuiteThatNamesNoUsableOtherHasNone() {
    archive(OLD, SEPTEMBER).publish("stable");
    for (String suite : List.of("", "Suite: trixie\n", "Suite: ../dists/stable\n")) {
      TestArchive archive = archive(NEW, NOVEMBER);
      archive.releaseFields = archive.releaseFields.replace("Suite: stable\n", suite);
      publishHalfOf(archive);
      ImageException e = refused(archive, TestArchive.packageIndex("trixie"));
      assertEquals(0, e.getSuppressed().length, suite);
    }
  }

  private TestArchive archive(String version, String date) {
    var archive = new TestArchive(mirror);
    archive.releaseFields = FIELDS.formatted(date);
    archive.kernel(version, TestArchive.kernelFiles(version));
    archive.busybox();
    return archive;
  }

  /// Everything but the package index, which is another one.
  private void publishHalfOf(TestArchive archive) {
    archive.publish();
    archive.write(TestArchive.packageIndex("trixie"), TestArchive.text("of another time"));
    deleteByHash("trixie");
  }

  private void assertTheFirstProblemIsNamed(Reason further) {
    TestArchive archive = archive(NEW, NOVEMBER);
    publishHalfOf(archive);
    ImageException e = refused(archive, TestArchive.packageIndex("trixie"));
    assertEquals(1, e.getSuppressed().length);
    assertEquals(further, ((ImageException) e.getSuppressed()[0]).reason());
  }

  private void assertPulled(String version) throws ImageException {
    Image image =
        new Images(new TestArchive(mirror).settings(cache))
            .pull("debian", PullOptions.current(), listener());
    assertTrue(
        image.versions().containsKey("linux-image-" + version + "-riscv64"),
        image.versions().toString());
  }

  private ImageException refused(TestArchive archive, String file) {
    var images = new Images(archive.settings(cache));
    ImageException e =
        assertThrows(
            ImageException.class, () -> images.pull("debian", PullOptions.current(), listener()));
    assertEquals(Reason.HASH_MISMATCH, e.reason(), e.getMessage());
    for (String part : List.of(file, "middle of an update", "later")) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
    assertEquals(Optional.of(ImageException.Remedy.OTHER_MIRROR), e.remedy());
    assertEquals(List.of(), notes);
    return e;
  }

  private ProgressListener listener() {
    return new ProgressListener() {
      @Override
      public void progress(Progress progress) {}

      @Override
      public void note(String message) {
        notes.add(message);
      }
    };
  }

  private void deleteByHash(String suite) {
    try {
      Files.delete(onlyFile(mirror.resolve(TestArchive.byHash(suite))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path onlyFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      return all.getFirst();
    }
  }
}
