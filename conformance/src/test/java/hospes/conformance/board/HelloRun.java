package hospes.conformance.board;

import hospes.conformance.tiers.Tier;
import hospes.machine.Delivery;
import hospes.machine.StopReason;
import hospes.virt.Hello;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtMachine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A run of the embedded guest on virtual time: what is typed arrives where the guest waits for it.
///
/// @param transcript all that it printed
/// @param instructions how many it executed
/// @param end how it ended
record HelloRun(String transcript, long instructions, StopReason end) {
  private static final long SLICE = 100_000;
  private static final int SERIAL_GROUP = 16;
  private static final long ENOUGH = 50_000_000;

  static HelloRun of(Tier tier, String typed) {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    byte[] input = typed.getBytes(StandardCharsets.US_ASCII);
    int given = 0;
    try (VirtMachine machine =
        Standalone.on(console::write)
            .with(tier.engine())
            .powerOn(Virt.linux(Hello.content()).memory("16M"))) {
      StopReason reason = machine.run(SLICE);
      while (machine.instructions() < ENOUGH) {
        switch (reason) {
          case StopReason.BudgetSpent() -> {}
          case StopReason.Idle(long wakeAt) -> {
            if (wakeAt != Long.MAX_VALUE) {
              machine.inbox().post(Delivery.clock(wakeAt));
            } else if (given < input.length) {
              int group = Math.min(SERIAL_GROUP, input.length - given);
              byte[] bytes = new byte[group];
              System.arraycopy(input, given, bytes, 0, group);
              given += group;
              machine.inbox().post(Delivery.typed(bytes));
            } else {
              return run(console, machine, reason);
            }
          }
          case StopReason.PoweredOff _,
              StopReason.Reset _,
              StopReason.Stuck _,
              StopReason.HostFault _ -> {
            return run(console, machine, reason);
          }
        }
        reason = machine.run(SLICE);
      }
      throw new AssertionError("hello does not end; it printed:\n" + text(console));
    }
  }

  private static HelloRun run(
      ByteArrayOutputStream console, VirtMachine machine, StopReason reason) {
    return new HelloRun(text(console), machine.instructions(), reason);
  }

  private static String text(ByteArrayOutputStream console) {
    return console.toString(StandardCharsets.US_ASCII).replace("\r\n", "\n");
  }
}
