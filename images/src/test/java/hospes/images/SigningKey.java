package hospes.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;

/// A key that signs archives made for tests.
final class SigningKey {
  private final PGPKeyPair pair;
  private final PGPPublicKey certified;

  private SigningKey(PGPKeyPair pair, PGPPublicKey certified) {
    this.pair = pair;
    this.certified = certified;
  }

  /// @param validity for how long it may sign, or zero for always
  static SigningKey create(Instant created, Duration validity) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var pair =
          new JcaPGPKeyPair(
              PublicKeyPacket.VERSION_4,
              PublicKeyAlgorithmTags.RSA_GENERAL,
              generator.generateKeyPair(),
              Date.from(created));
      var subpackets = new PGPSignatureSubpacketGenerator();
      subpackets.setKeyExpirationTime(true, validity.toSeconds());
      PGPSignatureGenerator signatures = signer(pair, HashAlgorithmTags.SHA256);
      signatures.init(PGPSignature.POSITIVE_CERTIFICATION, pair.getPrivateKey());
      signatures.setHashedSubpackets(subpackets.generate());
      String user = "Archive for tests";
      PGPSignature certification = signatures.generateCertification(user, pair.getPublicKey());
      return new SigningKey(
          pair, PGPPublicKey.addCertification(pair.getPublicKey(), user, certification));
    } catch (PGPException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// The public key as a keyring file holds it.
  byte[] keyring() {
    try {
      return certified.getEncoded();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  byte[] sign(String text) {
    return sign(text, HashAlgorithmTags.SHA256);
  }

  /// The text with a cleartext signature.
  byte[] sign(String text, int hash) {
    try {
      PGPSignatureGenerator generator = signer(pair, hash);
      generator.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, pair.getPrivateKey());
      var out = new ByteArrayOutputStream();
      var armor = new ArmoredOutputStream(out);
      armor.beginClearText(hash);
      String[] lines = text.stripTrailing().split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        generator.update(
            ((i == 0 ? "" : "\r\n") + lines[i].stripTrailing()).getBytes(StandardCharsets.UTF_8));
        armor.write((lines[i] + "\n").getBytes(StandardCharsets.UTF_8));
      }
      armor.endClearText();
      generator.generate().encode(armor);
      armor.close();
      return out.toByteArray();
    } catch (PGPException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static PGPSignatureGenerator signer(PGPKeyPair pair, int hash) {
    return new PGPSignatureGenerator(
        new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), hash),
        pair.getPublicKey());
  }
}
