package hospes.zmachine.screen;

import hospes.machine.ConsoleOutput;
import hospes.machine.RecordReader;
import hospes.machine.RecordWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;

/// Holds back what is written to a terminal until the user has read what stands there.
///
/// The story does not wait meanwhile, but reads no key either.
final class Pager {
  /// What is held back at most before everything goes to one page.
  private static final int MOST_HELD = 1 << 18;

  private static final int MOST_PAGES = 1 << 12;

  private final ConsoleOutput console;
  private final ArrayDeque<byte[]> pages = new ArrayDeque<>();
  private ByteArrayOutputStream last = new ByteArrayOutputStream();
  private boolean paused;
  private int held;

  Pager(ConsoleOutput console) {
    this.console = console;
  }

  void write(byte[] bytes) {
    if (paused) {
      last.writeBytes(bytes);
      held += bytes.length;
    } else {
      show(bytes);
    }
  }

  /// Ends a page.
  ///
  /// @param prompt what asks the user to turn it
  /// @param removal what removes the prompt
  void endPage(byte[] prompt, byte[] removal) {
    if (held > MOST_HELD || pages.size() >= MOST_PAGES) {
      return;
    }
    write(prompt);
    if (paused) {
      pages.add(last.toByteArray());
      last = new ByteArrayOutputStream();
    }
    paused = true;
    last.writeBytes(removal);
    held += removal.length;
  }

  boolean isPaused() {
    return paused;
  }

  void turn() {
    byte[] page = pages.poll();
    if (page != null) {
      held -= page.length;
      show(page);
    } else if (paused) {
      finish();
    }
  }

  /// Shows all that is held back.
  void finish() {
    pages.forEach(this::show);
    show(last.toByteArray());
    forget();
  }

  /// Gives up what is held back.
  void forget() {
    pages.clear();
    last = new ByteArrayOutputStream();
    held = 0;
    paused = false;
  }

  private void show(byte[] bytes) {
    for (byte value : bytes) {
      console.write(value);
    }
  }

  void save(RecordWriter out) {
    out.putBoolean(paused);
    out.putInt(pages.size());
    pages.forEach(page -> put(out, page));
    put(out, last.toByteArray());
  }

  private static void put(RecordWriter out, byte[] bytes) {
    out.putInt(bytes.length);
    out.putBytes(bytes);
  }

  void restore(RecordReader in) {
    forget();
    paused = in.getBoolean();
    int count = in.getCount(MOST_PAGES);
    for (int i = 0; i < count; i++) {
      byte[] page = get(in);
      pages.add(page);
      held += page.length;
    }
    byte[] rest = get(in);
    last.writeBytes(rest);
    held += rest.length;
  }

  private static byte[] get(RecordReader in) {
    return in.getBytes(in.getCount(Integer.MAX_VALUE));
  }
}
