package hospes.host;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What a template is of. Two starts share a template exactly where their keys are equal.
///
/// @param origin what was booted, and the build of Hospes that did it
/// @param machine the machine that it was booted on
record TemplateKey(String origin, String machine) {
  private static final int DIGITS = 16;

  static TemplateKey of(TemplateSubject subject, VirtPlan plan) {
    return of(subject, plan, ProgramBuild.id());
  }

  static TemplateKey of(TemplateSubject subject, VirtPlan plan, String build) {
    // Joined, not formatted: to format the first number takes longer than to restore the guest.
    return new TemplateKey(
        String.join("\n", subject.name(), subject.content(), build),
        String.join(
            "\n",
            "virt",
            Long.toString(plan.memoryBytes()),
            Integer.toString(plan.harts()),
            plan.commandLine()));
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

  private static String digest(String text) {
    byte[] hash = TemplateSubject.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash).substring(0, DIGITS);
  }
}
