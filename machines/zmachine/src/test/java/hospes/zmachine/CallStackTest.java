package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.machine.StateRecord;
import hospes.machine.Trap;
import hospes.machine.TrapException;
import org.junit.jupiter.api.Test;

/// The stack: what calls keep apart, its limits, and that a damaged record is refused.
final class CallStackTest {
  private final long[] locals = new long[16];
  private final CallStack stack = new CallStack(locals);

  @Test
  void eachRoutineHasItsOwnVariablesAndValues() {
    stack.enter(0x1000, 0x20, 1, 0x40, 2);
    locals[1] = 11;
    locals[2] = 12;
    stack.push(13);
    stack.enter(0x2000, CallStack.NO_RESULT, 0, 0x40, 3);
    assertArrayEquals(new long[] {0, 0, 0}, new long[] {locals[1], locals[2], locals[3]});
    locals[1] = 99;
    stack.push(98);

    assertEquals(0x2000, stack.returnAddress());
    assertEquals(CallStack.NO_RESULT, stack.result());
    assertEquals(2, stack.depth());
    stack.leave();

    assertEquals(0x1000, stack.returnAddress());
    assertEquals(0x20, stack.result());
    assertEquals(1, stack.arguments());
    assertEquals(2, stack.localCount());
    assertEquals(11, locals[1]);
    assertEquals(12, locals[2]);
    assertEquals(13, stack.pop());
  }

  @Test
  void noRoutineTakesItsCallersValues() {
    stack.push(1);
    stack.enter(0x1000, 0, 0, 0x40, 0);

    assertInstanceOf(ZTrap.StackUnderflow.class, trap(stack::pop));
    assertInstanceOf(ZTrap.StackUnderflow.class, trap(stack::peek));
    assertInstanceOf(ZTrap.StackUnderflow.class, trap(() -> stack.replace(1)));
  }

  @Test
  void theMainRoutineCannotReturn() {
    assertInstanceOf(ZTrap.ReturnFromMain.class, trap(stack::leave));
  }

  @Test
  void recursionWithoutEndEnds() {
    Trap trap =
        trap(
            () -> {
              while (true) {
                stack.enter(0x1000, 0, 0, 0x40, 15);
              }
            });

    assertInstanceOf(ZTrap.StackOverflow.class, trap);
  }

  @Test
  void pushingWithoutEndEnds() {
    Trap trap =
        trap(
            () -> {
              while (true) {
                stack.push(1);
              }
            });

    assertInstanceOf(ZTrap.StackOverflow.class, trap);
  }

  @Test
  void framesTellTheWholeStackAndMakeItAnew() {
    stack.push(1);
    stack.enter(0x1000, 0x20, 1, 0x40, 2);
    locals[1] = 11;
    stack.push(2);
    stack.push(3);
    stack.enter(0x2000, 0, 3, 0x40, 15);
    locals[15] = 0xffff;
    CallFrame[] frames = stack.frames();

    assertEquals(3, frames.length);
    assertArrayEquals(new int[] {1}, frames[0].stack());
    assertArrayEquals(new int[] {11, 0}, frames[1].locals());
    assertArrayEquals(new int[] {2, 3}, frames[1].stack());
    assertEquals(0x1000, frames[1].returnAddress());
    assertEquals(0x20, frames[1].result());
    assertEquals(1, frames[1].arguments());
    assertEquals(0xffff, frames[2].locals()[14]);

    byte[] before = saved();
    stack.clear();
    stack.enterAll(frames);
    assertArrayEquals(before, saved());
  }

  @Test
  void aRecordBringsTheStackBack() {
    stack.enter(0x1000, 0x20, 1, 0x40, 2);
    locals[2] = 5;
    stack.push(6);
    byte[] record = saved();
    stack.leave();
    stack.restore(reader(record));

    assertEquals(6, stack.pop());
    assertEquals(5, locals[2]);
    stack.leave();
    assertEquals(0, stack.depth());
  }

  @Test
  void aDamagedRecordIsRefusedAndNeverFollowed() {
    stack.enter(0x1000, 0x20, 1, 0x40, 2);
    stack.enter(0x2000, 0x21, 1, 0x40, 15);
    byte[] record = saved();
    for (int i = 128; i < record.length; i++) {
      byte[] damaged = record.clone();
      damaged[i] ^= (byte) 0x81;
      try {
        stack.restore(reader(damaged));
        // Not all damage can be seen. What was taken must be usable to its end.
        while (stack.depth() > 0) {
          stack.leave();
        }
      } catch (SnapshotException refused) {
        assertEquals(SnapshotException.class, refused.getClass());
      }
    }
    for (int length = 0; length < record.length; length++) {
      byte[] truncated = java.util.Arrays.copyOf(record, length);
      assertThrows(SnapshotException.class, () -> stack.restore(reader(truncated)));
    }
  }

  private byte[] saved() {
    RecordWriter out = new RecordWriter();
    stack.save(out);
    return out.toByteArray();
  }

  private static RecordReader reader(byte[] record) {
    return new RecordReader(new StateRecord("stack", 1, record));
  }

  private static Trap trap(Runnable action) {
    return assertThrows(TrapException.class, action::run).trap();
  }
}
