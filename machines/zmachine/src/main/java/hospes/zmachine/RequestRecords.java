package hospes.zmachine;

import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import hospes.machine.SnapshotException;
import hospes.zmachine.Request.Timeout;
import org.jspecify.annotations.Nullable;

/// Requests in records: a kind, and four numbers.
final class RequestRecords {
  private RequestRecords() {}

  static void save(RecordWriter out, @Nullable Request request) {
    switch (request) {
      case null -> put(out, 0, 0, 0, 0, 0, 0);
      case Request.ReadLine(int text, int parse, Timeout timeout, int result) ->
          put(out, 1, text, parse, timeout.tenths(), timeout.routine(), result);
      case Request.ReadKey(Timeout timeout, int result) ->
          put(out, 2, 0, 0, timeout.tenths(), timeout.routine(), result);
      case Request.Save(int resultAt) -> put(out, 3, 0, 0, 0, 0, resultAt);
      case Request.Restore(int resultAt) -> put(out, 4, 0, 0, 0, 0, resultAt);
      case Request.SaveTable(int table, int bytes, int name, int resultAt) ->
          put(out, 5, table, bytes, name, 0, resultAt);
      case Request.RestoreTable(int table, int bytes, int name, int resultAt) ->
          put(out, 6, table, bytes, name, 0, resultAt);
      case Request.SaveUndo(int resultAt) -> put(out, 7, 0, 0, 0, 0, resultAt);
      case Request.RestoreUndo(int resultAt) -> put(out, 8, 0, 0, 0, 0, resultAt);
      case Request.Restart() -> put(out, 9, 0, 0, 0, 0, 0);
      case Request.Quit() -> put(out, 10, 0, 0, 0, 0, 0);
    }
  }

  private static void put(RecordWriter out, int... numbers) {
    for (int number : numbers) {
      out.putInt(number);
    }
  }

  static @Nullable Request restore(RecordReader in) {
    int kind = in.getInt();
    int a = in.getCount(0xffff);
    int b = in.getCount(0xffff);
    int c = in.getCount(0xffff);
    int d = in.getCount(0xffff);
    int result = in.getInt();
    return switch (kind) {
      case 0 -> null;
      case 1 -> new Request.ReadLine(a, b, new Timeout(c, d), result);
      case 2 -> new Request.ReadKey(new Timeout(c, d), result);
      case 3 -> new Request.Save(result);
      case 4 -> new Request.Restore(result);
      case 5 -> new Request.SaveTable(a, b, c, result);
      case 6 -> new Request.RestoreTable(a, b, c, result);
      case 7 -> new Request.SaveUndo(result);
      case 8 -> new Request.RestoreUndo(result);
      case 9 -> new Request.Restart();
      case 10 -> new Request.Quit();
      default ->
          throw new SnapshotException("the snapshot is damaged: its story waits for nothing");
    };
  }
}
