package hospes.virt;

import hospes.devices.GenerationId;
import hospes.machine.Entropy;
import hospes.machine.Payload;
import hospes.machine.PortName;
import hospes.machine.PortTable;
import hospes.riscv.Hart;
import java.util.List;
import java.util.function.LongConsumer;

/// What the world does to a board by its ports.
///
/// @param consoles which of the consoles is typed at
record VirtPorts(List<Hart> harts, VirtDevices devices, ConsoleSwitch consoles, Entropy entropy) {
  /// Fills the table.
  ///
  /// @param time is told guest time
  /// @param powerOff switches a machine off that listens to no power button
  void fill(PortTable doors, LongConsumer time, Runnable powerOff) {
    doors
        .on(PortName.CONSOLE, Payload.Bytes.class, typed -> type(typed.bytes()))
        .on(PortName.CLOCK, Payload.Time.class, now -> time.accept(now.nanoseconds()))
        .on(
            PortName.CALENDAR,
            Payload.Time.class,
            now -> devices.rtc.setTimeOfDay(now.nanoseconds()))
        .on(PortName.POWER, Payload.Pressed.class, pressed -> pressButton(powerOff))
        .on(
            PortName.BALLOON,
            Payload.Amount.class,
            pages -> devices.balloon.setTarget(pages.units()))
        .on(PortName.IDENTITY, Payload.Seed.class, seed -> becomeAnother(seed.bytes()));
  }

  private void type(byte[] bytes) {
    // A device may now write to memory, between a hart's LR and its SC.
    harts.forEach(Hart::endTurn);
    consoles.type(bytes, devices);
  }

  private void pressButton(Runnable powerOff) {
    if (devices.button.press()) {
      harts.forEach(Hart::endTurn);
    } else {
      powerOff.run();
    }
  }

  private void becomeAnother(byte[] seed) {
    entropy.reseed(seed);
    devices.generation.change(entropy.next(GenerationId.SIZE));
  }
}
