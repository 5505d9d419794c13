package hospes.formats.journal;

import hospes.formats.FileAccess;
import hospes.formats.journal.JournalFormatException.Problem;
import hospes.formats.journal.JournalItem.Checkpoint;
import hospes.formats.journal.JournalItem.End;
import hospes.formats.journal.JournalItem.Entry;
import hospes.formats.journal.JournalItem.Progress;
import hospes.formats.journal.JournalItem.SnapshotReference;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a journal from its first item to its last, one block at a time.
///
/// A file that was cut anywhere behind its header reads as a shorter journal. One that is still
/// being written does too: items that come later are found by later calls. For use by one thread at
/// a time.
public final class JournalReader {
  private final FileAccess file;
  private final JournalHeader header;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long position = Block.PREFIX_BYTES;
  private int check;
  private long instructions;
  private boolean complete;

  private JournalReader(FileAccess file) throws IOException {
    this.file = file;
    this.check = prefixCheck(file);
    Block start = nextBlock();
    if (start == null) {
      throw truncated();
    }
    if (start.type() != Block.START) {
      throw JournalFormatException.damaged("it does not begin with what was recorded");
    }
    ContentReader content = content(start);
    this.header = JournalHeader.read(content);
    content.requireEnd();
    skip(start);
    this.instructions = header.firstInstruction();
  }

  /// Reads a journal's header.
  ///
  /// @param file stays the caller's, who closes it
  /// @throws JournalFormatException where it is no journal, or one that cannot be used
  public static JournalReader open(FileAccess file) throws IOException {
    return new JournalReader(file);
  }

  /// Whether a file begins like a journal of any version.
  public static boolean isJournal(FileAccess file) throws IOException {
    if (file.size() < Long.BYTES) {
      return false;
    }
    byte[] magic = new byte[Long.BYTES];
    file.read(0, magic, 0, magic.length);
    return Arrays.equals(magic, 0, magic.length, Block.prefix(), 0, magic.length);
  }

  private static int prefixCheck(FileAccess file) throws IOException {
    byte[] expected = Block.prefix();
    byte[] prefix = new byte[(int) Math.min(file.size(), Block.PREFIX_BYTES)];
    file.read(0, prefix, 0, prefix.length);
    int magic = Math.min(prefix.length, Long.BYTES);
    if (!Arrays.equals(prefix, 0, magic, expected, 0, magic)) {
      throw new JournalFormatException(
          Problem.NO_JOURNAL, "this is no journal that Hospes has recorded");
    }
    if (prefix.length < Block.PREFIX_BYTES) {
      throw truncated();
    }
    int check = Block.checkOf(prefix, Block.PREFIX_BYTES);
    if (check != Block.crc(prefix, Block.PREFIX_BYTES - Integer.BYTES)) {
      throw JournalFormatException.damaged("its start does not match its checksum");
    }
    if (!Arrays.equals(prefix, expected)) {
      throw new JournalFormatException(
          Problem.NEWER_VERSION,
          "the journal has the format's version %d; this Hospes reads version %d; replay it with the one that recorded it"
              .formatted(Block.checkOf(prefix, Long.BYTES + Integer.BYTES), Block.VERSION));
    }
    return check;
  }

  private static JournalFormatException truncated() {
    return new JournalFormatException(
        Problem.TRUNCATED,
        "the journal was cut before it says what was recorded; nothing of it can be replayed");
  }

  /// What was recorded.
  public JournalHeader header() {
    return header;
  }

  /// Whether the journal's end was read: the recording was not cut short.
  public boolean isComplete() {
    return complete;
  }

  /// The next item; empty at the journal's end, or where it was cut.
  ///
  /// @throws JournalFormatException where it is damaged; all items before have been returned
  public Optional<JournalItem> next() throws IOException {
    while (entries.isEmpty()) {
      Block block = nextBlock();
      if (block == null) {
        return Optional.empty();
      }
      Optional<JournalItem> item = read(block);
      if (item.isPresent()) {
        return item;
      }
    }
    return Optional.of(entries.remove());
  }

  /// Goes on to behind the next snapshot, without unpacking what lies before; empty where there is
  /// none any more.
  ///
  /// @throws JournalFormatException where the journal is damaged
  public Optional<SnapshotReference> nextSnapshot() throws IOException {
    entries.clear();
    Block block;
    while ((block = nextBlock()) != null) {
      switch (block.type()) {
        case Block.ENTRIES, Block.CHECKPOINT, Block.PROGRESS -> skip(block);
        default -> {
          if (read(block).orElse(null) instanceof SnapshotReference snapshot) {
            return Optional.of(snapshot);
          }
        }
      }
    }
    return Optional.empty();
  }

  /// The block at the reader's position; none where it is not there as a whole.
  private @Nullable Block nextBlock() throws IOException {
    long left = file.size() - position;
    if (complete || left < Block.HEADER_BYTES) {
      return null;
    }
    byte[] bytes = new byte[Block.HEADER_BYTES];
    file.read(position, bytes, 0, bytes.length);
    Block block = Block.parse(bytes, check, where());
    return block.stored() <= left - Block.HEADER_BYTES ? block : null;
  }

  private String where() {
    return "its block at byte " + position;
  }

  /// The item that a block is; none where it holds entries, or is skipped. What is damaged is not
  /// passed: who asks again gets the same answer.
  private Optional<JournalItem> read(Block block) throws IOException {
    if ((block.type() & Block.SKIPPABLE) != 0 && block.type() != Block.PROGRESS) {
      skip(block);
      return Optional.empty();
    }
    ContentReader content = content(block);
    if (block.type() == Block.ENTRIES) {
      entries.addAll(EntryColumns.read(content, instructions));
      instructions = entries.isEmpty() ? instructions : entries.getLast().instructions();
      skip(block);
      return Optional.empty();
    }
    JournalItem item =
        switch (block.type()) {
          case Block.CHECKPOINT -> new Checkpoint(content.getNatural(), content.getDigest());
          case Block.SNAPSHOT -> content.getSnapshot();
          case Block.PROGRESS -> new Progress(content.getNatural());
          case Block.END -> new End(content.getNatural(), content.getText(), content.getDigest());
          case Block.START -> throw content.damaged("the journal's beginning once more");
          default -> throw unknown(block);
        };
    content.requireEnd();
    if (item.instructions() < instructions) {
      throw content.damaged("an instruction count that goes back");
    }
    if (item instanceof End) {
      if (position + Block.HEADER_BYTES + block.stored() != file.size()) {
        throw content.damaged("something behind it, although the journal ends with it");
      }
      complete = true;
    }
    skip(block);
    instructions = item.instructions();
    return Optional.of(item);
  }

  private static JournalFormatException unknown(Block block) {
    return new JournalFormatException(
        Problem.NEWER_VERSION,
        "the journal has a block of type %d, which this Hospes does not know; replay it with the one that recorded it"
            .formatted(block.type()));
  }

  private void skip(Block block) {
    position += Block.HEADER_BYTES + block.stored();
    check = block.check();
  }

  private ContentReader content(Block block) throws IOException {
    byte[] stored = new byte[block.stored()];
    file.read(position + Block.HEADER_BYTES, stored, 0, stored.length);
    String where = where();
    return new ContentReader(block.unpack(stored, where), where);
  }
}
