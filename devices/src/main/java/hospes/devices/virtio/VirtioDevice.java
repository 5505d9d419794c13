package hospes.devices.virtio;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a virtio device does, apart from how a driver reaches it: that is [VirtioMmio].
///
/// Its state is part of the transport's record.
public abstract class VirtioDevice {
  private @Nullable VirtioMmio transport;

  VirtioDevice() {}

  /// The device type (Virtio 1.2, chapter 5).
  abstract int deviceType();

  /// The feature bits of this device type that it offers.
  abstract long features();

  /// Its virtqueues, by number.
  abstract List<QueueLimits> queues();

  /// The configuration space, as a driver reads it now.
  abstract byte[] configuration();

  /// Takes a byte that the driver writes into the configuration space; most devices have nothing
  /// there to write.
  void configure(int index, byte value) {}

  /// Serves a queue that is open, as far as there is something to do.
  ///
  /// @param features what was negotiated
  /// @throws QueueFaultException where the driver sent what no device can understand
  abstract void process(int queueNumber, Virtqueue queue, long features) throws QueueFaultException;

  abstract void save(RecordWriter out);

  abstract void restore(RecordReader in);

  final void connect(VirtioMmio newTransport) {
    if (transport != null) {
      throw new IllegalStateException("a device can be in one slot only");
    }
    transport = newTransport;
  }

  /// Serves a queue for the device's own reason, if the driver set it up.
  final void serve(int queueNumber) {
    if (transport != null) {
      transport.serve(queueNumber);
    }
  }

  /// Whether the driver runs and has set a queue up.
  final boolean isReady(int queueNumber) {
    return transport != null && transport.isReady(queueNumber);
  }

  /// Tells the driver that the configuration space is another one now.
  final void configurationChanged() {
    if (transport != null) {
      transport.configurationChanged();
    }
  }
}
