package hospes.devices.virtio;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a virtio device does, apart from how a driver reaches it: that is a [VirtioTransport].
///
/// Its life: a driver negotiates and runs ([#activate]), notifies queues ([#kick]), and leaves or
/// starts over ([#reset]). Its state is part of the transport's record.
public abstract class VirtioDevice {
  private @Nullable VirtioTransport transport;

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

  /// The driver set DRIVER_OK: it runs from now on, until a reset or until it takes that back
  /// (Virtio 1.2, 3.1.1).
  ///
  /// Called again when a device whose driver runs was restored, so that what follows from the
  /// features need not be saved. No queue is served in it.
  ///
  /// @param features what was negotiated
  void activate(long features) {}

  /// The driver resets the device: it forgets all that a driver told it, and what it had for that
  /// driver (Virtio 1.2, 2.4). What the host gave it stays. The transport resets the queues.
  abstract void reset();

  /// The driver notified a queue, or the device asked for it ([#serve]): does what there is to do.
  ///
  /// @param queue the queue, open
  /// @throws QueueFaultException where the driver sent what no device can understand
  abstract void kick(int queueNumber, Virtqueue queue) throws QueueFaultException;

  abstract void save(RecordWriter out);

  abstract void restore(RecordReader in);

  final void connect(VirtioTransport newTransport) {
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
