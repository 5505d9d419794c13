package hospes.devices;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The virtual machine's generation id (Linux's device tree binding `microsoft,vmgenid`): 16 bytes
/// that are others in each copy of a machine. When they change, an interrupt tells the guest, which
/// then mixes them into its randomness.
///
/// The interrupt is an edge, for nothing acknowledges it: the line is raised and lowered at once.
public final class GenerationId extends RegisterDevice {
  /// Addresses that the device takes, and bytes of an id.
  public static final int SIZE = 16;

  private final InterruptLine line;
  private final byte[] id = new byte[SIZE];

  /// An id of zeros.
  ///
  /// @param line tells the guest of a change
  public GenerationId(String name, InterruptLine line) {
    super(name);
    this.line = line;
    registers
        .at(0x00, "ID")
        .width(Long.BYTES)
        .times(SIZE / Long.BYTES)
        .readOnly(word -> content().getLong(word * Long.BYTES));
  }

  private ByteBuffer content() {
    return ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The id.
  public byte[] id() {
    return id.clone();
  }

  /// The id at power-on.
  ///
  /// @param newId [#SIZE] bytes
  public void begin(byte[] newId) {
    content().put(newId);
  }

  /// Changes the id, and tells the guest.
  ///
  /// @param newId [#SIZE] bytes
  public void change(byte[] newId) {
    begin(newId);
    line.raise();
    line.lower();
  }

  @Override
  public DeviceBinding binding() {
    return new DeviceBinding("rng", "microsoft,vmgenid");
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putBytes(id);
  }

  @Override
  public void restore(RecordReader in) {
    begin(in.getBytes(SIZE));
  }
}
