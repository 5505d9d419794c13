package hospes.virt;

import hospes.machine.ConsoleOutput;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;

/// The UART and the virtio console as the one console that the user sees: what is typed goes to the
/// one that spoke last.
final class ConsoleSwitch {
  private boolean virtioSpokeLast;

  ConsoleOutput uartOutput(ConsoleOutput output) {
    return value -> {
      virtioSpokeLast = false;
      output.write(value);
    };
  }

  ConsoleOutput virtioOutput(ConsoleOutput output) {
    return value -> {
      virtioSpokeLast = true;
      output.write(value);
    };
  }

  void type(byte[] bytes, VirtDevices devices) {
    if (virtioSpokeLast) {
      devices.console.receive(bytes);
    } else {
      devices.uart.receive(bytes);
    }
  }

  void reset() {
    virtioSpokeLast = false;
  }

  void save(RecordWriter out) {
    out.putBoolean(virtioSpokeLast);
  }

  void restore(RecordReader in) {
    virtioSpokeLast = in.getBoolean();
  }
}
