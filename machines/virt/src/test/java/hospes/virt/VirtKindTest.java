package hospes.virt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.elf.ElfFile;
import hospes.formats.fdt.DeviceTree;
import hospes.guests.Claim;
import hospes.guests.MachineKind;
import hospes.guests.MachineKind.DisassemblyStyle;
import hospes.guests.OptionSpec;
import hospes.guests.Plan;
import hospes.guests.Problem;
import hospes.guests.Problem.Remedy;
import hospes.guests.RefusedException;
import hospes.guests.Start;
import hospes.guests.Value;
import hospes.machine.Content;
import hospes.machine.Delivery;
import hospes.machine.StopReason;
import hospes.riscv.RiscvAssembler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/// What the board makes of files, and what can be said of it.
final class VirtKindTest {
  private static final MachineKind KIND = new VirtKind();
  private static final Standalone ALONE = Standalone.on(value -> {});

  private static Start file(byte[] content) {
    return new Start("a.file", Content.of(content));
  }

  private static byte[] text(String text) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), 200);
  }

  /// A file with a magic text where kernels have it.
  private static byte[] image(String magic) {
    byte[] file = new byte[200];
    System.arraycopy(magic.getBytes(StandardCharsets.ISO_8859_1), 0, file, 0x38, magic.length());
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(16, 5000);
    return file;
  }

  private static byte[] program(long address, String text) {
    return RiscvAssembler.toElf(RiscvAssembler.assemble(address, "a.s", text));
  }

  private static Claim.Startable startable(byte[] content) {
    return assertInstanceOf(Claim.Startable.class, KIND.recognise(file(content)).orElseThrow());
  }

  private static Problem problem(byte[] content) {
    Problem problem =
        assertInstanceOf(Claim.Unusable.class, KIND.recognise(file(content)).orElseThrow())
            .problem();
    assertFalse(problem.text().contains("--"), problem.text());
    return problem;
  }

  @Test
  void itIsFound() {
    assertTrue(
        ServiceLoader.load(MachineKind.class).stream()
            .anyMatch(provider -> provider.type() == VirtKind.class));
  }

  @Test
  void kernelsStartAboveTheBuiltInFirmware() {
    Map<byte[], String> kernels =
        Map.of(
            image("RSC\u0005"),
            "a raw Linux Image for RISC-V; it starts in supervisor mode",
            Hello.elf(),
            "an ELF kernel for RISC-V; it starts in supervisor mode");
    kernels.forEach(
        (content, what) -> {
          Claim.Startable claim = startable(content);
          assertEquals(what, claim.what());
          Plan plan = Plan.of(KIND).withAll(claim.values());
          assertEquals("a.file", plan.file("kernel").orElseThrow().name());
          assertFalse(plan.has("bios"));
        });
  }

  @Test
  void programsForMachineModeStartWithoutFirmware() {
    List<byte[]> programs =
        List.of(
            program(0x8000_0000L, "start: j start\n"),
            program(0x8020_0000L, "start: j start\n .balign 8\ntohost: .dword 0\n"));
    for (byte[] content : programs) {
      Claim.Startable claim = startable(content);
      assertEquals("a bare-metal ELF program for RISC-V; it starts in machine mode", claim.what());
      Plan plan = Plan.of(KIND).withAll(claim.values());
      assertEquals("none", plan.text("bios"));
      try (VirtMachine machine = new VirtKind().build(plan, ALONE.resources(), ALONE.identity())) {
        assertEquals(new StopReason.BudgetSpent(), machine.run(10));
      }
    }
  }

  @Test
  void whatCannotBeStartedIsToldApart() {
    byte[] other = Hello.elf();
    other[18] = 62;
    byte[] object = Hello.elf();
    object[16] = 1;
    assertTrue(problem(other).text().startsWith("is an ELF file for another computer (machine 62"));
    assertEquals("is an object file; link it first", problem(object).text());
    byte[] linux = Hello.elf();
    linux[64] = 3; // its first segment names an interpreter
    assertTrue(problem(linux).text().contains("Linux program"), problem(linux).text());
    assertEquals(
        "is a Linux Image for ARM; this computer is a riscv64", problem(image("ARMd")).text());
    assertEquals(
        "is a compressed EFI kernel (zboot); use the uncompressed Image",
        problem(text("MZ\0\0zimg")).text());
    assertEquals(Optional.of(new Remedy.Give("initrd")), problem(text("070701")).remedy());
    assertEquals(
        Optional.of(new Remedy.Give("dtb")), problem(text("\u00d0\r\u00fe\u00ed")).remedy());
  }

  @Test
  void anElfFileThatEndsEarlyIsDamaged() {
    byte[] whole = Hello.elf();
    for (int length = 4; length < whole.length; length++) {
      String why = problem(Arrays.copyOf(whole, length)).text();
      assertTrue(why.startsWith("is a damaged ELF file: "), length + " bytes: " + why);
    }
  }

  @Test
  void whatIsNoneOfItsIsLeftToOthers() {
    for (byte[] content :
        List.of(new byte[0], new byte[3], new byte[200], text("hello"), text("\u001f\u008b"))) {
      assertEquals(Optional.empty(), KIND.recognise(file(content)));
      assertEquals(Map.of(), KIND.facts(file(content)));
    }
  }

  @Test
  void factsAreToldInOrder() throws IOException {
    assertEquals(
        List.of("kind", "size", "entry", "segments", "symbols"),
        List.copyOf(KIND.facts(file(Hello.elf())).keySet()));
    assertEquals(
        "{kind=a raw Linux Image for RISC-V, size=200 bytes, in memory=5000 bytes}",
        KIND.facts(file(image("RSC\u0005"))).toString());
    byte[] tree = KIND.product("dump-dtb", Plan.of(KIND), ALONE.resources(), ALONE.identity());
    Map<String, String> facts = KIND.facts(file(tree));
    assertEquals("a device tree", facts.get("kind"));
    assertEquals("hospes,virt", facts.get("model"));
    assertTrue(DeviceTree.parse(tree).find("/cpus/cpu@0").isPresent());
    assertThrows(
        RefusedException.class, () -> KIND.facts(file(Arrays.copyOf(tree, tree.length / 2))));
  }

  @Test
  void theDeviceTreeIsThatOfTheMachine() throws IOException {
    Plan plan = Virt.hello().harts(3).append("one").append("two").plan();
    byte[] tree = KIND.product("dump-dtb", plan, ALONE.resources(), ALONE.identity());
    DeviceTree parsed = DeviceTree.parse(tree);
    assertTrue(parsed.find("/cpus/cpu@2").isPresent());
    assertEquals(
        List.of("one two"),
        parsed.find("/chosen").orElseThrow().property("bootargs").orElseThrow().strings());
    Plan wrong = Plan.of(KIND).with("bios", new Value.Text("none"));
    assertThrows(
        RefusedException.class,
        () -> KIND.product("dump-dtb", wrong, ALONE.resources(), ALONE.identity()));
  }

  @Test
  void itsInstructionsAreListed() throws IOException {
    StringBuilder aliases = new StringBuilder();
    byte[] program = program(0x8000_0000L, "start: ret\n");
    KIND.disassemble(file(program), DisassemblyStyle.ALIASES, aliases);
    StringBuilder plain = new StringBuilder();
    KIND.disassemble(file(program), DisassemblyStyle.PLAIN, plain);
    assertTrue(aliases.toString().contains("ret"), aliases.toString());
    assertFalse(plain.toString().contains("ret\n"), plain.toString());
    for (byte[] none : List.of(new byte[0], image("RSC\u0005"), Arrays.copyOf(program, 70))) {
      assertThrows(
          RefusedException.class,
          () -> KIND.disassemble(file(none), DisassemblyStyle.ALIASES, new StringBuilder()));
    }
  }

  @Test
  void theSamplesEndByThemselves() {
    for (MachineKind.Sample sample : KIND.samples()) {
      Start start = new Start(sample.fileName(), sample.start());
      Claim claim = KIND.recognise(start).orElseThrow();
      Plan plan = Plan.of(KIND).withAll(assertInstanceOf(Claim.Startable.class, claim).values());
      ByteArrayOutputStream console = new ByteArrayOutputStream();
      Standalone alone = Standalone.on(console::write);
      try (VirtMachine machine = new VirtKind().build(plan, alone.resources(), alone.identity())) {
        assertEquals(new StopReason.Idle(Long.MAX_VALUE), rest(machine));
        machine.inbox().post(Delivery.typed(sample.typed().getBytes(StandardCharsets.US_ASCII)));
        assertEquals(new StopReason.PoweredOff(0), rest(machine));
        assertTrue(console.toString(StandardCharsets.US_ASCII).contains("hello> "));
      }
    }
  }

  /// Runs until it waits for input, or ends; waiting for a timer is skipped.
  private static StopReason rest(VirtMachine machine) {
    StopReason reason = machine.run(10_000_000);
    while (reason instanceof StopReason.Idle(long wakeAt) && wakeAt != Long.MAX_VALUE) {
      machine.inbox().post(Delivery.clock(wakeAt));
      reason = machine.run(10_000_000);
    }
    return reason;
  }

  @Test
  void helloIsBuiltIn() throws IOException {
    Plan plan = Plan.of(KIND).withAll(Objects.requireNonNull(KIND.builtIn().get("hello")).values());
    byte[] kernel = plan.file("kernel").orElseThrow().content().bytes();
    assertEquals(ElfFile.MACHINE_RISCV, ElfFile.parse(kernel).machine());
  }

  @Test
  void optionsSayWhatTheyAre() {
    assertEquals(
        "kernel initrd append bios dtb memory harts drive dump-dtb",
        String.join(" ", KIND.options().stream().map(OptionSpec::name).toList()));
    for (OptionSpec option : KIND.options()) {
      assertTrue(option.description().endsWith("."), option.description());
    }
    Plan plan = Virt.hello().memory("512M").drive("a.img", "readonly").drive("b.img").plan();
    assertEquals(512L << 20, plan.number("memory", 0));
    assertEquals(
        List.of(new Value.Disk("a.img", List.of("readonly")), new Value.Disk("b.img", List.of())),
        plan.all("drive"));
  }
}
