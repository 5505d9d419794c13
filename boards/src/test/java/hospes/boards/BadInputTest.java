package hospes.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.machine.BlockStore;
import hospes.machine.Entropy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What cannot be built is refused with a message that says what to do; nothing else is thrown,
/// whatever the bytes are.
final class BadInputTest {
  private static final long RAM = 0x8000_0000L;
  private static final int MIB = 1 << 20;
  private static final VirtSpec.Firmware NONE = new VirtSpec.Firmware.None();
  private static final VirtSpec.Firmware BUILT_IN = new VirtSpec.Firmware.BuiltIn();

  /// A specification with 8 MiB of RAM.
  private static VirtSpec spec(VirtSpec.Firmware firmware, byte[] kernel) {
    return new VirtSpec(
        8L * MIB,
        1,
        firmware,
        Optional.of(kernel),
        Optional.empty(),
        "",
        Optional.empty(),
        List.of(),
        value -> {},
        0,
        Entropy.fixed(1),
        EngineSettings.interpreter());
  }

  private static VirtSpec with(
      VirtSpec spec,
      int harts,
      Optional<byte[]> initrd,
      Optional<byte[]> tree,
      List<BlockStore> drives) {
    return new VirtSpec(
        spec.memoryBytes(),
        harts,
        spec.firmware(),
        spec.kernel(),
        initrd,
        spec.commandLine(),
        tree,
        drives,
        spec.console(),
        spec.startNanoseconds(),
        spec.entropy(),
        spec.engine());
  }

  private static VirtSpec harts(int harts) {
    return with(spec(BUILT_IN, raw(16)), harts, Optional.empty(), Optional.empty(), List.of());
  }

  private static byte[] raw(int length) {
    byte[] file = new byte[length];
    Arrays.fill(file, (byte) 0x13);
    return file;
  }

  /// An ELF file with one segment.
  private static byte[] elf(int machine, long address, long memorySize, long entry) {
    ByteBuffer file = ByteBuffer.allocate(64 + 56 + 16).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    file.putShort((short) 2).putShort((short) machine).putInt(1).putLong(entry);
    file.putLong(64).putLong(0).putInt(0).putShort((short) 64).putShort((short) 56);
    file.putShort((short) 1).putShort((short) 64).putShort((short) 0).putShort((short) 0);
    file.putInt(1).putInt(7).putLong(120).putLong(address).putLong(address);
    file.putLong(16).putLong(memorySize).putLong(4096);
    return file.array();
  }

  /// The header of a Linux image that claims to need `imageSize` bytes at `textOffset`.
  private static byte[] linux(long textOffset, long imageSize) {
    ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(8, textOffset).putLong(16, imageSize).putInt(56, 0x05435352).array();
  }

  private static String refusal(VirtSpec spec) {
    return String.valueOf(
        assertThrows(
                BoardException.class,
                () -> {
                  try (VirtMachine machine = new VirtMachine(spec)) {
                    machine.run(1);
                  }
                })
            .getMessage());
  }

  private static void refuses(VirtSpec spec, String... words) {
    String message = refusal(spec);
    for (String word : words) {
      assertTrue(
          message.contains(word), () -> "\"%s\" does not say \"%s\"".formatted(message, word));
    }
  }

  @Test
  void theFilesOfTheseTestsAreGoodBeforeTheyAreSpoilt() {
    List<VirtSpec> good =
        List.of(spec(NONE, elf(243, RAM, 16, RAM)), spec(BUILT_IN, linux(2 * MIB, 4096)), harts(8));
    for (VirtSpec spec : good) {
      try (VirtMachine machine = new VirtMachine(spec)) {
        machine.run(10);
        assertEquals(10, machine.instructions());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 9, Integer.MAX_VALUE})
  void numbersOfHartsThatTheBoardHasNot(int harts) {
    refuses(harts(harts), "1 to 8 harts", "--harts");
  }

  @Test
  void moreDrivesThanInterrupts() {
    List<BlockStore> drives = Collections.nCopies(89, new NoDisk());
    refuses(
        with(harts(1), 1, Optional.empty(), Optional.empty(), drives),
        "88 drives, not for 89",
        "leave some out");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -4096, 0, 4096, 8L * MIB + 1, 1L << 62})
  void sizesOfMemoryThatCannotBe(long bytes) {
    VirtSpec good = harts(1);
    refuses(
        new VirtSpec(
            bytes,
            1,
            good.firmware(),
            good.kernel(),
            good.initrd(),
            "",
            good.deviceTree(),
            List.of(),
            good.console(),
            0,
            good.entropy(),
            good.engine()),
        "RAM");
  }

  @Test
  void anElfFileThatEndsTooEarly() {
    byte[] whole = elf(243, RAM, 16, RAM);
    for (int length = 4; length < whole.length; length++) {
      refuses(spec(NONE, Arrays.copyOf(whole, length)), "the kernel is a damaged ELF file");
    }
  }

