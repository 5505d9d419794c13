package hospes.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.images.ImageException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a mirror, or who sits in front of it, might try. In each case the pull must fail, say why,
/// and leave no image.
class TrustTest {
  private static final String RELEASE = "dists/trixie/InRelease";

  @TempDir Path mirror;
  @TempDir Path cache;

  @Test
  void anotherKeysSignatureIsRefused() {
    TestArchive archive = archive();
    archive.key = SigningKey.create(Instant.parse("2025-01-01T00:00:00Z"), Duration.ZERO);
    archive.publish();
    String message = refused(Reason.BAD_SIGNATURE, archive);
    assertTrue(message.contains("debian-archive-keyring"), message);
  }

  @Test
  void aKeyThatHadExpiredIsRefused() {
    TestArchive archive = archive();
    archive.key = SigningKey.create(Instant.parse("2020-01-01T00:00:00Z"), Duration.ofDays(1));
    archive.publish();
    ImageSettings settings = archive.settings(cache);
    archive.write("keyring.gpg", archive.key.keyring());
    String message = refused(Reason.BAD_SIGNATURE, new Images(settings));
    assertTrue(message.contains("expired"), message);
  }

  @Test
  void aBrokenHashIsRefused() throws Exception {
    TestArchive archive = archive();
    String text = "Codename: trixie\n";
    archive.write(RELEASE, TestArchive.KEY.sign(text, HashAlgorithmTags.SHA1));
    String message = refused(Reason.BAD_SIGNATURE, archive);
    assertTrue(message.contains("weak") || message.contains("cannot be read"), message);
  }

  @Test
  void everyChangeToTheSignedTextIsNoticed() throws Exception {
    TestArchive archive = archive();
    String signed = Files.readString(archive.path(RELEASE));
    for (String changed :
        List.of(
            signed.replace("Suite: stable", "Suite: unstable"),
            signed.replace("SHA256:", "SHA256:\n " + "0".repeat(64) + " 1 more"),
            signed.replace("-----BEGIN PGP SIGNATURE", "more\n-----BEGIN PGP SIGNATURE"),
            signed.substring(
                signed.indexOf("Codename"), signed.indexOf("-----BEGIN PGP SIGNATURE")),
            signed.substring(0, signed.indexOf("-----BEGIN PGP SIGNATURE")),
            signed.substring(0, signed.length() / 2),
            "",
            "\0\0\0")) {
      archive.write(RELEASE, changed.getBytes(StandardCharsets.UTF_8));
      refused(Reason.BAD_SIGNATURE, archive);
    }
  }

  @Test
  void textAroundTheSignedPartIsNotTrusted() throws Exception {
    TestArchive archive = archive();
    byte[] signed = Files.readAllBytes(archive.path(RELEASE));
    String forged =
        "Codename: forged\n\n"
            + new String(signed, StandardCharsets.UTF_8)
            + "\nCodename: forged\n";
    Keyring keyring = Keyring.open(archive.settings(cache));
    try {
      String text = keyring.verify(forged.getBytes(StandardCharsets.UTF_8), "InRelease");
      assertTrue(text.startsWith("Codename: trixie\n") && !text.contains("forged"), text);
    } catch (ImageException e) {
      assertEquals(Reason.BAD_SIGNATURE, e.reason());
    }
  }

  @Test
  void anIndexThatIsPastItsDateIsRefused() {
    TestArchive archive = archive();
    archive.releaseFields += "Valid-Until: Sat, 01 Jan 2022 00:00:00 UTC\n";
    archive.publish();
    String message = refused(Reason.EXPIRED, archive);
    assertTrue(message.contains("01 Jan 2022"), message);
  }

  @Test
  void anIndexThatIsStillValidIsAccepted() throws Exception {
    TestArchive archive = archive();
    archive.releaseFields += "Valid-Until: Fri, 01 Jan 2100 00:00:00 UTC\n";
    archive.publish();
    new Images(archive.settings(cache))
        .pull("debian", PullOptions.current(), ProgressListener.none());
  }

