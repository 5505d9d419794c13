package hospes.conformance.isa;

import hospes.engine.InstructionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Makes a stream on which the sides differ as small as possible, and tells what is left of it.
final class FailureReport {
  private final InstructionTable table;
  private final QemuSide qemu;
  private final HospesSide hospes;

  FailureReport(InstructionTable table, QemuSide qemu, HospesSide hospes) {
    this.table = table;
    this.qemu = qemu;
    this.hospes = hospes;
  }

  /// Writes the report to a file of `directory`; its text.
  String write(Stream stream, Path directory) throws IOException {
    Stream smallest = minimise(onlyBadRound(stream));
    List<String> lines = new ArrayList<>();
    lines.add("seed: " + stream.seed());
    lines.add("x%d points to %x".formatted(stream.pointer(), Layout.CENTRE));
    lines.add("instructions:");
    lines.addAll(StreamCode.assemble(table, smallest).listing());
    lines.add("what differs:");
    lines.addAll(differences(smallest));
    lines.add("registers before:");
    long[] state = smallest.states().getFirst();
    for (int i = 1; i < Layout.STATE_WORDS; i++) {
      lines.add("  %s: %016x".formatted(Answer.name(i), state[i]));
    }
    lines.add("memory before, from %x:".formatted(Layout.WINDOW));
    for (int i = 0; i < smallest.window().length; i += 32) {
      int end = Math.min(i + 32, smallest.window().length);
      lines.add("  " + HexFormat.of().formatHex(smallest.window(), i, end));
    }
    Path file = directory.resolve("stream-%d.txt".formatted(stream.seed()));
    Files.createDirectories(directory);
    Files.write(file, lines);
    int interesting = lines.indexOf("registers before:");
    return "Hospes and QEMU differ; the whole report is in %s%n%s"
        .formatted(file, String.join(System.lineSeparator(), lines.subList(0, interesting)));
  }

  /// The stream with the first round on which the sides differ, or as it is if QEMU or we fail
  /// before an answer.
  private Stream onlyBadRound(Stream stream) throws IOException {
    byte[] window = stream.window();
    for (long[] state : stream.states()) {
      Stream single = stream.withRound(window, state);
      if (!differences(single).isEmpty()) {
        return single;
      }
      window = hospes.answers(single, StreamCode.assemble(table, single)).getFirst().window();
    }
    return stream;
  }

  /// Leaves out what can be left out with the sides still differing.
  private Stream minimise(Stream stream) throws IOException {
    List<List<Step>> items = stream.items();
    for (int size = Math.max(1, items.size() / 2); size > 0; size /= 2) {
      int at = 0;
      while (at < items.size()) {
        List<List<Step>> fewer = new ArrayList<>(items.subList(0, at));
        fewer.addAll(items.subList(Math.min(items.size(), at + size), items.size()));
        if (differences(stream.withItems(fewer)).isEmpty()) {
          at += size;
        } else {
          items = fewer;
        }
      }
    }
    return stream.withItems(items);
  }

  private List<String> differences(Stream stream) throws IOException {
    StreamCode.Assembled code = StreamCode.assemble(table, stream);
    List<Answer> ours;
    try {
      ours = hospes.answers(stream, code);
    } catch (HospesSide.Trapped trapped) {
      return List.of("our side: " + trapped.getMessage());
    }
    List<Answer> theirs;
    try {
      theirs = qemu.answers(stream, code);
    } catch (IOException died) {
      qemu.restart();
      return List.of(String.valueOf(died.getMessage()));
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      all.addAll(ours.get(i).differences(theirs.get(i)));
    }
    return all;
  }
}
