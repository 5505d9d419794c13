package hospes.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;

/// How an instruction is laid out in bits: fixed bits and fields.
///
/// @param width bits of the instruction: 16 or 32
/// @param mask which bits are fixed
/// @param match what the fixed bits are
/// @param fields the fields, by name, in the order of their first slice
/// @param exclusions values that a field may not have
public record Encoding(
    int width,
    int mask,
    int match,
    SequencedMap<String, List<Slice>> fields,
    List<Exclusion> exclusions) {

  /// `width` bits of a field, from its bit `fieldBit`, that stand in the instruction from bit
  /// `bit`.
  public record Slice(int bit, int fieldBit, int width) {
    int mask() {
      return width == 32 ? -1 : (1 << width) - 1;
    }
  }

  /// A field may not have this value.
  public record Exclusion(String field, int value) {}

  /// Parses an encoding, written from the most significant bit.
  ///
  /// @param widthOf the width of a field that is named without its bits
  public static Encoding parse(String text, ToIntFunction<String> widthOf) {
    List<String> tokens = List.of(text.trim().split("\\s+"));
    int width = tokens.stream().mapToInt(token -> width(token, widthOf)).sum();
    if (width != 16 && width != 32) {
      throw new DefinitionException("the encoding '%s' has %d bits".formatted(text, width));
    }
    int mask = 0;
    int match = 0;
    SequencedMap<String, List<Slice>> fields = new LinkedHashMap<>();
    List<Exclusion> exclusions = new ArrayList<>();
    int bit = width;
    for (String token : tokens) {
      if (isBits(token)) {
        for (char c : token.toCharArray()) {
          bit--;
          mask |= c == '-' ? 0 : 1 << bit;
          match |= c == '1' ? 1 << bit : 0;
        }
      } else {
        String name = name(token);
        for (int[] range : ranges(token, widthOf)) {
          int sliceWidth = range[0] - range[1] + 1;
          bit -= sliceWidth;
          fields
              .computeIfAbsent(name, key -> new ArrayList<>())
              .add(new Slice(bit, range[1], sliceWidth));
        }
        int excluded = token.indexOf("!=");
        if (excluded >= 0) {
          for (String value : token.substring(excluded + 2).split(",")) {
            exclusions.add(new Exclusion(name, Integer.parseInt(value)));
          }
        }
      }
    }
    return new Encoding(width, mask, match, fields, exclusions);
  }

  private static boolean isBits(String token) {
    return token.matches("[01-]+");
  }

  private static String name(String token) {
    return token.replaceAll("\\[.*|!=.*", "");
  }

  private static int width(String token, ToIntFunction<String> widthOf) {
    return isBits(token)
        ? token.length()
        : ranges(token, widthOf).stream().mapToInt(range -> range[0] - range[1] + 1).sum();
  }

  private static List<int[]> ranges(String token, ToIntFunction<String> widthOf) {
    int open = token.indexOf('[');
    if (open < 0) {
      return List.of(new int[] {widthOf.applyAsInt(name(token)) - 1, 0});
    }
    List<int[]> ranges = new ArrayList<>();
    for (String part : token.substring(open + 1, token.indexOf(']')).split("\\|")) {
      String[] ends = part.split(":");
      int high = Integer.parseInt(ends[0]);
      ranges.add(new int[] {high, ends.length == 1 ? high : Integer.parseInt(ends[1])});
    }
    return ranges;
  }

  /// Bits of a field, zeros below its lowest slice included.
  public int fieldWidth(String field) {
    return slices(field).stream()
        .mapToInt(slice -> slice.fieldBit() + slice.width())
        .max()
        .orElse(0);
  }

  /// The slices of a field.
  public List<Slice> slices(String field) {
    List<Slice> slices = fields.get(field);
    if (slices == null) {
      throw new DefinitionException("no field %s in the encoding".formatted(field));
    }
    return slices;
  }

  /// Whether an instruction word is this instruction.
  public boolean matches(int bits) {
    return (bits & mask) == match
        && exclusions.stream()
            .noneMatch(exclusion -> extract(exclusion.field(), bits) == exclusion.value());
  }

  /// The bits of a field, as an unsigned number.
  public int extract(String field, int bits) {
    int value = 0;
    for (Slice slice : slices(field)) {
      value |= (bits >>> slice.bit() & slice.mask()) << slice.fieldBit();
    }
    return value;
  }

  /// The instruction word with a field set to `value`, of which bits that the encoding does not
  /// hold are dropped.
  public int insert(String field, int bits, int value) {
    for (Slice slice : slices(field)) {
      bits &= ~(slice.mask() << slice.bit());
      bits |= (value >>> slice.fieldBit() & slice.mask()) << slice.bit();
    }
    return bits;
  }

  /// The bits that are neither fixed nor part of a field: the instruction ignores them.
  public int ignored() {
    int used = mask;
    for (List<Slice> slices : fields.values()) {
      for (Slice slice : slices) {
        used |= slice.mask() << slice.bit();
      }
    }
    return ~used & (width == Integer.SIZE ? -1 : (1 << width) - 1);
  }

  /// How many bits are fixed: of two encodings that match, the one with more is meant.
  public int specificity() {
    return Integer.bitCount(mask) + (exclusions.isEmpty() ? 0 : 1);
  }
}
