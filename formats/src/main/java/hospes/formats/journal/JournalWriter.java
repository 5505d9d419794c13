package hospes.formats.journal;

import hospes.formats.journal.JournalFormatException.Problem;
import hospes.formats.journal.JournalItem.Checkpoint;
import hospes.formats.journal.JournalItem.End;
import hospes.formats.journal.JournalItem.Entry;
import hospes.formats.journal.JournalItem.Progress;
import hospes.formats.journal.JournalItem.SnapshotReference;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Writes a journal while the machine runs, by appending to it.
///
/// Entries are gathered until [#flushBlock] is called, which a host does about every second, since
/// it does not want to lose more; many in one block need less room than one in many. What the file
/// holds after each call is a journal. For use by one thread at a time.
public final class JournalWriter {
  private final OutputStream out;
  private final List<Entry> entries = new ArrayList<>();
  private int gathered;
  private int check;
  private long instructions;
  private boolean ended;
  private boolean failed;

  private JournalWriter(OutputStream out, long instructions) {
    this.out = out;
    this.instructions = instructions;
  }

  /// Begins a journal.
  ///
  /// @param out stays the caller's, who closes it; the end of each block is flushed
  /// @throws JournalFormatException where the header is too large
  /// @throws IOException what the stream throws
  public static JournalWriter start(OutputStream out, JournalHeader header) throws IOException {
    JournalWriter writer = new JournalWriter(out, header.firstInstruction());
    ContentWriter content = new ContentWriter();
    header.write(content);
    requireRoom("what describes the machine", content.size(), Block.MAX_CONTENT_BYTES);
    byte[] prefix = Block.prefix();
    writer.check = Block.checkOf(prefix, Block.PREFIX_BYTES);
    writer.put(prefix);
    writer.writeBlock(Block.START, content);
    return writer;
  }

  /// Appends an item. An entry may stay in memory for now; anything else is written at once.
  ///
  /// @throws JournalFormatException where it is too large; it is left out, and the journal with it
  ///     no longer the whole run
  /// @throws IOException what the stream throws, now or at an earlier call: what the file holds is
  ///     then a journal that ends there
  /// @throws IllegalArgumentException where its instruction count is lower than that before
  public void append(JournalItem item) throws IOException {
    if (ended) {
      throw new IllegalStateException("the journal has its end already");
    }
    requireUnbroken();
    if (item.instructions() < instructions) {
      throw new IllegalArgumentException(
          "instruction count %d behind %d".formatted(item.instructions(), instructions));
    }
    ContentWriter content = new ContentWriter();
    switch (item) {
      case Entry entry -> gather(entry);
      case Checkpoint checkpoint -> {
        content.putNumber(checkpoint.instructions());
        content.putDigest(checkpoint.state());
        writeAlone(Block.CHECKPOINT, content);
      }
      case Progress progress -> {
        content.putNumber(progress.instructions());
        writeAlone(Block.PROGRESS, content);
      }
      case SnapshotReference snapshot -> {
        requireRoom("a snapshot's name", snapshot.name().length(), Block.MAX_TEXT_BYTES);
        content.putSnapshot(snapshot);
        writeAlone(Block.SNAPSHOT, content);
      }
      case End end -> {
        requireRoom("the reason of its end", end.reason().length(), Block.MAX_TEXT_BYTES);
        content.putNumber(end.instructions());
        content.putText(end.reason());
        content.putDigest(end.state());
        writeAlone(Block.END, content);
        ended = true;
      }
    }
    instructions = item.instructions();
  }

  private void gather(Entry entry) throws IOException {
    requireRoom("a delivery", entry.payload().length, Block.MAX_PAYLOAD_BYTES);
    requireRoom("a port's name", entry.port().length(), Block.MAX_TEXT_BYTES);
    entries.add(entry);
    gathered += entry.payload().length + entry.port().length();
    if (gathered >= Block.FULL_BYTES || entries.size() == Block.MAX_ENTRIES) {
      flushBlock();
    }
  }

  private void writeAlone(int type, ContentWriter content) throws IOException {
    flushBlock();
    writeBlock(type, content);
  }

  /// The instruction count of the last item.
  public long instructions() {
    return instructions;
  }

  /// Whether entries wait for [#flushBlock].
  public boolean hasUnwritten() {
    return !entries.isEmpty();
  }

  /// Writes all entries that are not written yet.
  ///
  /// @throws IOException what the stream throws, now or at an earlier call
  public void flushBlock() throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    ContentWriter content = new ContentWriter();
    EntryColumns.write(entries, content);
    writeBlock(Block.ENTRIES, content);
    entries.clear();
    gathered = 0;
  }

  private void writeBlock(int type, ContentWriter content) throws IOException {
    byte[] block = Block.pack(type, content.toByteArray(), check);
    put(block);
    check = Block.checkOf(block, Block.HEADER_BYTES);
  }

  /// A block that was written in part must not be followed by another.
  private void put(byte[] bytes) throws IOException {
    requireUnbroken();
    failed = true;
    out.write(bytes);
    out.flush();
    failed = false;
  }

  private void requireUnbroken() throws IOException {
    if (failed) {
      throw new IOException("the journal could not be written earlier on and ends there");
    }
  }

  private static void requireRoom(String what, int size, int limit) throws JournalFormatException {
    if (size > limit) {
      throw new JournalFormatException(
          Problem.TOO_LARGE,
          "%s has a length of %d; a journal holds at most %d".formatted(what, size, limit));
    }
  }
}
