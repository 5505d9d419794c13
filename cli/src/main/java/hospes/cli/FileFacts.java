package hospes.cli;

import hospes.formats.FormatException;
import hospes.formats.cpio.CpioReader;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Segment;
import hospes.formats.fdt.DeviceTree;
import hospes.formats.fdt.Node;
import hospes.formats.snapshot.SnapshotHeader;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What can be said of a file at a glance.
final class FileFacts {
  private static final String SNAPSHOT_MAGIC = "\u0089HSP";
  private static final String TREE_MAGIC = "\u00d0\r\u00fe\u00ed";
  private static final String CPIO_MAGIC = "070701";

  /// Where a Linux Image tells how much memory it takes.
  private static final int IMAGE_SIZE = 16;

  private FileFacts() {}

  /// The facts.
  ///
  /// @throws CommandFailure where the file cannot be read, or nothing is known of its kind
  /// @throws FormatException where it is damaged
  /// @throws SnapshotFileException where it is a damaged snapshot
  static Facts of(Path file) throws CommandFailure, FormatException, SnapshotFileException {
    if (begins(InputFile.start(file, "file", SNAPSHOT_MAGIC.length()), SNAPSHOT_MAGIC)) {
      return ofSnapshot(file);
    }
    byte[] content = InputFile.read(file, "file");
    if (begins(content, TREE_MAGIC)) {
      return ofTree(content);
    }
    if (begins(content, CPIO_MAGIC)) {
      return new Facts()
          .add("kind", "a cpio archive: an initial RAM disk")
          .add("size", bytes(content.length))
          .add("entries", String.valueOf(CpioReader.read(content).size()));
    }
    return switch (FileKind.of(content)) {
      case FileKind.ZCode(var story, var container) ->
          StoryFacts.of(story, container, content.length);
      case FileKind.LinuxImage() -> ofImage(content);
      case FileKind.SupervisorElf() ->
          ofElf(content, "an ELF kernel for RISC-V, which starts in supervisor mode");
      case FileKind.BareMetalElf() ->
          ofElf(content, "a bare-metal ELF program for RISC-V, which starts in machine mode");
      case FileKind.Unusable(String why) -> throw new CommandFailure("%s %s".formatted(file, why));
    };
  }

  private static boolean begins(byte[] content, String magic) {
    return content.length >= magic.length()
        && new String(content, 0, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
  }

  private static Facts ofSnapshot(Path file) throws SnapshotFileException {
    try (SnapshotFile snapshot = SnapshotFile.open(file)) {
      SnapshotHeader header = snapshot.header();
      return new Facts()
          .add("kind", "a snapshot of a guest: hospes restore")
          .add("guest", header.guest())
          .add("machine", header.machine())
          .add("harts", String.valueOf(header.harts()))
          .add("memory", Sizes.of(header.memoryBytes()))
          .add("drives", String.valueOf(snapshot.drives().size()))
          .add("written by", "Hospes " + header.hospesVersion());
    }
  }

  private static Facts ofTree(byte[] content) throws FormatException {
    DeviceTree tree = DeviceTree.parse(content);
    Facts facts =
        new Facts().add("kind", "a device tree: --dtb").add("size", bytes(content.length));
    for (String name : new String[] {"model", "compatible"}) {
      var property = tree.root().property(name);
      if (property.isPresent()) {
        facts.add(name, String.join(", ", property.get().strings()));
      }
    }
    return facts.add("nodes", String.valueOf(count(tree.root())));
  }

  private static int count(Node node) {
    return 1 + node.children().stream().mapToInt(FileFacts::count).sum();
  }

  private static Facts ofImage(byte[] content) {
    long inMemory = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong(IMAGE_SIZE);
    return new Facts()
        .add("kind", "a raw Linux Image for RISC-V")
        .add("size", bytes(content.length))
        .add("in memory", bytes(inMemory));
  }

  private static Facts ofElf(byte[] content, String kind) throws FormatException {
    ElfFile elf = ElfFile.parse(content);
    return new Facts()
        .add("kind", kind)
        .add("size", bytes(content.length))
        .add("entry", "0x%x".formatted(elf.entry()))
        .add("segments", String.valueOf(elf.segments().stream().filter(Segment::isLoad).count()))
        .add("symbols", String.valueOf(elf.symbols().size()));
  }

  private static String bytes(long count) {
    return "%d bytes".formatted(count);
  }
}
