package hospes.devices;

import hospes.machine.ConsoleOutput;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;

/// The serial port: a 16550A UART (National Semiconductor PC16550D data sheet, chapter 8), eight
/// byte registers.
///
/// Sending takes no time, so the transmitter is always empty and its interrupt comes at once. What
/// [#receive] brings waits in a backlog of a mebibyte and moves into the receiver's FIFO as the
/// guest reads, as if the far end kept to flow control. A FIFO below its trigger level with nothing
/// behind it counts as a silent line: the character timeout is reported at once.
///
/// **No typed byte is lost to a driver that starts.** Drivers reset the FIFO and then read and
/// throw away what is there; a script piped into a guest would lose its first letters. So a reset
/// gives the FIFO's bytes back to the backlog, and the far end then holds still until the guest
/// shows that it listens: it enables the receive interrupt, or it looks at the line status 64 times
/// without sending.
public final class Ns16550a extends RegisterDevice {
  /// Addresses that the device takes.
  public static final long SIZE = 0x100;

  /// Bytes that wait for the guest at most; more is dropped, as an overrun.
  public static final int BACKLOG = 1 << 20;

  private static final int FIFO_SIZE = 16;
  private static final int POLLS_OF_A_LISTENER = 64;

  private static final int IER_RECEIVED = 0x01;
  private static final int IER_TRANSMITTER = 0x02;
  private static final int IER_LINE_STATUS = 0x04;
  private static final int IER_MODEM_STATUS = 0x08;
  private static final int IER_BITS = 0x0f;

  private static final int IIR_NONE = 0x01;
  private static final int IIR_LINE_STATUS = 0x06;
  private static final int IIR_RECEIVED = 0x04;
  private static final int IIR_TIMEOUT = 0x0c;
  private static final int IIR_TRANSMITTER = 0x02;
  private static final int IIR_MODEM_STATUS = 0x00;
  private static final int IIR_FIFOS_ENABLED = 0xc0;

  private static final int FCR_ENABLE = 0x01;
  private static final int FCR_RESET_RECEIVER = 0x02;
  private static final int[] TRIGGER_LEVELS = {1, 4, 8, 14};

  private static final int LCR_DIVISOR_LATCH = 0x80;

  private static final int MCR_LOOPBACK = 0x10;
  private static final int MCR_BITS = 0x1f;

  private static final int LSR_DATA_READY = 0x01;
  private static final int LSR_OVERRUN = 0x02;
  private static final int LSR_TRANSMITTER_EMPTY = 0x60;

  private static final int MSR_CONNECTED = 0xb0; // clear to send, data set ready, carrier
  private static final int MSR_RING = 0x40;
  private static final int MSR_RING_ENDED = 0x04;

  private final ConsoleOutput output;
  private final InterruptLine line;
  private final ByteQueue fifo = new ByteQueue(FIFO_SIZE);
  private final ByteQueue backlog = new ByteQueue(BACKLOG);
  private int interruptEnable;
  private int fifoControl;
  private int lineControl;
  private int modemControl;
  private int modemLines = MSR_CONNECTED;
  private int modemChanges;
  private int scratch;
  private int divisor = 1;
  private boolean overrun;
  private boolean transmitterReported = true;
  private boolean held;
  private int polls;

  /// A serial port.
  ///
  /// @param output takes what the guest sends, at once
  /// @param line asks for service
  public Ns16550a(String name, ConsoleOutput output, InterruptLine line) {
    super(name, 1);
    this.output = output;
    this.line = line;
    registers.at(0, "RBR THR DLL").port(this::readData, this::writeData);
    registers.at(1, "IER DLM").port(this::readEnable, this::writeEnable);
    registers.at(2, "IIR FCR").port(this::readIdentification, this::writeFifoControl);
    registers.at(3, "LCR").readWrite(() -> lineControl, value -> lineControl = (int) value);
    registers.at(4, "MCR").readWrite(() -> modemControl, this::writeModemControl);
    registers.at(5, "LSR").readOnly(this::readLineStatus);
    registers.at(6, "MSR").readOnly(this::readModemStatus);
    registers.at(7, "SCR").readWrite(() -> scratch, value -> scratch = (int) value);
  }

  /// Brings bytes from the far end. They wait until the guest reads them; what is more than [#room]
  /// is dropped, and the guest is told of an overrun.
  public void receive(byte[] bytes) {
    if (backlog.addAll(bytes) < bytes.length) {
      overrun = true;
    }
    refill();
    drive();
  }

  /// Bytes that [#receive] can take now.
  public int room() {
    return backlog.room();
  }

  private boolean isLoopback() {
    return (modemControl & MCR_LOOPBACK) != 0;
  }

  private boolean isFifoEnabled() {
    return (fifoControl & FCR_ENABLE) != 0;
  }

  private int capacity() {
    return isFifoEnabled() ? FIFO_SIZE : 1;
  }

  private void refill() {
    if (held || isLoopback()) {
      return;
    }
    while (fifo.size() < capacity() && !backlog.isEmpty()) {
      fifo.add(backlog.take());
    }
  }

  private void resetReceiver() {
    if (isLoopback()) {
      fifo.clear();
    } else {
      backlog.takeBack(fifo);
    }
    held = (interruptEnable & IER_RECEIVED) == 0;
    polls = 0;
  }

  private boolean isDivisorLatched() {
    return (lineControl & LCR_DIVISOR_LATCH) != 0;
  }

  private long readData() {
    if (isDivisorLatched()) {
      return divisor;
    }
    byte value = fifo.take();
    refill();
    drive();
    return value;
  }

