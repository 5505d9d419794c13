package hospes.virt;

import hospes.guests.Claim;
import hospes.guests.Claim.Certainty;
import hospes.guests.Problem;
import hospes.guests.Problem.Remedy;
import hospes.guests.Start;
import hospes.guests.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the board makes of a file that the user wants to start.
final class BootFileClaims {
  private BootFileClaims() {}

  static Optional<Claim> of(Start start) {
    return switch (BootFile.of(start.content())) {
      case BootFile.LinuxImage() ->
          kernel(start, "a raw Linux Image for RISC-V; it starts in supervisor mode");
      case BootFile.SupervisorElf _ ->
          kernel(start, "an ELF kernel for RISC-V; it starts in supervisor mode");
      case BootFile.BareMetalElf _ -> bareMetal(start);
      case BootFile.DeviceTreeBlob() ->
          beside("is a device tree, which goes with a kernel", VirtOptions.DTB);
      case BootFile.CpioArchive() ->
          beside("is a cpio archive, which goes with a kernel", VirtOptions.INITRD);
      case BootFile.Unusable(String why) -> unusable(Problem.of(why));
      case BootFile.Unknown() -> Optional.empty();
    };
  }

  private static Value file(Start start) {
    return new Value.File(start.name(), start.content());
  }

  private static Optional<Claim> kernel(Start start, String what) {
    return startable(what, Map.of(VirtOptions.KERNEL, List.of(file(start))));
  }

  private static Optional<Claim> bareMetal(Start start) {
    return startable(
        "a bare-metal ELF program for RISC-V; it starts in machine mode",
        Map.of(
            VirtOptions.KERNEL,
            List.of(file(start)),
            VirtOptions.BIOS,
            List.of(new Value.Text(VirtOptions.NONE))));
  }

  private static Optional<Claim> startable(String what, Map<String, List<Value>> values) {
    return Optional.of(new Claim.Startable(Certainty.CERTAIN, what, values));
  }

  private static Optional<Claim> beside(String why, String option) {
    return unusable(Problem.of(why).but(new Remedy.Give(option)));
  }

  private static Optional<Claim> unusable(Problem problem) {
    return Optional.of(new Claim.Unusable(Certainty.CERTAIN, problem));
  }
}
