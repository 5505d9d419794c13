package hospes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.host.HostException;
import hospes.host.control.Json;
import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What guests use, looked at again and again. Rates are those since the last look.
final class GuestUsage {
  /// A guest at a look.
  ///
  /// @param report all that it says of itself
  /// @param processors how many processors it had, on average, since the last look; empty where
  /// there was none
  /// @param speed instructions in a second of the processor time that it had; empty where it had
  /// none, too
  record Guest(JsonNode report, OptionalDouble processors, OptionalDouble speed) {}

  /// Of a guest that is the same as before: names are used again.
  private record Key(String name, long pid, String started) {}

  private record Sample(long at, long cpu, long instructions) {}

  private final RuntimeFolder folder;
  private Map<Key, Sample> before = Map.of();

  GuestUsage(RuntimeFolder folder) {
    this.folder = folder;
  }

  /// Looks at all guests that live.
  List<Guest> look() {
    List<Guest> guests = new ArrayList<>();
    Map<Key, Sample> now = new HashMap<>();
    for (String name : folder.living()) {
      try (QmpClient client = QmpClient.connect(folder, name)) {
        JsonNode report = client.execute("x-hospes-inspect", Json.object());
        Key key = new Key(name, report.path("pid").asLong(), report.path("started").asText());
        Sample sample =
            new Sample(
                System.nanoTime(),
                report.path("cpu-nanoseconds").asLong(),
                report.path("instructions").asLong());
        now.put(key, sample);
        Sample last = before.get(key);
        guests.add(
            new Guest(
                report,
                last == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((sample.cpu - last.cpu) / (double) (sample.at - last.at)),
                last == null || sample.cpu <= last.cpu
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(
                        (sample.instructions - last.instructions)
                            * 1e9
                            / (sample.cpu - last.cpu))));
      } catch (HostException ended) {
        // between the look into the folder and the question
      }
    }
    before = now;
    return guests;
  }
}
