package hospes.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is measured: a way to start an emulator, by name.
sealed interface Emulator {
  /// The name in the results.
  String name();

  /// Variables to set for these commands, beyond those that are inherited.
  Map<String, String> environment();

  /// The command that prints the version.
  List<String> version();

  /// One that emulates boards for RISC-V.
  sealed interface OfBoards extends Emulator {
    /// The command that boots a kernel with its console on standard input and output.
    List<String> boot(BootFiles files, int harts);

    /// The command that runs a bare-metal program in machine mode to its end.
    List<String> program(Path elf);
  }

  /// One that plays stories for the Z-machine.
  sealed interface OfStories extends Emulator {
    /// The command that plays a story on standard input and output.
    List<String> story(Path story);
  }

  /// Guest memory on every board.
  String MEMORY = "1G";

  /// What they all boot.
  ///
  /// @param kernel a raw Linux Image
  /// @param initrd a cpio archive
  /// @param commandLine the kernel's parameters
  /// @param drives disks in raw files
  record BootFiles(Path kernel, Path initrd, String commandLine, List<Path> drives) {}

  /// Hospes as a user starts it, from a checkout.
  ///
  /// @param jvmOptions added to those in jvm.options, split at spaces; may be empty
  record Hospes(String name, Path checkout, String jvmOptions) implements OfBoards, OfStories {
    private String launcher() {
      return checkout.resolve("hospes").toString();
    }

    @Override
    public List<String> boot(BootFiles files, int harts) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  launcher(),
                  "run",
                  "--kernel",
                  files.kernel().toString(),
                  "--initrd",
                  files.initrd().toString(),
                  "--append",
                  files.commandLine(),
                  "--memory",
                  MEMORY,
                  "--harts",
                  Integer.toString(harts)));
      files.drives().forEach(drive -> command.addAll(List.of("--drive", drive.toString())));
      return command;
    }

    @Override
    public List<String> program(Path elf) {
      return List.of(
          launcher(), "run", "--bios", "none", "--kernel", elf.toString(), "--memory", MEMORY);
    }

    @Override
    public List<String> story(Path story) {
      return List.of(launcher(), "run", story.toString(), "--plain");
    }

    /// As [#program(Path)], and tells at the end how many instructions there were.
    List<String> programWithStatistics(Path elf) {
      List<String> command = new ArrayList<>(program(elf));
      command.add("--stats");
      return command;
    }

    @Override
    public Map<String, String> environment() {
      return jvmOptions.isEmpty() ? Map.of() : Map.of("HOSPES_JAVA_OPTS", jvmOptions);
    }

    @Override
    public List<String> version() {
      return List.of(launcher(), "--version");
    }
  }

  /// QEMU's system emulator with its own firmware (OpenSBI).
  ///
  /// @param program the emulator's file
  record Qemu(Path program) implements OfBoards {
    @Override
    public String name() {
      return "qemu";
    }

    private List<String> machine(int harts, String... more) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  program.toString(),
                  "-M",
                  "virt",
                  "-m",
                  MEMORY,
                  "-smp",
                  Integer.toString(harts),
                  "-nographic"));
      command.addAll(List.of(more));
      return command;
    }

    @Override
    public List<String> boot(BootFiles files, int harts) {
      List<String> command =
          machine(
              harts,
              "-kernel",
              files.kernel().toString(),
              "-initrd",
              files.initrd().toString(),
              "-append",
              files.commandLine());
      for (int i = 0; i < files.drives().size(); i++) {
        String file = files.drives().get(i).toString().replace(",", ",,");
        command.addAll(
            List.of(
                "-drive",
                "file=%s,format=raw,if=none,id=disk%d".formatted(file, i),
                "-device",
                "virtio-blk-device,drive=disk%d".formatted(i)));
      }
      return command;
    }

    @Override
    public List<String> program(Path elf) {
      return machine(1, "-bios", "none", "-kernel", elf.toString());
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public List<String> version() {
      return List.of(program.toString(), "--version");
    }
  }

  /// Frotz's interpreter of the Z-machine for pipes, which runs nothing else.
  ///
  /// @param program the interpreter's file
  record Frotz(Path program) implements OfStories {
    @Override
    public String name() {
      return "dfrotz";
    }

    @Override
    public List<String> story(Path story) {
      return List.of(program.toString(), "-m", story.toString());
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public List<String> version() {
      return List.of(program.toString(), "-v");
    }
  }
}
