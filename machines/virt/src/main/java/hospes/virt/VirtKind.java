package hospes.virt;

import hospes.engine.Disassembler.Style;
import hospes.formats.FormatException;
import hospes.formats.elf.ElfFile;
import hospes.guests.Claim;
import hospes.guests.Identity;
import hospes.guests.MachineKind;
import hospes.guests.OptionSpec;
import hospes.guests.Plan;
import hospes.guests.Problem;
import hospes.guests.RefusedException;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.guests.Start;
import hospes.guests.Value;
import hospes.machine.Content;
import hospes.riscv.RiscvDisassembler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `virt` board as a kind of machine.
public final class VirtKind implements MachineKind {
  private static final String HELLO = "hello";

  @Override
  public String name() {
    return "virt";
  }

  @Override
  public String title() {
    return "an emulated RISC-V computer";
  }

  @Override
  public List<OptionSpec> options() {
    return VirtOptions.ALL;
  }

  @Override
  public Optional<Claim> recognise(Start start) {
    return BootFileClaims.of(start);
  }

  @Override
  public Map<String, BuiltIn> builtIn() {
    return Map.of(HELLO, hello());
  }

  BuiltIn hello() {
    return new BuiltIn(
        "a tiny kernel that needs no network",
        Map.of(VirtOptions.KERNEL, List.of(new Value.File(HELLO, Hello.content()))));
  }

  @Override
  public VirtMachine build(Plan plan, Resources given, Identity.Own who) {
    return VirtMachine.atPowerOn(VirtOptions.spec(plan), given, who);
  }

  @Override
  public VirtMachine restore(Saved state, Resources given, Identity who) {
    return VirtMachine.restored(VirtOptions.spec(state.plan()), given, state, who);
  }

  @Override
  public byte[] product(String option, Plan plan, Resources given, Identity.Own who) {
    if (!option.equals(VirtOptions.DUMP_DTB)) {
      throw new IllegalArgumentException("nothing is made by " + option);
    }
    return VirtMachine.deviceTree(VirtOptions.spec(bootable(plan)), given, who);
  }

  /// A board may be asked for its device tree before there is anything to boot on it.
  private static Plan bootable(Plan plan) {
    boolean isBare =
        !plan.has(VirtOptions.KERNEL)
            && !plan.has(VirtOptions.BIOS)
            && !plan.has(VirtOptions.INITRD);
    return isBare
        ? plan.with(VirtOptions.KERNEL, new Value.File("", Content.of(new byte[Integer.BYTES])))
        : plan;
  }

  @Override
  public Map<String, String> facts(Start start) {
    try {
      return BootFileFacts.of(start.content());
    } catch (FormatException damaged) {
      throw new RefusedException(Problem.of(damaged.getMessage()), damaged);
    }
  }

  @Override
  public void disassemble(Start start, DisassemblyStyle style, Appendable out) throws IOException {
    ElfFile file;
    try {
      file = ElfFile.parse(start.content().bytes());
    } catch (FormatException damaged) {
      throw new RefusedException(Problem.of(damaged.getMessage()), damaged);
    }
    RiscvDisassembler disassembler =
        new RiscvDisassembler(
            switch (style) {
              case ALIASES -> Style.ALIASES;
              case PLAIN -> Style.PLAIN;
            });
    try {
      disassembler.disassemble(file, start.name(), out);
    } catch (FormatException unfit) {
      throw new RefusedException(Problem.of(unfit.getMessage()), unfit);
    }
  }

  @Override
  public List<Sample> samples() {
    return List.of(new Sample("hello.elf", Hello.content(), "hello> ", "poweroff\r"));
  }
}
