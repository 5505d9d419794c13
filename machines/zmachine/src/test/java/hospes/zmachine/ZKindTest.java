package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.guests.Claim;
import hospes.guests.Claim.Certainty;
import hospes.guests.Description;
import hospes.guests.Description.ConsoleStyle;
import hospes.guests.MachineKind;
import hospes.guests.OptionSpec;
import hospes.guests.Plan;
import hospes.guests.RefusedException;
import hospes.guests.Start;
import hospes.machine.Content;
import hospes.machine.Payload;
import hospes.machine.StopReason;
import hospes.testkit.MemoryFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ZKindTest {
  private final MachineKind kind = new ZKind();

  private static StoryBuilder ending() {
    return new StoryBuilder(5).code(0xe5, 0x7f, 'x', 0xba);
  }

  private static Start start(byte[] file) {
    return new Start("story.z5", Content.of(file));
  }

  /// A Blorb file with a chunk of this type as its executable resource.
  private static byte[] blorb(String type, byte[] chunk) {
    int padded = chunk.length + 1 & -2;
    ByteBuffer file = ByteBuffer.allocate(12 + 8 + 16 + 8 + padded);
    file.put(ascii("FORM")).putInt(file.capacity() - 8).put(ascii("IFRS"));
    file.put(ascii("RIdx")).putInt(16).putInt(1).put(ascii("Exec")).putInt(0).putInt(36);
    file.put(ascii(type)).putInt(chunk.length).put(chunk);
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private String refusal(byte[] file) {
    return assertInstanceOf(Claim.Unusable.class, kind.recognise(start(file)).orElseThrow())
        .problem()
        .text();
  }

  @Test
  void storiesAreRecognised() {
    byte[] file = ending().file();
    Claim.Startable bare =
        assertInstanceOf(Claim.Startable.class, kind.recognise(start(file)).orElseThrow());
    assertEquals(Certainty.LIKELY, bare.certainty());
    assertEquals(Set.of("story"), bare.values().keySet());
    assertTrue(Plan.of(kind).withAll(bare.values()).file("story").isPresent());

    Claim.Startable held =
        assertInstanceOf(
            Claim.Startable.class, kind.recognise(start(blorb("ZCOD", file))).orElseThrow());
    assertEquals(Certainty.CERTAIN, held.certainty());
    assertEquals("a story for the Z-machine, in a Blorb file", held.what());
  }

  @Test
  void otherFilesAreLookedAtOnlyAtTheirBeginning() {
    Content long1 =
        new Content() {
          @Override
          public long size() {
            return 1L << 40;
          }

          @Override
          public byte[] bytes() {
            throw new AssertionError("all of it was read");
          }

          @Override
          public byte[] first(int length) {
            return new byte[length];
          }
        };
    assertEquals(Optional.empty(), kind.recognise(new Start("disk", long1)));
    assertEquals(Optional.empty(), kind.recognise(start(new byte[0])));
    assertEquals(Optional.empty(), kind.recognise(start(ascii("#!/bin/sh\n"))));
  }

  @Test
  void storiesThatCannotBePlayedSayWhy() {
    byte[] file = ending().file();
    String truncated = refusal(Arrays.copyOf(file, 900));
    assertTrue(truncated.startsWith("seems to be a story for the Z-machine, but "), truncated);
    file[0] = 6;
    assertTrue(refusal(file).startsWith("cannot be played: the story is of version 6"));
    assertTrue(refusal(blorb("GLUL", new byte[64])).contains("a story of kind 'GLUL'"));
    byte[] cut = Arrays.copyOf(blorb("ZCOD", ending().file()), 60);
    assertTrue(refusal(cut).startsWith("cannot be played: "));
  }

  @Test
  void whatCannotBeBuiltIsRefused() {
    Plan none = Plan.of(kind);
    Plan bad = ZStory.of("bad.z5", ascii("hello")).plan();
    assertThrows(
        RefusedException.class,
        () -> new Player(none, EngineSettings.interpreter(), new MemoryFolder(new HashMap<>())));
    RefusedException e =
        assertThrows(
            RefusedException.class,
            () -> new Player(bad, EngineSettings.interpreter(), new MemoryFolder(new HashMap<>())));
    assertTrue(e.problem().text().startsWith("bad.z5 seems to be"), e.problem().text());
  }

  @Test
  void aTerminalGivesAScreen() {
    Plan story = ZStory.of("story.z5", ending().file()).plan();
    Plan screen = story.before(new Payload.Size(999, 100));
    Plan plain =
        ZStory.of("story.z5", ending().file()).plain().plan().before(new Payload.Size(50, 100));
    Map<Plan, Description> expected =
        Map.of(
            story, new Description(1, 0x3000, ConsoleStyle.LINES),
            screen, new Description(1, 0x3000, ConsoleStyle.SCREEN),
            plain, new Description(1, 0x3000, ConsoleStyle.LINES));
    expected.forEach(
        (plan, description) -> {
          try (Player player =
              new Player(plan, EngineSettings.interpreter(), new MemoryFolder(new HashMap<>()))) {
            assertEquals(description, player.machine.description());
            int lines = (int) player.memory().read(Header.SCREEN_LINES, 1);
            assertEquals(plan == screen ? 255 : 24, lines);
          }
        });
  }

  @Test
  void optionsLeadToPorts() {
    Map<String, Optional<String>> ports =
        kind.options().stream().collect(Collectors.toMap(OptionSpec::name, OptionSpec::port));
    assertEquals(
        Map.of(
            "story", Optional.empty(),
            "plain", Optional.empty(),
            "seed", Optional.empty(),
            "save-folder", Optional.of("files"),
            "script-out", Optional.of("script")),
        ports);
    assertEquals(".", Plan.of(kind).text("save-folder"));
  }

  @Test
  void storiesAreDescribedAndDisassembled() throws IOException {
    Start bare = start(ending().file());
    Map<String, String> facts = kind.facts(bare);
    assertEquals("a story for the Z-machine", facts.get("kind"));
    assertEquals("5", facts.get("version"));
    assertEquals("12288 bytes", facts.get("size"));
    Map<String, String> held = kind.facts(start(blorb("ZCOD", ending().file())));
    assertEquals("the story only", held.get("resources"));

    StringBuilder listing = new StringBuilder();
    kind.disassemble(bare, MachineKind.DisassemblyStyle.ALIASES, listing);
    assertTrue(listing.toString().contains("print_char"), listing.toString());
    assertThrows(RefusedException.class, () -> kind.facts(start(ascii("hello"))));
  }

  @Test
  void samplesEndByThemselves() {
    for (MachineKind.Sample sample : kind.samples()) {
      Start start = new Start(sample.fileName(), sample.start());
      Claim.Startable claim =
          assertInstanceOf(Claim.Startable.class, kind.recognise(start).orElseThrow());
      Plan plan = Plan.of(kind).withAll(claim.values());
      for (Plan one : List.of(plan, plan.before(new Payload.Size(24, 80)))) {
        try (Player player =
            new Player(one, EngineSettings.interpreter(), new MemoryFolder(new HashMap<>()))) {
          assertEquals(new StopReason.PoweredOff(0), player.type(sample.typed()));
        }
      }
    }
  }

  @Test
  void theKindIsFoundByItsName() {
    assertEquals("zmachine", kind.name());
  }
}
