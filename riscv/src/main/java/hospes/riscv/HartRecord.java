package hospes.riscv;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;

/// What of a hart is saved, and in which order.
final class HartRecord {
  static final int VERSION = 2;

  private HartRecord() {}

  static void save(Hart hart, RecordWriter out) {
    for (int i = 1; i < Hart.SINK; i++) {
      out.putLong(hart.x[i]);
    }
    for (int i = 0; i < Hart.SINK; i++) {
      out.putLong(hart.f[i]);
    }
    out.putLong(hart.pc);
    out.putLong(hart.status.bits);
    out.putLong(hart.atomics.reservation());
    out.putLong(hart.timer.deadline());
    out.putLong(hart.executed());
    out.putInt(hart.mode());
    out.putInt(hart.floats.status.flags);
    out.putInt(hart.floats.roundingMode);
    out.putBoolean(hart.waiting);
    out.putBoolean(hart.stopped);
    hart.traps.save(out);
    hart.environment.save(out);
    hart.pmp.save(out);
    hart.counters.save(out);
    hart.mmu.save(out);
  }

  static void restore(Hart hart, RecordReader in) {
    for (int i = 1; i < Hart.SINK; i++) {
      hart.x[i] = in.getLong();
    }
    for (int i = 0; i < Hart.SINK; i++) {
      hart.f[i] = in.getLong();
    }
    hart.pc = in.getLong();
    hart.status.bits = in.getLong();
    hart.atomics.restoreReservation(in.getLong());
    hart.timer.restoreDeadline(in.getLong());
    hart.executedBefore = in.getLong();
    hart.privilege.enter(in.getInt());
    hart.floats.status.flags = in.getInt();
    hart.floats.roundingMode = in.getInt();
    hart.waiting = in.getBoolean();
    hart.stopped = in.getBoolean();
    hart.traps.restore(in);
    hart.environment.restore(in);
    hart.pmp.restore(in);
    hart.counters.restore(in);
    hart.forgetTranslations();
    hart.mmu.restore(in);
  }
}
