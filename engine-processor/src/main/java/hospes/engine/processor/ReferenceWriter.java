package hospes.engine.processor;

/// Writes the reference page: every instruction with its text, its encoding and the first sentence
// of its comment.
final class ReferenceWriter {
  private final ArchitectureModel model;

  ReferenceWriter(ArchitectureModel model) {
    this.model = model;
  }

  String write() {
    StringBuilder page =
        new StringBuilder(
            """
            # Instructions of %s

            Made by the build from the instruction methods; see [adding an instruction](../adding-an-instruction.md).
            Encodings are written from the most significant bit.
            """
                .formatted(model.name()));
    for (ExtensionModel extension : model.extensions()) {
      page.append(
          "\n## %s: %s\n\n".formatted(extension.name(), firstSentence(extension.documentation())));
      if (!extension.instructions().isEmpty()) {
        page.append("| instruction | encoding | meaning |\n|---|---|---|\n");
        extension.instructions().forEach(instruction -> page.append(row(instruction)));
      }
      if (!extension.compressed().isEmpty()) {
        page.append("| instruction | encoding | short for |\n|---|---|---|\n");
        for (CompressedModel compressed : extension.compressed()) {
          String[] halves = compressed.definition().split(" : |=>");
          page.append(
              "| `%s` | `%s` | `%s` |\n"
                  .formatted(halves[0].trim(), cell(halves[1].trim()), halves[2].trim()));
        }
      }
    }
    return page.toString();
  }

  private static String row(InstructionModel instruction) {
    String[] halves = instruction.definition().split(" : ", 2);
    StringBuilder meaning = new StringBuilder(firstSentence(instruction.documentation()));
    for (String alias : instruction.aliases()) {
      meaning
          .append(meaning.isEmpty() ? "" : " ")
          .append("Also `%s`.".formatted(alias.split(" = ")[0]));
    }
    return "| `%s` | `%s` | %s |\n".formatted(halves[0].trim(), cell(halves[1].trim()), meaning);
  }

  private static String cell(String code) {
    return code.replace("|", "\\|");
  }

  private static String firstSentence(String documentation) {
    String flat = documentation.replaceAll("\\s+", " ");
    int end = flat.indexOf(". ");
    return end < 0 ? flat : flat.substring(0, end + 1);
  }
}
