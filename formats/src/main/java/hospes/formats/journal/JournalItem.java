package hospes.formats.journal;

/// What a journal holds after its header, in the order of the run: an item belongs behind all that
/// stand before it, also where their instruction counts are equal.
public sealed interface JournalItem {
  /// The machine's instruction count, not negative; none is lower than that of the item before.
  long instructions();

  /// Something was delivered to the machine, before its next instruction.
  ///
  /// @param port the door by which it came in
  /// @param request the ticket of the request that it answers; 0 where it answers none
  /// @param kind how the payload is to be understood; not negative, its meaning is the writer's
  /// @param payload at most 8 MiB; nobody changes it any more
  @SuppressWarnings("ArrayRecordComponent") // a carrier of file content, never compared
  record Entry(long instructions, String port, long request, int kind, byte[] payload)
      implements JournalItem {
    public Entry {
      requireNotNegative(instructions);
      requireNotNegative(request);
      requireNotNegative(kind);
    }
  }

  /// The machine's state had this hash, by which a replay finds out whether it is the same run.
  record Checkpoint(long instructions, Digest state) implements JournalItem {
    public Checkpoint {
      requireNotNegative(instructions);
    }
  }

  /// The run came as far as this without anything being delivered: a replay of a journal that ends
  /// here goes on to this instruction.
  record Progress(long instructions) implements JournalItem {
    public Progress {
      requireNotNegative(instructions);
    }
  }

  /// The machine's state is in a snapshot file, from which a replay may start.
  ///
  /// @param name of the file, relative to the journal's folder
  /// @param content digest of the whole file
  record SnapshotReference(long instructions, String name, Digest content) implements JournalItem {
    /// @throws IllegalArgumentException where the name leads elsewhere than below the folder
    public SnapshotReference {
      requireNotNegative(instructions);
      if (!isRelative(name)) {
        throw new IllegalArgumentException("no relative name of a snapshot: " + name);
      }
    }

    /// Whether a name leads to a file below the folder: one that came with a journal from
    /// elsewhere must not make the host read what it likes.
    public static boolean isRelative(String name) {
      for (String step : name.split("/", -1)) {
        if (step.isEmpty() || step.equals(".") || step.equals("..")) {
          return false;
        }
      }
      return name.chars().noneMatch(c -> c < ' ' || c == '\\' || c == ':');
    }
  }

  /// The run ended, or its recording: nothing follows.
  ///
  /// @param reason for people
  /// @param state hash of the machine's last state
  record End(long instructions, String reason, Digest state) implements JournalItem {
    public End {
      requireNotNegative(instructions);
    }
  }

  private static void requireNotNegative(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
  }
}