  @Test
  void anElfFileForAnotherMachine() {
    refuses(spec(NONE, elf(62, RAM, 16, RAM)), "another machine (number 62)", "64-bit RISC-V");
    byte[] bigEndian = elf(243, RAM, 16, RAM);
    bigEndian[5] = 2;
    refuses(spec(NONE, bigEndian), "ELF");
  }

  @Test
  void aSegmentOutsideMemory() {
    refuses(spec(NONE, elf(243, 0x1_0000, 16, RAM)), "0x10000", "RAM is 0x80000000", "link it");
    refuses(spec(NONE, elf(243, RAM + 8 * MIB - 8, 16, RAM)), "--memory");
    refuses(spec(NONE, elf(243, RAM, 16L * MIB, RAM)), "--memory");
    refuses(spec(NONE, elf(243, -16, 32, RAM)), "RAM");
    refuses(spec(NONE, elf(243, RAM, Long.MAX_VALUE, RAM)), "RAM");
  }

  @Test
  void aProgramThatStartsWhereNothingIs() {
    refuses(spec(NONE, elf(243, RAM, 16, 0)), "starts at 0x0", "link it");
  }

  @Test
  void aKernelThatIsLargerThanMemory() {
    refuses(spec(BUILT_IN, linux(2 * MIB, 64L * MIB)), "the kernel (64 MiB)", "--memory");
    refuses(spec(BUILT_IN, linux(Long.MAX_VALUE, 4096)), "--memory");
    refuses(spec(BUILT_IN, linux(2 * MIB, Long.MAX_VALUE)), "--memory");
    refuses(spec(NONE, raw(9 * MIB)), "the kernel (9 MiB)", "--memory");
    refuses(spec(BUILT_IN, raw(7 * MIB)), "--memory");
    refuses(spec(NONE, raw(8 * MIB)), "device tree", "--memory");
  }

  @Test
  void anEmptyKernel() {
    refuses(spec(NONE, new byte[0]), "the kernel is an empty file");
  }

  @Test
  void anInitrdThatIsLargerThanMemory() {
    refuses(
        with(harts(1), 1, Optional.of(raw(9 * MIB)), Optional.empty(), List.of()),
        "the initrd (9 MiB)",
        "--memory");
  }

  @Test
  void firmwareThatReachesIntoTheKernel() {
    refuses(spec(new VirtSpec.Firmware.File(raw(3 * MIB)), raw(16)), "overlap", "--bios");
    refuses(spec(new VirtSpec.Firmware.File(raw(9 * MIB)), raw(16)), "the firmware", "--memory");
  }

  @Test
  void nothingToBoot() {
    VirtSpec good = harts(1);
    for (VirtSpec.Firmware firmware : List.of(NONE, BUILT_IN)) {
      refuses(
          new VirtSpec(
              good.memoryBytes(),
              1,
              firmware,
              Optional.empty(),
              Optional.empty(),
              "",
              Optional.empty(),
              List.of(),
              good.console(),
              0,
              good.entropy(),
              good.engine()),
          "--kernel");
    }
  }

  @Test
  void aBrokenDeviceTree() {
    byte[] good = VirtMachine.deviceTree(harts(1));
    List<byte[]> broken =
        List.of(
            new byte[0],
            "hello".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(good, 39),
            Arrays.copyOf(good, good.length / 2));
    for (byte[] tree : broken) {
      refuses(
          with(harts(1), 1, Optional.empty(), Optional.of(tree), List.of()),
          "device tree given with --dtb is damaged");
    }
  }

  /// Whatever a file says, the machine is built or refused.
  @Test
  void spoiltFilesAreRefusedOrTakenButBreakNothing() {
    Random random = new Random(5);
    byte[] tree = VirtMachine.deviceTree(harts(1));
    for (int i = 0; i < 300; i++) {
      byte[] spoiltTree = spoil(tree, random);
      build(with(harts(1), 1, Optional.empty(), Optional.of(spoiltTree), List.of()));
      build(spec(NONE, spoil(elf(243, RAM, 16, RAM), random)));
      build(spec(BUILT_IN, spoil(linux(2 * MIB, 4096), random)));
    }
  }

  private static byte[] spoil(byte[] good, Random random) {
    byte[] spoilt = good.clone();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      spoilt[random.nextInt(Math.min(spoilt.length, 200))] = (byte) random.nextInt();
    }
    return spoilt;
  }

  private static void build(VirtSpec spec) {
    try (VirtMachine machine = new VirtMachine(spec)) {
      machine.run(100);
    } catch (BoardException refused) {
      assertTrue(String.valueOf(refused.getMessage()).length() > 10, "says why");
    }
  }
}
