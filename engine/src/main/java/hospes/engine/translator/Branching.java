package hospes.engine.translator;

/// Where a branch leads, and when.
public sealed interface Branching {
  /// A distance in bytes that stands in the instruction; taken where the condition holds.
  record Packed(Place place) implements Branching {}

  /// A listed number: whether the branch is taken where the condition holds (1) or where it does
  /// not (0), and behind it the distance in slots.
  record Listed(int index) implements Branching {}

  /// A distance of `width` bits from bit `shift`.
  static Branching packed(int shift, int width) {
    return new Packed(new Place(shift, width));
  }

  /// A sense and a distance from an index of the list on.
  static Branching listed(int index) {
    return new Listed(index);
  }
}
