package hospes.formats.journal;

import hospes.formats.journal.JournalFormatException.Problem;
import hospes.formats.journal.JournalItem.SnapshotReference;
import hospes.formats.snapshot.NamedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was recorded: on which machine, and from where on.
///
/// @param machine name of the machine's kind
/// @param hospesVersion what recorded it; for people
/// @param guest the guest's name; for people
/// @param ingredients all files that the run depends on and the journal does not hold
/// @param records the plan by which the machine was built, and how the guest was treated
/// @param start the snapshot with which the run began; empty where it began at power-on
public record JournalHeader(
    String machine,
    String hospesVersion,
    String guest,
    List<Ingredient> ingredients,
    List<NamedRecord> records,
    Optional<SnapshotReference> start) {
  private static final int MAX_INGREDIENTS = 4096;
  private static final int MAX_RECORDS = 4096;

  /// A file that the run depends on.
  ///
  /// @param name what it is to the machine, such as `kernel`
  /// @param size in bytes
  /// @param content digest of all of it
  public record Ingredient(String name, long size, Digest content) {
    private String description() {
      return "%d bytes, SHA-256 %s…".formatted(size, content.hex().substring(0, 12));
    }
  }

  public JournalHeader {
    ingredients = List.copyOf(ingredients);
    records = List.copyOf(records);
  }

  /// The instruction count at which the run began.
  public long firstInstruction() {
    return start.map(SnapshotReference::instructions).orElse(0L);
  }

  /// Makes sure that a replay runs on a machine of the same kind.
  ///
  /// @throws JournalFormatException where it is another
  public void requireMachine(String kind) throws JournalFormatException {
    if (!machine.equals(kind)) {
      throw new JournalFormatException(
          Problem.OTHER_MACHINE,
          "the journal is of a machine '%s', not '%s'; replay it on that".formatted(machine, kind));
    }
  }

  /// Makes sure that a replay runs on the same files.
  ///
  /// @throws JournalFormatException where one is missing, another, or one too many
  public void requireIngredients(List<Ingredient> present) throws JournalFormatException {
    for (Ingredient recorded : ingredients) {
      Ingredient there = named(recorded.name, present);
      if (!recorded.equals(there)) {
        throw new JournalFormatException(
            Problem.OTHER_INGREDIENT,
            "the journal was recorded with another %s (%s) than this (%s); replay it with that"
                .formatted(recorded.name, recorded.description(), there.description()));
      }
    }
    for (Ingredient there : present) {
      if (ingredients.stream().noneMatch(recorded -> recorded.name.equals(there.name))) {
        throw new JournalFormatException(
            Problem.OTHER_INGREDIENT,
            "the journal was recorded without a %s; replay it without".formatted(there.name));
      }
    }
  }

  private static Ingredient named(String name, List<Ingredient> present)
      throws JournalFormatException {
    for (Ingredient ingredient : present) {
      if (ingredient.name.equals(name)) {
        return ingredient;
      }
    }
    throw new JournalFormatException(
        Problem.OTHER_INGREDIENT,
        "the journal was recorded with a %s, which is missing; replay it with that"
            .formatted(name));
  }

  void write(ContentWriter out) throws JournalFormatException {
    if (ingredients.size() > MAX_INGREDIENTS || records.size() > MAX_RECORDS) {
      throw new JournalFormatException(
          Problem.TOO_LARGE,
          "a journal names at most %d files and %d records; this machine has %d and %d"
              .formatted(MAX_INGREDIENTS, MAX_RECORDS, ingredients.size(), records.size()));
    }
    out.putText(machine);
    out.putText(hospesVersion);
    out.putText(guest);
    out.putNumber(ingredients.size());
    for (Ingredient ingredient : ingredients) {
      out.putText(ingredient.name);
      out.putNumber(ingredient.size);
      out.putDigest(ingredient.content);
    }
    out.putNumber(records.size());
    for (NamedRecord item : records) {
      out.putText(item.name());
      out.putNumber(item.version());
      out.putNumber(item.bytes().length);
      out.putBytes(item.bytes());
    }
    out.putNumber(start.isPresent() ? 1 : 0);
    start.ifPresent(out::putSnapshot);
  }

  static JournalHeader read(ContentReader in) throws JournalFormatException {
    String machine = in.getText();
    String version = in.getText();
    String guest = in.getText();
    List<Ingredient> ingredients = new ArrayList<>();
    for (int left = in.getCount(MAX_INGREDIENTS); left > 0; left--) {
      ingredients.add(new Ingredient(in.getText(), in.getNatural(), in.getDigest()));
    }
    List<NamedRecord> records = new ArrayList<>();
    for (int left = in.getCount(MAX_RECORDS); left > 0; left--) {
      records.add(
          new NamedRecord(
              in.getText(), in.getCount(Integer.MAX_VALUE), in.getBytes(in.getLength())));
    }
    Optional<SnapshotReference> start =
        in.getCount(1) == 0 ? Optional.empty() : Optional.of(in.getSnapshot());
    return new JournalHeader(machine, version, guest, ingredients, records, start);
  }
}
