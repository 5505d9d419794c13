package hospes.virt;

import hospes.formats.FormatException;
import hospes.formats.cpio.CpioReader;
import hospes.formats.elf.ElfFile;
import hospes.formats.elf.Segment;
import hospes.formats.fdt.DeviceTree;
import hospes.formats.fdt.Node;
import hospes.machine.Content;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/// What can be said at a glance of a file that the board knows.
final class BootFileFacts {
  /// Where a Linux Image tells how much memory it takes.
  private static final int IMAGE_SIZE = 16;

  private final Map<String, String> facts = new LinkedHashMap<>();

  private BootFileFacts() {}

  /// The facts, in the order in which they are told; none of what the board cannot use.
  ///
  /// @throws FormatException where the file is damaged
  static Map<String, String> of(Content file) throws FormatException {
    BootFileFacts told = new BootFileFacts();
    switch (BootFile.of(file)) {
      case BootFile.LinuxImage() -> told.image(file);
      case BootFile.SupervisorElf(ElfFile elf) ->
          told.elf("an ELF kernel for RISC-V, which starts in supervisor mode", file, elf);
      case BootFile.BareMetalElf(ElfFile elf) ->
          told.elf("a bare-metal ELF program for RISC-V, which starts in machine mode", file, elf);
      case BootFile.DeviceTreeBlob() -> told.tree(file);
      case BootFile.CpioArchive() -> told.archive(file);
      case BootFile.Unusable _, BootFile.Unknown _ -> {}
    }
    return told.facts;
  }

  private BootFileFacts add(String name, String fact) {
    facts.put(name, fact);
    return this;
  }

  private BootFileFacts begin(String kind, Content file) {
    return add("kind", kind).add("size", bytes(file.size()));
  }

  private static String bytes(long count) {
    return "%d bytes".formatted(count);
  }

  private void image(Content file) {
    ByteBuffer header =
        ByteBuffer.wrap(file.first(IMAGE_SIZE + Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    begin("a raw Linux Image for RISC-V", file).add("in memory", bytes(header.getLong(IMAGE_SIZE)));
  }

  private void elf(String kind, Content file, ElfFile elf) {
    begin(kind, file)
        .add("entry", "0x%x".formatted(elf.entry()))
        .add("segments", String.valueOf(elf.segments().stream().filter(Segment::isLoad).count()))
        .add("symbols", String.valueOf(elf.symbols().size()));
  }

  private void tree(Content file) throws FormatException {
    DeviceTree tree = DeviceTree.parse(file.bytes());
    begin("a device tree", file);
    for (String name : new String[] {"model", "compatible"}) {
      var property = tree.root().property(name);
      if (property.isPresent()) {
        add(name, String.join(", ", property.get().strings()));
      }
    }
    add("nodes", String.valueOf(count(tree.root())));
  }

  private static int count(Node node) {
    return 1 + node.children().stream().mapToInt(BootFileFacts::count).sum();
  }

  private void archive(Content file) throws FormatException {
    begin("a cpio archive: an initial RAM disk", file)
        .add("entries", String.valueOf(CpioReader.read(file.bytes()).size()));
  }
}
