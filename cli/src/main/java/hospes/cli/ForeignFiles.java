package hospes.cli;

import hospes.machine.Content;
import java.nio.charset.StandardCharsets;

/// Files that no kind of machine knows: what they seem to be, and what to do with them.
final class ForeignFiles {
  private static final int LONGEST_MAGIC = 8;

  private ForeignFiles() {}

  /// The end of "FILE …".
  static String judge(Content content) {
    if (content.size() == 0) {
      return "is empty";
    }
    String start = new String(content.first(LONGEST_MAGIC), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u001f\u008b")) {
      return "is compressed with gzip; unpack it with gunzip first";
    }
    if (start.startsWith("\u00fd7zXZ")) {
      return "is compressed with xz; unpack it with unxz first";
    }
    if (start.startsWith("(\u00b5/\u00fd")) {
      return "is compressed with zstd; unpack it with unzstd first";
    }
    if (start.startsWith("QFI\u00fb")) {
      return "is a qcow2 disk; attach it with --drive";
    }
    if (start.startsWith(FileFacts.SNAPSHOT_MAGIC)) {
      return "is a snapshot of a guest; give it to hospes restore";
    }
    if (start.startsWith(FileFacts.JOURNAL_MAGIC)) {
      return "is a recording of a guest; give it to hospes replay";
    }
    return "is nothing that Hospes can run; hospes run --help tells what is";
  }
}
