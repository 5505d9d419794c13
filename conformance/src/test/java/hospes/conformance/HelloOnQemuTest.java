package hospes.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hospes.conformance.tiers.EveryTier;
import hospes.conformance.tiers.Tier;
import hospes.machine.Delivery;
import hospes.machine.StopReason;
import hospes.virt.Hello;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The embedded guest prints the same on our board with our firmware as on QEMU's with OpenSBI.
///
/// Documented differences, which are taken out before the comparison: OpenSBI's banner, the version
/// of SBI that the firmware speaks, and how much time has passed.
@EveryTier
final class HelloOnQemuTest {
  private static final String PROMPT = "hello> ";
  private static final List<String> COMMANDS =
      List.of("help", "time", "fib 77", "fault", "fault", "sleep 5", "regs", "what", "poweroff");
  private static final long SLICE = 1_000_000;

  @TempDir private Path directory;

  private final Tier tier;

  HelloOnQemuTest(Tier tier) {
    this.tier = tier;
  }

  @Test
  void theSameKernelPrintsTheSameOnQemuWithOpenSbi() throws Exception {
    assertEquals(comparable(onQemu()), comparable(onHospes()));
  }

  private static String comparable(String transcript) {
    return transcript
        .replace("\r", "")
        .replaceFirst("(?s)^.*?\nHello from", "Hello from")
        .replaceFirst("SBI \\d\\.\\d", "SBI x.y")
        .replaceFirst("\n\\d+ ms since", "\nsome ms since");
  }

  private String onHospes() {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    int next = 0;
    try (VirtMachine machine = machine(console)) {
      while (true) {
        switch (machine.run(SLICE)) {
          case StopReason.BudgetSpent() -> {}
          case StopReason.Idle(long wakeAt) when wakeAt != Long.MAX_VALUE ->
              machine.inbox().post(Delivery.clock(wakeAt));
          case StopReason.Idle _ -> machine.inbox().post(typed(COMMANDS.get(next++)));
          case StopReason.PoweredOff(int exitCode) -> {
            assertEquals(0, exitCode);
            return console.toString(StandardCharsets.US_ASCII);
          }
          case StopReason.Reset _, StopReason.Stuck _, StopReason.HostFault _ ->
              throw new AssertionError("hello did not power off");
        }
      }
    }
  }

  private static Delivery typed(String command) {
    return Delivery.typed((command + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private VirtMachine machine(ByteArrayOutputStream console) {
    return Standalone.on(console::write).with(tier.engine()).powerOn(Virt.hello().memory("128M"));
  }

  private String onQemu() throws IOException, InterruptedException {
    Path kernel = Files.write(directory.resolve("hello.elf"), Hello.elf());
    Process qemu = start(kernel);
    StringBuilder transcript = new StringBuilder();
    int next = 0;
    // Commands are typed at the prompt: what comes while OpenSBI starts is lost.
    try (InputStream output = qemu.getInputStream();
        OutputStream input = qemu.getOutputStream()) {
      for (int value = output.read(); value >= 0; value = output.read()) {
        transcript.append((char) value);
        if (next < COMMANDS.size() && transcript.toString().endsWith(PROMPT)) {
          input.write((COMMANDS.get(next++) + "\n").getBytes(StandardCharsets.US_ASCII));
          input.flush();
        }
      }
    }
    assertEquals(0, qemu.waitFor(), () -> "QEMU's exit; it printed:\n" + transcript);
    return transcript.toString();
  }

  private static Process start(Path kernel) throws IOException {
    List<String> command =
        List.of(
            "timeout",
            "60",
            "qemu-system-riscv64",
            "-M",
            "virt",
            "-m",
            "128M",
            "-display",
            "none",
            "-monitor",
            "none",
            "-serial",
            "stdio",
            "-kernel",
            kernel.toString());
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException missing) {
      throw new AssertionError(
          "cannot run QEMU: install the Debian packages qemu-system-misc and opensbi", missing);
    }
  }
}