  @Test
  void anotherReleaseIsNotPassedOff() {
    TestArchive archive = archive();
    archive.releaseFields = "Codename: bookworm\n";
    archive.publish();
    refused(Reason.BAD_MIRROR, archive);
  }

  @Test
  void aChangedPackageIndexIsNoticed() throws Exception {
    TestArchive archive = archive();
    damage(archive.path("dists/trixie/main/binary-riscv64/Packages.xz"));
    refused(Reason.HASH_MISMATCH, archive);
  }

  @Test
  void aChangedPackageIsNoticed() throws Exception {
    TestArchive archive = archive();
    damage(archive.path("pool/main/x/linux-image-6.12.1-riscv64_6.12.1-1_riscv64.deb"));
    String message = refused(Reason.HASH_MISMATCH, archive);
    assertTrue(message.contains("linux-image-6.12.1-riscv64_6.12.1-1_riscv64.deb"), message);
  }

  @Test
  void aMissingPackageIsNamed() {
    var archive = new TestArchive(mirror);
    archive.kernel("6.12.1", TestArchive.kernelFiles("6.12.1"));
    archive.publish();
    String message = refused(Reason.PACKAGE_MISSING, archive);
    assertTrue(message.contains("busybox-static"), message);
  }

  @Test
  void aMirrorWithoutTheArchiveIsNamed() {
    var archive = new TestArchive(mirror);
    String message = refused(Reason.BAD_MIRROR, archive);
    assertTrue(message.contains("InRelease"), message);
  }

  @Test
  void withoutAKeyringNothingIsFetched() {
    TestArchive archive = archive();
    ImageSettings known = archive.settings(cache);
    var settings =
        new ImageSettings(
            cache,
            known.configFile(),
            known.aptDirectory(),
            List.of(mirror.resolve("absent")),
            known.environment());
    refused(Reason.NO_KEYRING, new Images(settings));
    archive.write("keyring.gpg", TestArchive.text("no keys here"));
    refused(Reason.NO_KEYRING, new Images(known));
  }

  @Test
  void packagesThatAreSignedButBrokenAreRefused() {
    Map<String, byte[]> good = TestArchive.kernelFiles("6.12.1");
    byte[] deb = TestArchive.deb(good);
    malformed(Arrays.copyOf(deb, deb.length / 2));
    malformed(new byte[0]);
    malformed(TestArchive.text("no archive at all"));
    malformed(TestArchive.deb(Map.of()));
    malformed(TestArchive.deb(Map.of("./boot/vmlinux-6.12.1-riscv64", new byte[4096])));
    // A kernel alone lacks the modules.
    malformed(
        TestArchive.deb(
            Map.of("./boot/vmlinux-6.12.1-riscv64", TestArchive.kernelImage("6.12.1"))));
  }

  @Test
  void aPackageThatSwellsBeyondReasonIsRefused() {
    malformed(TestArchive.deb(Map.of("./boot/padding", new byte[80 << 20])));
  }

  private void malformed(byte[] deb) {
    var archive = new TestArchive(mirror);
    archive.add(
        "linux-image-riscv64", "6.12.1-1", "Depends: linux-image-6.12.1-riscv64\n", new byte[0]);
    archive.add("linux-image-6.12.1-riscv64", "6.12.1-1", "", deb);
    archive.busybox();
    archive.publish();
    refused(Reason.MALFORMED, archive);
  }

  private TestArchive archive() {
    return TestArchive.complete(mirror, "6.12.1");
  }

  private String refused(Reason reason, TestArchive archive) {
    return refused(reason, new Images(archive.settings(cache)));
  }

  private static String refused(Reason reason, Images images) {
    ImageException e =
        assertThrows(
            ImageException.class,
            () -> images.pull("debian", PullOptions.current(), ProgressListener.none()));
    assertEquals(reason, e.reason(), e.getMessage());
    try {
      assertEquals(List.of(), images.list());
    } catch (ImageException listing) {
      throw new AssertionError(listing);
    }
    return e.getMessage();
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }
}
