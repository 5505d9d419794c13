package hospes.engine.processor;

import hospes.engine.DefinitionException;
import hospes.engine.OperandKind.Form;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the decoder puts an instruction's operands in the packed form (see
/// [hospes.engine.Decoder]).
final class Layout {
  /// A place in the packed instruction, and how it is read.
  ///
  /// @param shift position of its lowest bit
  /// @param width its bits
  /// @param form how the number is encoded
  record Place(int shift, int width, Form form) {
    /// The expression that reads the place out of `instruction`.
    String read() {
      if (width == 6) {
        return "(int) (instruction >>> %d) & 63".formatted(shift);
      }
      if (form == Form.REGISTER) {
        return "(int) (instruction >>> %d) & %d".formatted(shift, (1 << Math.min(width, 5)) - 1);
      }
      if (shift + width == 64) {
        // An unsigned number that has all the upper bits to itself has zeros above it.
        return "instruction >> %d".formatted(shift);
      }
      return "instruction >>> %d & 0x%x".formatted(shift, (1L << width) - 1);
    }
  }

  private static final int[] REGISTER_SHIFTS = {11, 17, 23};

  private final Map<String, Place> places = new LinkedHashMap<>();
  private int registers = 1;
  private int nextImmediate = 32;

  void addResult(String field) {
    places.put(field, new Place(REGISTER_SHIFTS[0], 6, Form.REGISTER));
  }

  /// The second place of a field that is both result and source.
  void add(String field, Form form, int width) {
    if (places.containsKey(field)) {
      return;
    }
    if (form == Form.REGISTER && registers < REGISTER_SHIFTS.length) {
      places.put(field, new Place(REGISTER_SHIFTS[registers++], 6, form));
    } else {
      places.put(field, new Place(nextImmediate, width, form));
      nextImmediate += width;
    }
  }

  /// Gives the last immediate all bits that are left, so that reading it is a single shift.
  void finish() {
    if (nextImmediate > 64) {
      throw new DefinitionException("the operands do not fit the packed form");
    }
    places.replaceAll(
        (field, place) ->
            place.shift() >= 32 && place.shift() + place.width() == nextImmediate
                ? new Place(place.shift(), 64 - place.shift(), place.form())
                : place);
    boolean narrowSigned =
        places.values().stream()
            .anyMatch(
                place ->
                    (place.form() == Form.SIGNED || place.form() == Form.RELATIVE)
                        && place.shift() + place.width() != 64);
    if (narrowSigned) {
      throw new DefinitionException("a signed operand must be the last one");
    }
  }

  Place place(String field) {
    Place place = places.get(field);
    if (place == null) {
      throw new DefinitionException("the operand %s is not kept".formatted(field));
    }
    return place;
  }

  Map<String, Place> places() {
    return places;
  }
}
