package hospes.devices.virtio;

import hospes.devices.DeviceBinding;
import hospes.devices.InterruptLine;
import hospes.devices.Level;
import hospes.devices.RegisterDevice;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.memory.FrameTable;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/// A virtio device in a slot of the modern MMIO transport (Virtio 1.2, 4.2).
///
/// A driver that breaks the rules — a queue that cannot be one, a chain with a loop, a buffer
/// outside RAM, a notification before DRIVER_OK — makes the device set DEVICE_NEEDS_RESET and raise
/// the configuration interrupt; it then ignores all but a reset (Virtio 1.2, 2.1.2).
public final class VirtioMmio extends RegisterDevice implements VirtioTransport {
  /// Addresses that the device takes.
  public static final long SIZE = 0x1000;

  static final DeviceBinding BINDING = new DeviceBinding("virtio_mmio", "virtio,mmio");

  static final int MAGIC = 0x7472_6976; // "virt"
  static final int VERSION = 2;
  static final int VENDOR = 0x5053_4f48; // "HOSP"

  private static final long VERSION_1 = 1L << 32;
  private static final long TRANSPORT_FEATURES =
      VERSION_1 | Virtqueue.INDIRECT_DESCRIPTORS | Virtqueue.EVENT_INDEX;

  private static final int STATUS_DRIVER_OK = 0x04;
  private static final int STATUS_FEATURES_OK = 0x08;
  private static final int STATUS_NEEDS_RESET = 0x40;
  private static final int STATUS_FAILED = 0x80;
  private static final int STATUS_BITS = 0xff;

  private static final int INTERRUPT_USED_BUFFER = 1;
  private static final int INTERRUPT_CONFIGURATION = 2;

  private static final int CONFIGURATION_BYTES = 0xf00;
  private static final long NO_SHARED_MEMORY = -1L;

  private final VirtioDevice device;
  private final InterruptLine line;
  private final Virtqueue[] queues;
  private int status;
  private int interruptStatus;
  private int deviceFeaturesSelect;
  private int driverFeaturesSelect;
  private long driverFeatures;
  private int queueSelect;
  private int generation;

  /// A slot with a device.
  ///
  /// @param memory RAM, in which the driver puts its queues and buffers
  /// @param line asks for service
  public VirtioMmio(String name, VirtioDevice device, FrameTable memory, InterruptLine line) {
    super(name);
    this.device = device;
    this.line = line;
    this.queues =
        device.queues().stream()
            .map(limits -> new Virtqueue(memory, limits))
            .toArray(Virtqueue[]::new);
    device.connect(this);
    listRegisters();
  }

  private void listRegisters() {
    registers.at(0x000, "MagicValue").readOnly(() -> MAGIC);
    registers.at(0x004, "Version").readOnly(() -> VERSION);
    registers.at(0x008, "DeviceID").readOnly(device::deviceType);
    registers.at(0x00c, "VendorID").readOnly(() -> VENDOR);
    registers.at(0x010, "DeviceFeatures").readOnly(this::deviceFeatures);
    registers.at(0x014, "DeviceFeaturesSel").writeOnly(word -> deviceFeaturesSelect = (int) word);
    registers.at(0x020, "DriverFeatures").writeOnly(this::setDriverFeatures);
    registers.at(0x024, "DriverFeaturesSel").writeOnly(word -> driverFeaturesSelect = (int) word);
    registers.at(0x030, "QueueSel").writeOnly(number -> queueSelect = (int) number);
    registers.at(0x034, "QueueNumMax").readOnly(() -> isQueueSelected() ? queue().maxSize() : 0);
    registers.at(0x038, "QueueNum").writeOnly(size -> setUp(Virtqueue::setSize, size));
    registers.at(0x044, "QueueReady").port(this::queueReady, this::setQueueReady);
    registers.at(0x050, "QueueNotify").writeOnly(this::notified);
    registers.at(0x060, "InterruptStatus").readOnly(() -> interruptStatus);
    registers.at(0x064, "InterruptACK").writeOnly(this::acknowledge);
    registers.at(0x070, "Status").port(() -> status, this::setStatus);
    address(0x080, "QueueDesc", () -> queue().descriptorTable(), Virtqueue::setDescriptorTable);
    address(0x090, "QueueDriver", () -> queue().availableRing(), Virtqueue::setAvailableRing);
    address(0x0a0, "QueueDevice", () -> queue().usedRing(), Virtqueue::setUsedRing);
    registers.at(0x0b0, "SHMLen").width(Long.BYTES).readOnly(() -> NO_SHARED_MEMORY);
    registers.at(0x0b8, "SHMBase").width(Long.BYTES).readOnly(() -> NO_SHARED_MEMORY);
    registers.at(0x0fc, "ConfigGeneration").readOnly(() -> generation);
    registers
        .at(0x100, "Config")
        .width(1)
        .times(CONFIGURATION_BYTES)
        .port(this::configuration, (index, value) -> device.configure(index, (byte) value));
  }

  // The two halves of an address are one register of eight bytes here: a write to one half keeps
  // the other. To the driver they are write-only.
  private void address(
      long offset, String name, LongSupplier reader, ObjLongConsumer<Virtqueue> writer) {
    registers
        .at(offset, name)
        .width(Long.BYTES)
        .readWrite(() -> isQueueSelected() ? reader.getAsLong() : 0, value -> setUp(writer, value));
  }

  private boolean isQueueSelected() {
    return queueSelect >= 0 && queueSelect < queues.length;
  }

