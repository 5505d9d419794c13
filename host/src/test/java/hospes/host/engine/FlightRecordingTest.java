package hospes.host.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.engine.EngineStatistics;
import hospes.engine.Introspection;
import hospes.engine.translator.EngineDebugging;
import hospes.machine.Delivery;
import hospes.machine.Snapshot;
import hospes.machine.StopReason;
import hospes.virt.Standalone;
import hospes.virt.Virt;
import hospes.virt.VirtMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {
  @TempDir private Path folder;

  private static EngineStatistics run() {
    Introspection watched =
        new Introspection(
            EngineDebugging.NONE, (name, file, listing) -> {}, new FlightRecording(), () -> 0);
    try (VirtMachine machine =
        Standalone.on(value -> {})
            .with(EngineSettings.translator().with(watched))
            .powerOn(Virt.hello().memory("16M"))) {
      while (machine.run(1_000_000) instanceof StopReason.Idle(long wakeAt)
          && wakeAt != Long.MAX_VALUE) {
        machine.inbox().post(Delivery.clock(wakeAt));
      }
      EngineStatistics statistics = machine.engineStatistics();
      machine.restore(Snapshot.of(machine));
      return statistics;
    }
  }

  @Test
  void aRecordingHoldsTranslationsInvalidationsAndTraps() throws IOException {
    Path file = folder.resolve("recording.jfr");
    EngineStatistics statistics;
    try (Recording recording = new Recording()) {
      recording.enable("hospes.RegionTranslated");
      recording.enable("hospes.RegionInvalidated");
      recording.enable("hospes.GuestTrap");
      recording.start();
      statistics = run();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    List<RecordedEvent> translated = named(events, "hospes.RegionTranslated");
    assertEquals(statistics.regions().made(), translated.size());
    assertEquals(
        statistics.translation().bytes(),
        translated.stream().mapToLong(event -> event.getInt("bytecodeSize")).sum());
    assertTrue(translated.stream().allMatch(event -> event.getInt("instructions") > 0));
    List<String> invalidated =
        named(events, "hospes.RegionInvalidated").stream()
            .map(event -> event.getString("cause"))
            .toList();
    assertTrue(invalidated.contains("code written"), invalidated.toString());
    List<String> causes =
        named(events, "hospes.GuestTrap").stream().map(event -> event.getString("cause")).toList();
    assertTrue(causes.contains("environment call from S-mode"), causes.toString());
    assertTrue(causes.contains("supervisor timer interrupt"), causes.toString());
    assertTrue(causes.contains("load page fault"), causes.toString());
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }
}
