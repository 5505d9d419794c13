package hospes.virt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.guests.Plan;
import hospes.guests.Problem;
import hospes.guests.Problem.Remedy;
import hospes.guests.RefusedException;
import hospes.guests.Value;
import hospes.machine.BlockStore;
import hospes.machine.Content;
import hospes.machine.HostLossException;
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
  private static final Standalone ALONE = Standalone.on(value -> {});
  private static final Remedy RAISE = new Remedy.Raise("memory");

  /// A program that starts in machine mode, in 8 MiB of RAM.
  private static Virt bare(byte[] program) {
    return Virt.bareMetal(program).memory(8L * MIB);
  }

  /// A kernel above the built-in firmware, in 8 MiB of RAM.
  private static Virt kernel(byte[] file) {
    return Virt.linux(file).memory(8L * MIB);
  }

  /// What is good.
  private static Virt good() {
    return kernel(raw(16));
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

  private static Problem refusal(Virt virt, List<BlockStore> disks) {
    return assertThrows(
            RefusedException.class,
            () -> {
              try (VirtMachine machine = ALONE.with(disks).powerOn(virt)) {
                machine.run(1);
              }
            })
        .problem();
  }

  private static void says(Problem problem, String... words) {
    for (String word : words) {
      assertTrue(
          problem.text().contains(word),
          () -> "\"%s\" does not say \"%s\"".formatted(problem.text(), word));
    }
    assertFalse(problem.text().contains("--"), () -> problem.text() + " names an option");
  }

  private static void refuses(Virt virt, String... words) {
    says(refusal(virt, List.of()), words);
  }

  private static void refuses(Virt virt, Remedy remedy, String... words) {
    Problem problem = refusal(virt, List.of());
    says(problem, words);
    assertEquals(Optional.of(remedy), problem.remedy());
  }

  @Test
  void theFilesOfTheseTestsAreGoodBeforeTheyAreSpoilt() {
    List<Virt> allGood =
        List.of(bare(elf(243, RAM, 16, RAM)), kernel(linux(2 * MIB, 4096)), good().harts(8));
    for (Virt virt : allGood) {
      try (VirtMachine machine = ALONE.powerOn(virt)) {
        machine.run(10);
        assertEquals(10, machine.instructions());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 9, Integer.MAX_VALUE})
  void numbersOfHartsThatTheBoardHasNot(int harts) {
    refuses(good().harts(harts), new Remedy.Change("harts"), "1 to 8 harts");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 32, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersOfHartsThatNoIntHolds(long harts) {
    Plan plan = good().plan().with("harts", new Value.Number(harts));
    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> new VirtKind().build(plan, ALONE.resources(), ALONE.identity()));
    says(refused.problem(), "1 to 8 harts");
  }

  @Test
  void moreDrivesThanInterrupts() {
    Problem problem = refusal(good(), Collections.nCopies(89, new NoDisk()));
    says(problem, "88 drives, not for 89");
    assertEquals(Optional.of(new Remedy.LeaveOut("drive")), problem.remedy());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -4096, 0, 4096, 8L * MIB + 1, 1L << 62})
  void sizesOfMemoryThatCannotBe(long bytes) {
    refuses(good().memory(bytes), "RAM");
  }

  @Test
  void anElfFileThatEndsTooEarly() {
    byte[] whole = elf(243, RAM, 16, RAM);
    for (int length = 4; length < whole.length; length++) {
      refuses(bare(Arrays.copyOf(whole, length)), "the kernel is a damaged ELF file");
    }
  }

  @Test
  void anElfFileForAnotherMachine() {
    refuses(bare(elf(62, RAM, 16, RAM)), "another machine (number 62)", "64-bit RISC-V");
    byte[] bigEndian = elf(243, RAM, 16, RAM);
    bigEndian[5] = 2;
    refuses(bare(bigEndian), "ELF");
  }

  @Test
  void aSegmentOutsideMemory() {
    refuses(bare(elf(243, 0x1_0000, 16, RAM)), "0x10000", "RAM is 0x80000000", "link it");
    refuses(bare(elf(243, RAM + 8 * MIB - 8, 16, RAM)), RAISE);
    refuses(bare(elf(243, RAM, 16L * MIB, RAM)), RAISE);
    refuses(bare(elf(243, -16, 32, RAM)), "RAM");
    refuses(bare(elf(243, RAM, Long.MAX_VALUE, RAM)), "RAM");
  }

  @Test
  void aProgramThatStartsWhereNothingIs() {
    refuses(bare(elf(243, RAM, 16, 0)), "starts at 0x0", "link it");
  }

  @Test
  void aKernelThatIsLargerThanMemory() {
    refuses(kernel(linux(2 * MIB, 64L * MIB)), RAISE, "the kernel (64 MiB)");
    refuses(kernel(linux(Long.MAX_VALUE, 4096)), RAISE);
    refuses(kernel(linux(2 * MIB, Long.MAX_VALUE)), RAISE);
    refuses(bare(raw(9 * MIB)), RAISE, "the kernel (9 MiB)");
    refuses(kernel(raw(7 * MIB)), RAISE);
    refuses(bare(raw(8 * MIB)), RAISE, "device tree");
  }

  @Test
  void anEmptyKernel() {
    refuses(bare(new byte[0]), "the kernel is an empty file");
  }

  @Test
  void anInitrdThatIsLargerThanMemory() {
    refuses(good().initrd(raw(9 * MIB)), RAISE, "the initrd (9 MiB)");
  }

  @Test
  void firmwareThatReachesIntoTheKernel() {
    refuses(good().bios(Content.of(raw(3 * MIB))), new Remedy.Change("bios"), "overlap");
    refuses(good().bios(Content.of(raw(9 * MIB))), RAISE, "the firmware");
  }

  @Test
  void partsWithoutWhatTheyNeed() {
    Remedy give = new Remedy.Give("kernel");
    Plan none = Plan.of(new VirtKind());
    Plan bare = none.with("bios", new Value.Text("none"));
    Value initrd = new Value.File("initrd", Content.of(raw(16)));
    Plan firmware = Virt.firmware(raw(16)).plan();
    for (Plan plan : List.of(none, bare)) {
      assertEquals(Optional.of(give), refusal(plan).remedy());
      assertEquals(Optional.of(give), refusal(plan.with("initrd", initrd)).remedy());
    }
    says(refusal(none), "nothing to boot");
    says(refusal(bare), "machine mode");
    says(refusal(firmware.with("initrd", initrd)), "without a kernel");
    new VirtKind().build(firmware, ALONE.resources(), ALONE.identity()).close();
  }

  private static Problem refusal(Plan plan) {
    Problem problem =
        assertThrows(
                RefusedException.class,
                () -> new VirtKind().build(plan, ALONE.resources(), ALONE.identity()))
            .problem();
    says(problem);
    return problem;
  }

  @Test
  void whatTheHostHasLost() {
    Virt virt =
        good()
            .initrd(
                new Content() {
                  @Override
                  public long size() {
                    return 1;
                  }

                  @Override
                  public byte[] bytes() {
                    throw new HostLossException("the file is gone");
                  }
                });
    refuses(virt, "the file is gone");
  }

  @Test
  void aBrokenDeviceTree() {
    byte[] good = tree(good());
    List<byte[]> broken =
        List.of(
            new byte[0],
            "hello".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(good, 39),
            Arrays.copyOf(good, good.length / 2));
    for (byte[] tree : broken) {
      refuses(
          good().deviceTree(tree),
          new Remedy.Change("dtb"),
          "device tree in the place of the board's own is damaged");
    }
  }

  /// Whatever a file says, the machine is built or refused.
  @Test
  void spoiltFilesAreRefusedOrTakenButBreakNothing() {
    Random random = new Random(5);
    byte[] tree = tree(good());
    for (int i = 0; i < 300; i++) {
      byte[] spoiltTree = spoil(tree, random);
      build(good().deviceTree(spoiltTree));
      build(bare(spoil(elf(243, RAM, 16, RAM), random)));
      build(kernel(spoil(linux(2 * MIB, 4096), random)));
    }
  }

  private static byte[] spoil(byte[] good, Random random) {
    byte[] spoilt = good.clone();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      spoilt[random.nextInt(Math.min(spoilt.length, 200))] = (byte) random.nextInt();
    }
    return spoilt;
  }

  private static void build(Virt virt) {
    try (VirtMachine machine = ALONE.powerOn(virt)) {
      machine.run(100);
    } catch (RefusedException refused) {
      assertTrue(refused.problem().text().length() > 10, "says why");
    }
  }

  private static byte[] tree(Virt virt) {
    return new VirtKind().product("dump-dtb", virt.plan(), ALONE.resources(), ALONE.identity());
  }
}