  private Virtqueue queue() {
    return queues[queueSelect];
  }

  private boolean has(int statusBit) {
    return (status & statusBit) != 0;
  }

  private long offeredFeatures() {
    return device.features() | TRANSPORT_FEATURES;
  }

  private long deviceFeatures() {
    return switch (deviceFeaturesSelect) {
      case 0 -> offeredFeatures();
      case 1 -> offeredFeatures() >>> 32;
      default -> 0;
    };
  }

  private void setDriverFeatures(long word) {
    if (has(STATUS_FEATURES_OK | STATUS_DRIVER_OK)) {
      return;
    }
    switch (driverFeaturesSelect) {
      case 0 -> driverFeatures = driverFeatures & ~0xffff_ffffL | word;
      case 1 -> driverFeatures = driverFeatures & 0xffff_ffffL | word << 32;
      default -> {} // we offer none there
    }
  }

  private void setUp(ObjLongConsumer<Virtqueue> what, long value) {
    if (isQueueSelected() && !queue().isReady()) {
      what.accept(queue(), value);
    }
  }

  private long queueReady() {
    return isQueueSelected() && queue().isReady() ? 1 : 0;
  }

  private void setQueueReady(long value) {
    if (!isQueueSelected() || has(STATUS_NEEDS_RESET)) {
      return;
    }
    if ((value & 1) == 0) {
      queue().stop();
    } else if (!queue().isReady()) {
      try {
        queue().start();
      } catch (QueueFaultException fault) {
        needReset();
      }
    }
  }

  private void setStatus(long value) {
    if (value == 0) {
      reset();
      return;
    }
    int wanted = (int) value & STATUS_BITS & ~STATUS_NEEDS_RESET | status & STATUS_NEEDS_RESET;
    if ((wanted & ~status & STATUS_FEATURES_OK) != 0 && !areFeaturesAcceptable()) {
      wanted &= ~STATUS_FEATURES_OK;
    }
    boolean starts = (wanted & ~status & STATUS_DRIVER_OK) != 0;
    status = wanted;
    if (starts) {
      device.activate(driverFeatures);
    }
  }

  private boolean areFeaturesAcceptable() {
    return (driverFeatures & ~offeredFeatures()) == 0 && (driverFeatures & VERSION_1) != 0;
  }

  private void reset() {
    status = 0;
    interruptStatus = 0;
    deviceFeaturesSelect = 0;
    driverFeaturesSelect = 0;
    driverFeatures = 0;
    queueSelect = 0;
    for (Virtqueue queue : queues) {
      queue.reset();
    }
    device.reset();
    line.lower();
  }

  private void notified(long number) {
    if (!has(STATUS_DRIVER_OK)) {
      needReset();
    } else if (number < queues.length) {
      serve((int) number);
    }
  }

  @Override
  public void serve(int number) {
    Virtqueue queue = queues[number];
    if (!isReady(number)) {
      return;
    }
    try {
      queue.open(driverFeatures);
      device.kick(number, queue);
      if (queue.close()) {
        interrupt(INTERRUPT_USED_BUFFER);
      }
    } catch (QueueFaultException fault) {
      needReset();
    }
  }

  @Override
  public boolean isReady(int number) {
    return has(STATUS_DRIVER_OK)
        && !has(STATUS_NEEDS_RESET | STATUS_FAILED)
        && queues[number].isReady();
  }

  private void needReset() {
    status |= STATUS_NEEDS_RESET;
    interrupt(INTERRUPT_CONFIGURATION);
  }

  /// Raises the configuration interrupt and the generation (4.2.2.1).
  @Override
  public void configurationChanged() {
    generation++;
    if (has(STATUS_DRIVER_OK) && !has(STATUS_NEEDS_RESET | STATUS_FAILED)) {
      interrupt(INTERRUPT_CONFIGURATION);
    }
  }

  private void interrupt(int cause) {
    interruptStatus |= cause;
    line.raise();
  }

  private void acknowledge(long causes) {
    interruptStatus &= (int) ~causes;
    line.set(Level.of(interruptStatus != 0));
  }

  private long configuration(int index) {
    byte[] bytes = device.configuration();
    return index < bytes.length ? bytes[index] & 0xff : 0;
  }

  @Override
  public DeviceBinding binding() {
    return BINDING;
  }

  @Override
  public int recordVersion() {
    return 2;
  }

  @Override
  public void save(RecordWriter out) {
    out.putInt(device.deviceType());
    out.putInt(status);
    out.putInt(interruptStatus);
    out.putInt(deviceFeaturesSelect);
    out.putInt(driverFeaturesSelect);
    out.putLong(driverFeatures);
    out.putInt(queueSelect);
    out.putInt(generation);
    for (Virtqueue queue : queues) {
      queue.save(out);
    }
    device.save(out);
  }

  @Override
  public void restore(RecordReader in) {
    int deviceType = in.getInt();
    if (deviceType != device.deviceType()) {
      throw new SnapshotException(
          "slot %s holds device type %d here, and %d in the snapshot"
              .formatted(name(), device.deviceType(), deviceType));
    }
    status = in.getInt();
    interruptStatus = in.getInt();
    deviceFeaturesSelect = in.getInt();
    driverFeaturesSelect = in.getInt();
    driverFeatures = in.getLong();
    queueSelect = in.getInt();
    generation = in.getInt();
    for (Virtqueue queue : queues) {
      queue.restore(in);
    }
    device.restore(in);
    if (has(STATUS_DRIVER_OK)) {
      device.activate(driverFeatures);
    }
  }
}
