package hospes.engine.translator;

/// Where a packed instruction (see [hospes.engine.Decoder]) holds a number.
///
/// @param shift position of its lowest bit
/// @param width its bits; a number that reaches up to the highest bit is signed
public record Place(int shift, int width) {
  long read(long instruction) {
    return shift + width == Long.SIZE
        ? instruction >> shift
        : instruction >>> shift & (1L << width) - 1;
  }
}
