package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.TrapException;
import java.util.Arrays;

/// Output stream 3: text goes to a table in memory, behind a word that tells its length. A table
/// can be selected while another one is. Z-Machine Standards 1.1, 7.1.2.
final class MemoryStream {
  private static final int MOST_TABLES = 16;

  private final ZProcessor core;

  /// Where the tables are, and how much is in each.
  private int[] tables = new int[0];

  private int[] lengths = new int[0];

  MemoryStream(ZProcessor core) {
    this.core = core;
  }

  boolean isSelected() {
    return tables.length > 0;
  }

  void select(int table) {
    if (tables.length == MOST_TABLES) {
      throw new TrapException(new ZTrap.TooManyTables());
    }
    core.checkWritable(table, 2);
    tables = Arrays.copyOf(tables, tables.length + 1);
    lengths = Arrays.copyOf(lengths, tables.length);
    tables[tables.length - 1] = table;
  }

  /// Ends the latest table, and tells in its first word how much is in it.
  void deselect() {
    int latest = tables.length - 1;
    if (latest >= 0) {
      core.storeWord(tables[latest], lengths[latest]);
      tables = Arrays.copyOf(tables, latest);
      lengths = Arrays.copyOf(lengths, latest);
    }
  }

  /// Puts a character of ZSCII, other than null, into the latest table.
  void print(int zscii) {
    int latest = tables.length - 1;
    core.storeByte(tables[latest] + 2 + lengths[latest], zscii);
    lengths[latest]++;
  }

  void clear() {
    tables = new int[0];
    lengths = new int[0];
  }

  void save(RecordWriter out) {
    out.putInt(tables.length);
    for (int i = 0; i < tables.length; i++) {
      out.putInt(tables[i]);
      out.putInt(lengths[i]);
    }
  }

  void restore(RecordReader in) {
    int count = in.getCount(MOST_TABLES);
    tables = new int[count];
    lengths = new int[count];
    for (int i = 0; i < count; i++) {
      tables[i] = in.getCount(0xffff);
      lengths[i] = in.getCount(0xffff);
    }
  }
}
