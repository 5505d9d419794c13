package hospes.bench;

import hospes.bench.Emulator.BootFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A booted guest of each emulator, started, saved to a file, and restored from that.
final class SavedGuests {
  private static final String NAME = "bench-host";
  private static final String MONITOR = "(qemu) ";

  /// Ctrl-A C leads to QEMU's monitor and back.
  private static final String SWITCH = "\u0001c";

  private final GuestProcess processes;
  private final BootFiles files;
  private final Path folder;

  /// @param folder where the files go
  SavedGuests(GuestProcess processes, BootFiles files, Path folder) {
    this.processes = processes;
    this.files = files;
    this.folder = folder;
  }

  private Path file(Emulator.OfBoards emulator) {
    return folder.resolve(emulator.name() + ".saved");
  }

  /// Whatever is made once: a template, a disk for QEMU's states.
  void prepare(Emulator.OfBoards emulator) throws BenchFailure {
    switch (emulator) {
      case Emulator.Hospes _ -> start(emulator);
      case Emulator.Qemu _ ->
          processes.output(
              List.of("qemu-img", "create", "-f", "qcow2", file(emulator).toString(), "4G"));
    }
  }

  /// From the start of the process to the prompt.
  Sample start(Emulator.OfBoards emulator) throws BenchFailure {
    List<String> command =
        switch (emulator) {
          case Emulator.Hospes hospes -> hospes(hospes, "run", "debian");
          case Emulator.Qemu _ -> emulator.boot(files, 1);
        };
    return processes.untilPrinted(BootImage.PROMPT, command, emulator.environment());
  }

  private static List<String> hospes(Emulator.Hospes hospes, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(hospes.checkout().resolve("hospes").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private List<String> qemuWithDisk(Emulator.OfBoards qemu, String... more) {
    List<String> command = new ArrayList<>(qemu.boot(files, 1));
    command.addAll(
        List.of(
            "-drive",
            "file=%s,format=qcow2,if=none,id=states".formatted(file(qemu)),
            "-device",
            "virtio-blk-device,drive=states"));
    command.addAll(List.of(more));
    return command;
  }

  /// From the command to save a guest that waits at its prompt until that is done.
  Sample save(Emulator.OfBoards emulator) throws BenchFailure {
    return switch (emulator) {
      case Emulator.Hospes hospes -> snapshot(hospes);
      case Emulator.Qemu _ -> savevm(emulator);
    };
  }

  private Sample snapshot(Emulator.Hospes hospes) throws BenchFailure {
    List<String> run = hospes(hospes, "run", "debian", "--name", NAME);
    try (GuestConsole guest = processes.open(run, hospes.environment())) {
      guest.await(BootImage.PROMPT);
      return processes
          .untilEnd(hospes(hospes, "snapshot", NAME, file(hospes).toString()), hospes.environment())
          .sample();
    }
  }

  private Sample savevm(Emulator.OfBoards qemu) throws BenchFailure {
    try (GuestConsole guest = processes.open(qemuWithDisk(qemu), Map.of())) {
      guest.await(BootImage.PROMPT);
      guest.type(SWITCH);
      guest.await(MONITOR);
      guest.await(MONITOR); // the answer to the empty line
      GuestConsole.Moment before = guest.now();
      guest.type("savevm bench");
      return guest.await(MONITOR).moment().since(before);
    }
  }

  /// From the start of a process to an answer of the shell that was saved last.
  Sample restore(Emulator.Hospes hospes) throws BenchFailure {
    List<String> command = hospes(hospes, "restore", file(hospes).toString());
    try (GuestConsole guest = processes.open(command, hospes.environment())) {
      guest.type("");
      return guest.await(BootImage.PROMPT).moment().since(guest.start());
    }
  }
}
