package hospes.host;

import hospes.boards.VirtSpec.Firmware;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// What templates are made of.
///
/// @param name for people
/// @param content names what is booted: another one, another content
/// @param prompt what the guest says when it is booted
/// @param folder where the templates are
record TemplateSubject(String name, String content, String prompt, Path folder) {
  /// A guest that is no image: its content is named by what it loads.
  static TemplateSubject of(GuestName name, VirtPlan plan, String prompt, Path folder) {
    BootFiles files = plan.files().load();
    MessageDigest sha256 = sha256();
    add(sha256, files.kernel());
    add(sha256, files.initrd());
    add(sha256, files.deviceTree());
    switch (files.firmware()) {
      case Firmware.BuiltIn() -> sha256.update((byte) 0);
      case Firmware.None() -> sha256.update((byte) 1);
      case Firmware.File(byte[] content) -> add(sha256, Optional.of(content));
    }
    String content = HexFormat.of().formatHex(sha256.digest()) + prompt;
    return new TemplateSubject(name.text(), content, prompt, folder);
  }

  private static void add(MessageDigest sha256, Optional<byte[]> file) {
    byte[] content = file.orElse(new byte[0]);
    sha256.update(Integer.toString(content.length).getBytes(StandardCharsets.UTF_8));
    sha256.update(content);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
