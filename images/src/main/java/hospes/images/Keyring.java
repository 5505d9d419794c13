package hospes.images;

import hospes.images.ImageException.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/// The keys that sign the Debian archive, and the check that one of them did. RFC 9580, 7
/// (cleartext signatures).
public final class Keyring {
  private final Path file;
  private final PGPPublicKeyRingCollection keys;

  private Keyring(Path file, PGPPublicKeyRingCollection keys) {
    this.file = file;
    this.keys = keys;
  }

  /// The keyring file to use: the one that the environment names, or else the installed one.
  public static Optional<Path> locate(ImageSettings settings) {
    String named = settings.environment().getOrDefault(ImageSettings.KEYRING_VARIABLE, "");
    if (!named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    return settings.keyrings().stream().filter(Files::isReadable).findFirst();
  }

  /// Reads the keyring that [#locate] finds.
  ///
  /// @throws ImageException if there is none, or it cannot be read
  static Keyring open(ImageSettings settings) throws ImageException {
    Path file =
        locate(settings)
            .orElseThrow(
                () ->
                    new ImageException(
                        Reason.NO_KEYRING,
                        "the keys of the Debian archive are not installed, so nothing can be verified. Install the package"
                            + " debian-archive-keyring, or set "
                            + ImageSettings.KEYRING_VARIABLE
                            + " to the keyring's file"));
    try (InputStream in =
        PGPUtil.getDecoderStream(new BufferedInputStream(Files.newInputStream(file)))) {
      var keys = new PGPPublicKeyRingCollection(in, new BcKeyFingerprintCalculator());
      if (keys.size() == 0) {
        throw new IOException("it holds no keys");
      }
      return new Keyring(file, keys);
    } catch (NoSuchFileException e) {
      throw new ImageException(Reason.NO_KEYRING, "there is no keyring " + file, e);
    } catch (IOException | PGPException | RuntimeException e) {
      throw new ImageException(
          Reason.NO_KEYRING, "cannot read the keyring " + file + ": " + e.getMessage(), e);
    }
  }

  /// The text of a message with a cleartext signature, once one of the keys is known to have signed
  /// it.
  ///
  /// @param message the whole file
  /// @param what the file's name, for messages
  /// @throws ImageException if it is not signed, or not by any of the keys, or by a key that was
  /// expired, revoked or uses
  ///     a broken hash
  String verify(byte[] message, String what) throws ImageException {
    try (var in = new ArmoredInputStream(new ByteArrayInputStream(message))) {
      if (!in.isClearText()) {
        throw bad(what + " is not signed");
      }
      List<byte[]> lines = clearText(in);
      Object signatures = new BcPGPObjectFactory(in).nextObject();
      if (!(signatures instanceof PGPSignatureList list) || list.isEmpty()) {
        throw bad(what + " is not signed");
      }
      var problems = new ArrayList<String>();
      for (PGPSignature signature : list) {
        Optional<String> problem = problem(signature, lines);
        if (problem.isEmpty()) {
          return text(lines);
        }
        problems.add(problem.get());
      }
      throw bad(
          "%s is not signed by a key in %s (%s). If the keyring is old, update the package debian-archive-keyring"
              .formatted(what, file, String.join("; ", problems)));
    } catch (IOException | PGPException | RuntimeException e) {
      throw new ImageException(
          Reason.BAD_SIGNATURE,
          what + " has a signature that cannot be read: " + e.getMessage(),
          e);
    }
  }

  /// What is wrong with a signature, if anything.
  private Optional<String> problem(PGPSignature signature, List<byte[]> lines) throws PGPException {
    String id = "%016X".formatted(signature.getKeyID());
    PGPPublicKey key = keys.getPublicKey(signature.getKeyID());
    if (key == null) {
      return Optional.of("key " + id + " is unknown");
    }
    if (signature.getSignatureType() != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
      return Optional.of("key " + id + " made a signature of another kind");
    }
    if (!isStrong(signature.getHashAlgorithm())) {
      return Optional.of("key " + id + " signed a weak hash");
    }
    Instant when = signature.getCreationTime().toInstant();
    if (!wasValid(key, when) || !masterWasValid(signature.getKeyID(), when)) {
      return Optional.of("key " + id + " was expired or revoked");
    }
    signature.init(new BcPGPContentVerifierBuilderProvider(), key);
    boolean first = true;
    for (byte[] line : lines) {
      if (!first) {
        signature.update((byte) '\r');
        signature.update((byte) '\n');
      }
      first = false;
      signature.update(line, 0, withoutTrailingBlanks(line));
    }
    return signature.verify()
        ? Optional.empty()
        : Optional.of("the signature of key " + id + " is wrong");
  }

  private boolean masterWasValid(long keyId, Instant when) throws PGPException {
    PGPPublicKeyRing ring = keys.getPublicKeyRing(keyId);
    return ring != null && wasValid(ring.getPublicKey(), when);
  }

  private static boolean wasValid(PGPPublicKey key, Instant when) {
    Instant created = key.getCreationTime().toInstant();
    long seconds = key.getValidSeconds();
    return !key.hasRevocation()
        && !when.isBefore(created)
        && (seconds == 0 || when.isBefore(created.plusSeconds(seconds)));
  }

  private static boolean isStrong(int hash) {
    return hash == HashAlgorithmTags.SHA256
        || hash == HashAlgorithmTags.SHA384
        || hash == HashAlgorithmTags.SHA512;
  }

  /// The signed lines, without their ends and dash escapes. The end of the last line belongs to the
  /// signature's header.
  private static List<byte[]> clearText(ArmoredInputStream in) throws IOException {
    var lines = new ArrayList<byte[]>();
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && in.isClearText(); c = in.read()) {
      if (c == '\n') {
        lines.add(line.toByteArray());
        line.reset();
      } else if (c != '\r') {
        line.write(c);
      }
    }
    if (line.size() > 0) {
      lines.add(line.toByteArray());
    }
    return lines;
  }

  private static int withoutTrailingBlanks(byte[] line) {
    int length = line.length;
    while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t')) {
      length--;
    }
    return length;
  }

  private static String text(List<byte[]> lines) {
    var text = new StringBuilder();
    for (byte[] line : lines) {
      text.append(new String(line, 0, withoutTrailingBlanks(line), StandardCharsets.UTF_8))
          .append('\n');
    }
    return text.toString();
  }

  private static ImageException bad(String message) {
    return new ImageException(Reason.BAD_SIGNATURE, message);
  }
}
