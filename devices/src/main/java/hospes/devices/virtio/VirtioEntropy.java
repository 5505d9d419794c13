package hospes.devices.virtio;

import hospes.machine.Entropy;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.util.List;

/// A source of randomness (Virtio 1.2, 5.4): one queue, whose buffers it fills.
///
/// The stream is the machine's own [Entropy], whose position is a record of its own. A buffer gets
/// at most 4 KiB, which the standard allows; the driver asks again.
public final class VirtioEntropy extends VirtioDevice {
  private static final int MOST_BYTES = 4096;
  private static final long CHAIN_BYTES = 16L << 20;
  private static final QueueLimits REQUESTS = new QueueLimits(64, CHAIN_BYTES, 64 * CHAIN_BYTES);

  private final Entropy entropy;

  /// A device that hands out `entropy`.
  public VirtioEntropy(Entropy entropy) {
    this.entropy = entropy;
  }

  @Override
  int deviceType() {
    return 4;
  }

  @Override
  long features() {
    return 0;
  }

  @Override
  List<QueueLimits> queues() {
    return List.of(REQUESTS);
  }

  @Override
  byte[] configuration() {
    return new byte[0];
  }

  @Override
  void reset() {
    // A driver tells it nothing, and the machine's stream goes on (5.4).
  }

  @Override
  void kick(int queueNumber, Virtqueue queue) throws QueueFaultException {
    for (var chain = queue.take(); chain != null; chain = queue.take()) {
      byte[] bytes = entropy.next((int) Math.min(chain.writable().length(), MOST_BYTES));
      chain.writable().write(0, bytes, 0, bytes.length);
      queue.give(chain, bytes.length);
    }
  }

  @Override
  void save(RecordWriter out) {
    // The stream's position is saved with the Entropy.
  }

  @Override
  void restore(RecordReader in) {
    // The stream's position is restored with the Entropy.
  }
}
