package hospes.machine;

/// Guest time: advances with instructions, and jumps forward where the machine idles or the host's
/// clock is sampled.
///
/// One instruction takes one nanosecond. Time never runs backwards, and is a function of the
/// instruction count and the jumps alone, so that it is the same in a repeated run.
public final class Clock implements Stateful {
  private long skipped;

  /// Guest time in nanoseconds at an instruction count.
  public long nanoseconds(long instructions) {
    return instructions + skipped;
  }

  /// The instruction count at which guest time reaches `nanoseconds`, if nothing jumps before.
  public long instructionsAt(long nanoseconds) {
    return nanoseconds == Long.MAX_VALUE ? Long.MAX_VALUE : nanoseconds - skipped;
  }

  /// Jumps forward so that it is `nanoseconds` at this instruction count; a time in the past has no
  /// effect.
  public void advanceTo(long nanoseconds, long instructions) {
    skipped = Math.max(skipped, nanoseconds - instructions);
  }

  @Override
  public String recordName() {
    return "clock";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putLong(skipped);
  }

  @Override
  public void restore(RecordReader in) {
    skipped = in.getLong();
  }
}
