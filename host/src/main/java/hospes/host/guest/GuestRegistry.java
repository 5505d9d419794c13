package hospes.host.guest;

import hospes.host.HostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A host's guests by their names.
final class GuestRegistry {
  private final NameClaims claims;

  /// A name is taken, without a guest yet, while its machine is built.
  private final Map<String, Optional<Guest>> guests = new LinkedHashMap<>();

  private boolean closed;

  GuestRegistry(NameClaims claims) {
    this.claims = claims;
  }

  /// Takes a name for a guest that is to be built.
  ///
  /// @throws NameTakenException where a chosen name is another guest's
  /// @throws HostException where there are to be no more guests
  synchronized String reserve(GuestName wanted) {
    if (closed) {
      throw new HostException("the host is closed");
    }
    String name = wanted.text();
    switch (wanted.origin()) {
      case CHOSEN -> {
        if (isTaken(name)) {
          throw new NameTakenException(name);
        }
      }
      case DERIVED -> {
        for (int number = 1; isTaken(name); number++) {
          name = wanted.text() + "-" + number;
        }
      }
    }
    guests.put(name, Optional.empty());
    return name;
  }

  /// Where it is free, it is claimed then.
  private boolean isTaken(String name) {
    return guests.containsKey(name) || !claims.claim(name);
  }

  /// The guest for which its name was taken is there.
  synchronized void add(Guest guest) {
    guests.put(guest.name(), Optional.of(guest));
    notifyAll();
  }

  /// Nobody has this name any more.
  synchronized void release(String name) {
    guests.remove(name);
    claims.release(name);
    notifyAll();
  }

  /// All that are there, the oldest first.
  synchronized List<Guest> guests() {
    return guests.values().stream().flatMap(Optional::stream).toList();
  }

  /// The one of this name, if it is there.
  synchronized Optional<Guest> guest(String name) {
    return guests.getOrDefault(name, Optional.empty());
  }

  /// There are to be no more.
  synchronized void close() {
    closed = true;
  }

  /// Those that are there, once there is one; none where none is being built either, so that nobody
  /// will touch memory any more.
  synchronized List<Guest> built() {
    boolean interrupted = false;
    while (!guests.isEmpty() && guests().isEmpty()) {
      try {
        wait();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return guests();
  }
}
