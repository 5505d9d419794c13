package hospes.host.template;

import hospes.guests.Plan;
import hospes.guests.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// What a template is of. Two starts share a template exactly where their keys are equal.
///
/// @param origin what was booted, and the build of Hospes that did it
/// @param machine the machine that it was booted on
record TemplateKey(String origin, String machine) {
  private static final int DIGITS = 16;

  static TemplateKey of(TemplateSubject subject, Plan plan) {
    return of(subject, plan, ProgramBuild.id());
  }

  static TemplateKey of(TemplateSubject subject, Plan plan, String build) {
    // Joined, not formatted: to format the first number takes longer than to restore the guest.
    return new TemplateKey(
        String.join("\n", subject.name(), subject.content(), build),
        String.join(
            "\n", plan.kind().name(), plan.screen().toString(), String.join("\n", said(plan))));
  }

  /// What was said of the machine, but for files: those are what is booted.
  private static List<String> said(Plan plan) {
    List<String> said = new ArrayList<>();
    plan.values()
        .forEach(
            (option, values) -> {
              for (Value value : values) {
                if (!(value instanceof Value.File)) {
                  said.add(option + " " + value);
                }
              }
            });
    said.sort(Comparator.naturalOrder());
    return said;
  }

  /// All of it.
  String text() {
    return origin + "\n" + machine;
  }

  /// What the names of all templates of this origin begin with.
  String family() {
    return digest(origin) + "-";
  }

  String fileName() {
    return family() + digest(machine) + TemplateFolder.SUFFIX;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static String digest(String text) {
    byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash).substring(0, DIGITS);
  }
}
