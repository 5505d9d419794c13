package hospes.devices.virtio;

import hospes.devices.ByteQueue;
import hospes.machine.ConsoleOutput;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.List;

/// A console with one port (Virtio 1.2, 5.3): queue 0 brings bytes to the guest, queue 1 takes
/// them.
///
/// What the guest sends goes out at once. What [#receive] brings waits until the driver offers a
/// buffer, across resets of the device.
public final class VirtioConsole extends VirtioDevice {
  /// Bytes that wait for the guest at most.
  public static final int BACKLOG = 1 << 20;

  private static final int RECEIVE = 0;
  private static final int CONFIGURATION_BYTES = 12; // cols, rows, max_nr_ports, emerg_wr: unused
  private static final QueueLimits LIMITS = new QueueLimits(64, 1 << 20, 16 << 20);

  private final ConsoleOutput output;
  private final ByteQueue input = new ByteQueue(BACKLOG);

  /// A console.
  ///
  /// @param output takes what the guest sends
  public VirtioConsole(ConsoleOutput output) {
    this.output = output;
  }

  /// Brings bytes to the guest; what is more than [#room] is dropped.
  public void receive(byte[] bytes) {
    input.addAll(bytes);
    serve(RECEIVE);
  }

  /// Bytes that [#receive] can take now.
  public int room() {
    return input.room();
  }

  @Override
  int deviceType() {
    return 3;
  }

  @Override
  long features() {
    return 0;
  }

  @Override
  List<QueueLimits> queues() {
    return List.of(LIMITS, LIMITS);
  }

  @Override
  byte[] configuration() {
    return new byte[CONFIGURATION_BYTES];
  }

  @Override
  void reset() {
    // What was typed is the host's, and waits for the next driver; with one port and no size, a
    // driver tells the device nothing that could be forgotten (5.3.4).
  }

  @Override
  void kick(int queueNumber, Virtqueue queue) throws QueueFaultException {
    if (queueNumber == RECEIVE) {
      fill(queue);
    } else {
      send(queue);
    }
  }

  private void fill(Virtqueue queue) throws QueueFaultException {
    while (!input.isEmpty()) {
      DescriptorChain chain = queue.take();
      if (chain == null) {
        return;
      }
      byte[] bytes = input.take((int) chain.writable().length());
      chain.writable().write(0, bytes, 0, bytes.length);
      queue.give(chain, bytes.length);
    }
  }

  private void send(Virtqueue queue) throws QueueFaultException {
    for (var chain = queue.take(); chain != null; chain = queue.take()) {
      byte[] bytes = new byte[(int) chain.readable().length()];
      chain.readable().read(0, bytes, 0, bytes.length);
      for (byte value : bytes) {
        output.write(value);
      }
      queue.give(chain, 0);
    }
  }

  @Override
  void save(RecordWriter out) {
    input.save(out);
  }

  @Override
  void restore(RecordReader in) {
    input.restore(in);
  }
}