  private void writeData(long value) {
    if (isDivisorLatched()) {
      divisor = divisor & 0xff00 | (int) value;
      return;
    }
    polls = Math.max(polls - 1, 0);
    if (!isLoopback()) {
      output.write((byte) value);
    } else if (fifo.size() >= capacity()) {
      overrun = true;
    } else {
      fifo.add((byte) value);
    }
    transmitterReported = false;
    drive();
  }

  private long readEnable() {
    return isDivisorLatched() ? divisor >>> 8 : interruptEnable;
  }

  private void writeEnable(long value) {
    if (isDivisorLatched()) {
      divisor = divisor & 0xff | (int) value << 8;
      return;
    }
    int before = interruptEnable;
    interruptEnable = (int) value & IER_BITS;
    if ((interruptEnable & ~before & IER_TRANSMITTER) != 0) {
      transmitterReported = false;
    }
    if ((interruptEnable & IER_RECEIVED) != 0) {
      listen();
    }
    drive();
  }

  private void listen() {
    held = false;
    refill();
  }

  /// The most urgent interrupt, as the IIR names it (data sheet, table IV).
  private int cause() {
    if ((interruptEnable & IER_LINE_STATUS) != 0 && overrun) {
      return IIR_LINE_STATUS;
    }
    if ((interruptEnable & IER_RECEIVED) != 0 && !fifo.isEmpty()) {
      boolean triggered = !isFifoEnabled() || fifo.size() >= TRIGGER_LEVELS[fifoControl >>> 6 & 3];
      return triggered ? IIR_RECEIVED : IIR_TIMEOUT;
    }
    if ((interruptEnable & IER_TRANSMITTER) != 0 && !transmitterReported) {
      return IIR_TRANSMITTER;
    }
    if ((interruptEnable & IER_MODEM_STATUS) != 0 && modemChanges != 0) {
      return IIR_MODEM_STATUS;
    }
    return IIR_NONE;
  }

  private void drive() {
    line.set(Level.of(cause() != IIR_NONE));
  }

  private long readIdentification() {
    int cause = cause();
    if (cause == IIR_TRANSMITTER) {
      transmitterReported = true;
      drive();
    }
    return isFifoEnabled() ? cause | IIR_FIFOS_ENABLED : cause;
  }

  private void writeFifoControl(long value) {
    int before = fifoControl;
    fifoControl = (int) value;
    if (!isFifoEnabled()) {
      fifoControl = 0;
    }
    boolean switched = ((fifoControl ^ before) & FCR_ENABLE) != 0;
    if (switched || (fifoControl & FCR_RESET_RECEIVER) != 0) {
      resetReceiver();
      refill();
    }
    drive();
  }

  private void writeModemControl(long value) {
    boolean before = isLoopback();
    if (!before && (value & MCR_LOOPBACK) != 0) {
      backlog.takeBack(fifo); // the far end is disconnected; the loop begins empty
    }
    modemControl = (int) value & MCR_BITS;
    if (before && !isLoopback()) {
      fifo.clear();
    }
    setModemLines(isLoopback() ? loopedModemLines() : MSR_CONNECTED);
    refill();
    drive();
  }

  // In loopback DTR, RTS, OUT1 and OUT2 come back as DSR, CTS, RI and DCD (data sheet, 8.6.7).
  private int loopedModemLines() {
    int dtr = modemControl & 1;
    int rts = modemControl >>> 1 & 1;
    int outputs = modemControl >>> 2 & 3;
    return rts << 4 | dtr << 5 | outputs << 6;
  }

  private void setModemLines(int lines) {
    int changed = (lines ^ modemLines) >>> 4;
    boolean ringEnded = (modemLines & ~lines & MSR_RING) != 0;
    modemChanges |= changed & ~MSR_RING_ENDED | (ringEnded ? MSR_RING_ENDED : 0);
    modemLines = lines;
  }

  private long readLineStatus() {
    int status =
        LSR_TRANSMITTER_EMPTY | (fifo.isEmpty() ? 0 : LSR_DATA_READY) | (overrun ? LSR_OVERRUN : 0);
    overrun = false;
    if (held && ++polls >= POLLS_OF_A_LISTENER) {
      listen();
    }
    drive();
    return status;
  }

  private long readModemStatus() {
    int status = modemLines | modemChanges;
    modemChanges = 0;
    drive();
    return status;
  }

  @Override
  public DeviceBinding binding() {
    return new DeviceBinding("serial", "ns16550a");
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    fifo.save(out);
    backlog.save(out);
    out.putInt(interruptEnable);
    out.putInt(fifoControl);
    out.putInt(lineControl);
    out.putInt(modemControl);
    out.putInt(modemLines);
    out.putInt(modemChanges);
    out.putInt(scratch);
    out.putInt(divisor);
    out.putBoolean(overrun);
    out.putBoolean(transmitterReported);
    out.putBoolean(held);
    out.putInt(polls);
  }

  @Override
  public void restore(RecordReader in) {
    fifo.restore(in);
    backlog.restore(in);
    interruptEnable = in.getInt();
    fifoControl = in.getInt();
    lineControl = in.getInt();
    modemControl = in.getInt();
    modemLines = in.getInt();
    modemChanges = in.getInt();
    scratch = in.getInt();
    divisor = in.getInt();
    overrun = in.getBoolean();
    transmitterReported = in.getBoolean();
    held = in.getBoolean();
    polls = in.getInt();
  }
}
