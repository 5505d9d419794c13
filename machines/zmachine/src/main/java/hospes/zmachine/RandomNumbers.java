package hospes.zmachine;

import hospes.machine.Entropy;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.Stateful;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// The story's random numbers. Z-Machine Standards 1.1, 2.4.
///
/// After a seed below 1000 they are 1, 2, 3 and so on up to the seed, and from 1 again; else a
/// linear congruential sequence, the same as frotz's, so that a story with a fixed seed can be
/// played on both.
final class RandomNumbers implements Stateful {
  private static final int COUNTING = 1000;

  private final Entropy entropy;
  private final OptionalInt fixedSeed;
  private int state;
  private int interval;
  private int counter;

  /// @param fixedSeed what the sequence begins with wherever it should be unpredictable; without
  /// one, that is taken from `entropy`
  RandomNumbers(Entropy entropy, OptionalInt fixedSeed) {
    this.entropy = entropy;
    this.fixedSeed = fixedSeed;
    begin();
  }

  /// Begins anew, unpredictably.
  void begin() {
    interval = 0;
    state =
        fixedSeed.isPresent() ? fixedSeed.getAsInt() : ByteBuffer.wrap(entropy.next(4)).getInt();
  }

  /// Begins the sequence of a seed; 0 for one that cannot be foretold.
  void seed(int seed) {
    if (seed == 0) {
      begin();
    } else if (seed < COUNTING) {
      interval = seed;
      counter = 0;
    } else {
      interval = 0;
      state = seed;
    }
  }

  /// The next number from 1 to `range`.
  int next(int range) {
    int number;
    if (interval != 0) {
      number = counter;
      counter = (counter + 1) % interval;
    } else {
      state = 0x015a_4e35 * state + 1;
      number = state >>> 16 & 0x7fff;
    }
    return number % range + 1;
  }

  @Override
  public String recordName() {
    return "random";
  }

  @Override
  public int recordVersion() {
    return 1;
  }

  @Override
  public void save(RecordWriter out) {
    out.putInt(state);
    out.putInt(interval);
    out.putInt(counter);
  }

  @Override
  public void restore(RecordReader in) {
    state = in.getInt();
    interval = in.getCount(COUNTING);
    counter = in.getCount(COUNTING);
  }
}
