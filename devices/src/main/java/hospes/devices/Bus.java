package hospes.devices;

import hospes.memory.DeviceAccess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A board's physical addresses outside RAM: which device answers where.
public final class Bus implements DeviceAccess {
  /// A device and the addresses at which it answers.
  ///
  /// @param base the first physical address
  /// @param size number of addresses, in bytes
  /// @param device who answers
  public record Mapping(long base, long size, Device device) {
    boolean holds(long physicalAddress, int bytes) {
      long offset = physicalAddress - base;
      return offset >= 0 && offset <= size - bytes;
    }

    private boolean overlaps(Mapping other) {
      return base < other.base + other.size && other.base < base + size;
    }
  }

  private final List<Mapping> mappings = new ArrayList<>();
  private @Nullable Mapping lastHit;

  /// Puts a device at `size` bytes from `base`.
  ///
  /// @throws IllegalArgumentException where the range is empty, leaves the address space, or is
  ///     taken already: a mistake in the board's table
  public void attach(long base, long size, Device device) {
    if (base < 0 || size <= 0 || base + size < 0) {
      throw new IllegalArgumentException(
          "%s cannot answer at %#x+%#x".formatted(device.name(), base, size));
    }
    Mapping added = new Mapping(base, size, device);
    for (Mapping present : mappings) {
      if (present.overlaps(added)) {
        throw new IllegalArgumentException(
            "%s at %#x+%#x overlaps %s at %#x+%#x"
                .formatted(
                    device.name(), base, size, present.device.name(), present.base, present.size));
      }
    }
    mappings.add(added);
    mappings.sort(Comparator.comparingLong(Mapping::base));
  }

  /// All devices with their addresses, lowest first.
  public List<Mapping> mappings() {
    return List.copyOf(mappings);
  }

  @Override
  public boolean answers(long physicalAddress, int bytes) {
    return find(physicalAddress, bytes) != null;
  }

  /// Reads from a device; zero where none answers.
  @Override
  public long read(long physicalAddress, int bytes) {
    Mapping found = find(physicalAddress, bytes);
    return found == null ? 0 : found.device.read(physicalAddress - found.base, bytes);
  }

  /// Writes to a device; without effect where none answers.
  @Override
  public void write(long physicalAddress, int bytes, long value) {
    Mapping found = find(physicalAddress, bytes);
    if (found != null) {
      found.device.write(physicalAddress - found.base, bytes, value);
    }
  }

  // A board has a dozen devices and a guest talks to one of them for a while: the last hit, then a
  // walk.
  private @Nullable Mapping find(long physicalAddress, int bytes) {
    Mapping last = lastHit;
    if (last != null && last.holds(physicalAddress, bytes)) {
      return last;
    }
    for (Mapping mapping : mappings) {
      if (mapping.holds(physicalAddress, bytes)) {
        lastHit = mapping;
        return mapping;
      }
    }
    return null;
  }
}
