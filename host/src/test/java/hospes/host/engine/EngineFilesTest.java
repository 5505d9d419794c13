package hospes.host.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineEvent;
import hospes.engine.EngineEvent.Reason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFilesTest {
  @TempDir private Path folder;

  @Test
  void eachEventIsALineOfTabbedFields() {
    StringWriter out = new StringWriter();
    try (RegionTrace trace = new RegionTrace(folder, out)) {
      trace.observe(
          new EngineEvent.Made(
              0xffff_ffff_8000_0010L, 0x8000_0010L, 12, 345, 6_789_000, List.of(0x8000_0000L, 0L)));
      trace.observe(new EngineEvent.Installed(0x8000_0010L));
      trace.observe(new EngineEvent.Invalidated(0x8000_0010L, 0x8000_0020L, 4));
      trace.observe(new EngineEvent.Dropped(0x8000_0010L, Reason.PAGE_FORGOTTEN));
    }
    assertEquals(
        List.of(
            "made\t80000010\tffffffff80000010\t12\t345\t6789\t80000000,0",
            "installed\t80000010",
            "invalidated\t80000010\t80000020\t4",
            "dropped\t80000010\tpage-forgotten"),
        out.toString().lines().filter(line -> !line.startsWith("#")).toList());
  }

  /// A disk that is full from the start.
  private static final class Full extends Writer {
    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  @Test
  void aFullDiskEndsTheTraceAndNotTheGuest() {
    RegionTrace trace = new RegionTrace(Path.of("trace"), new Full());
    trace.observe(new EngineEvent.Installed(0));
    trace.close();
    assertEquals(
        "the trace trace is not complete: No space left on device; the guest was not disturbed",
        trace.failure().orElseThrow());
  }

  @Test
  void aFolderThatGoesAwayEndsTheDumpAndNotTheGuest() throws Exception {
    Path regions = folder.resolve("regions");
    RegionFolder dump = RegionFolder.open(regions);
    dump.write("one", new byte[] {1}, "listing\n");
    Files.delete(regions.resolve("one.class"));
    Files.delete(regions.resolve("one.txt"));
    Files.delete(regions);
    dump.write("two", new byte[] {2}, "listing\n");
    dump.write("three", new byte[] {3}, "listing\n");
    assertTrue(dump.failure().orElseThrow().startsWith("only 1 regions were written to"));
  }

  @Test
  void aFileInTheWayOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    TraceException refused = assertThrows(TraceException.class, () -> RegionFolder.open(file));
    assertTrue(String.valueOf(refused.getMessage()).contains(file.toString()));
  }
}
