package hospes.engine.toy;

import hospes.engine.CodeLayout;
import hospes.engine.CodePage;
import hospes.engine.Core;
import hospes.engine.WordDecoder;
import hospes.engine.translator.Operation;
import hospes.engine.translator.OperationTable;
import hospes.engine.translator.RegisterKind;
import hospes.machine.Trap;
import hospes.memory.Access;
import hospes.memory.AddressSpace;
import hospes.memory.AddressTranslation;
import hospes.memory.DeviceAccess;
import hospes.memory.FrameTable;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An architecture of a few instructions of two bytes, each its own number.
public final class ToyArchitecture {
  /// Where memory begins.
  public static final long RAM = 0x1000;

  /// Changes a register, in so many bytes that a region of them becomes too long.
  public static final int LONG = 1;

  /// Has a method that is not there.
  public static final int BROKEN = 2;

  /// Adds one to a register.
  public static final int SHORT = 3;

  private static final RegisterKind REGISTER =
      new RegisterKind("r", -1, -1, Optional.empty(), Optional.empty(), Optional.empty());

  private ToyArchitecture() {}

  /// The instructions as the translator sees them.
  public static OperationTable table() {
    OperationTable table =
        new OperationTable(MethodHandles.lookup(), State.class, CodeLayout.HALFWORDS);
    table.local("r", "r");
    table.local("memory", "memory");
    table.add(operation(LONG, "turnOften"));
    table.add(operation(BROKEN, "missing"));
    table.add(operation(SHORT, "increment"));
    return table;
  }

  private static Operation operation(int bits, String method) {
    return new Operation(
        WordDecoder.FIRST + bits,
        ToyArchitecture.class,
        method,
        Optional.empty(),
        Operation.Result.VALUE,
        Set.of(),
        Optional.of(REGISTER.at(10, 6)),
        Optional.empty(),
        List.of(REGISTER.at(10, 6)));
  }

  static long increment(long value) {
    return value + 1;
  }

  static long turn(long value) {
    return Long.rotateLeft(value, 1);
  }

  static long turnOften(long value) {
    return turn(
        turn(
            turn(
                turn(
                    turn(
                        turn(
                            turn(
                                turn(
                                    turn(
                                        turn(
                                            turn(
                                                turn(
                                                    turn(
                                                        turn(
                                                            turn(
                                                                turn(
                                                                    turn(
                                                                        turn(
                                                                            turn(
                                                                                turn(
                                                                                    turn(
                                                                                        turn(
                                                                                            turn(
                                                                                                turn(
                                                                                                    turn(
                                                                                                        turn(
                                                                                                            turn(
                                                                                                                turn(
                                                                                                                    turn(
                                                                                                                        turn(
                                                                                                                            turn(
                                                                                                                                turn(
                                                                                                                                    turn(
                                                                                                                                        turn(
                                                                                                                                            turn(
                                                                                                                                                turn(
                                                                                                                                                    turn(
                                                                                                                                                        turn(
                                                                                                                                                            turn(
                                                                                                                                                                turn(
                                                                                                                                                                    turn(
                                                                                                                                                                        turn(
                                                                                                                                                                            turn(
                                                                                                                                                                                turn(
                                                                                                                                                                                    turn(
                                                                                                                                                                                        turn(
                                                                                                                                                                                            turn(
                                                                                                                                                                                                turn(
                                                                                                                                                                                                    turn(
                                                                                                                                                                                                        turn(
                                                                                                                                                                                                            value))))))))))))))))))))))))))))))))))))))))))))))))));
  }

  /// Words that stand for themselves.
  public static final class Words extends WordDecoder {
    @Override
    public boolean isShort(int bits) {
      return true;
    }

    @Override
    public long decode(int bits) {
      return (bits & 0xff) == 0 ? ILLEGAL : FIRST + (bits & 0xff) | SHORT;
    }
  }

  /// The state: registers and memory.
  public static final class State extends Core implements AutoCloseable {
    /// The registers.
    public final long[] r = new long[64];
    final AddressSpace memory;

    /// A core that sees memory as it is.
    public State(FrameTable frames) {
      super(1);
      memory = new AddressSpace(frames, new Untranslated(), new NoDevices(), 1);
    }

    @Override
    protected Trap illegalInstruction() {
      return new Trap() {};
    }

    @Override
    public void close() {
      memory.close();
    }
  }

  /// Addresses are what they are.
  private static final class Untranslated implements AddressTranslation {
    @Override
    public long translate(long virtualAddress, Access access, int bytes) {
      return virtualAddress & -(1L << CodePage.SHIFT) | WHOLE_PAGE;
    }

    @Override
    public RuntimeException accessFault(long virtualAddress, Access access) {
      return new IllegalStateException("there is no memory at %x".formatted(virtualAddress));
    }
  }

  /// No devices.
  private static final class NoDevices implements DeviceAccess {
    @Override
    public boolean answers(long physicalAddress, int bytes) {
      return false;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      throw new AssertionError("no device answers");
    }

    @Override
    public void write(long physicalAddress, int bytes, long value) {
      throw new AssertionError("no device answers");
    }
  }
}
