package hospes.zmachine;

import hospes.guests.Claim;
import hospes.guests.Claim.Certainty;
import hospes.guests.HostedMachine;
import hospes.guests.Identity;
import hospes.guests.MachineKind;
import hospes.guests.OptionSpec;
import hospes.guests.OptionSpec.Type;
import hospes.guests.Plan;
import hospes.guests.Problem;
import hospes.guests.RefusedException;
import hospes.guests.Resources;
import hospes.guests.Saved;
import hospes.guests.Start;
import hospes.guests.Value;
import hospes.machine.Content;
import hospes.machine.HostLossException;
import hospes.machine.Payload;
import hospes.machine.PortName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The Z-machine among the kinds of machines: stories, bare or in Blorb files.
public final class ZKind implements MachineKind {
  static final String STORY = "story";
  static final String PLAIN = "plain";
  static final String SAVE_FOLDER = "save-folder";
  static final String SCRIPT_OUT = "script-out";
  static final String SEED = "seed";

  /// Most lines or columns of a screen (Z-Machine Standards 1.1, 8.4).
  private static final int MOST_LINES = 255;

  private static final int PLAIN_LINES = 24;
  private static final int PLAIN_COLUMNS = 80;

  /// The kind.
  public ZKind() {}

  @Override
  public String name() {
    return "zmachine";
  }

  @Override
  public String title() {
    return "a story for the Z-machine";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.of(STORY, new Type.File(), "FILE", "The story, bare or in a Blorb file."),
        OptionSpec.flag(
            PLAIN,
            "Show a story as lines of text, without windows; so it is where output is no"
                + " terminal."),
        OptionSpec.of(
                SAVE_FOLDER,
                new Type.Folder(),
                "FOLDER",
                "Where a story saves: it can reach no other file.")
            .otherwise(".")
            .to(PortName.FILES.text()),
        OptionSpec.of(
                SCRIPT_OUT,
                new Type.Output(),
                "FILE",
                "Write what is typed at the story to FILE, so that it can be typed again.")
            .to(Script.PORT.text()),
        OptionSpec.of(
            SEED,
            new Type.Number(Integer.MIN_VALUE, Integer.MAX_VALUE),
            "N",
            "Give a story the same random numbers every time."));
  }

  @Override
  public Optional<Claim> recognise(Start start) {
    byte[] first = start.content().first(StoryFile.START);
    if (!StoryFile.mayBe(first)) {
      return Optional.empty();
    }
    try {
      StoryFile file = StoryFile.of(start.content().bytes());
      return Optional.of(
          new Claim.Startable(
              file.container().isPresent() ? Certainty.CERTAIN : Certainty.LIKELY,
              title() + (file.container().isPresent() ? ", in a Blorb file" : ""),
              Map.of(STORY, List.of(new Value.File(start.name(), start.content())))));
    } catch (RefusedException unusable) {
      return Optional.of(new Claim.Unusable(Certainty.LIKELY, unusable.problem()));
    }
  }

  @Override
  public HostedMachine build(Plan plan, Resources given, Identity.Own who) {
    return ZMachine.begin(spec(plan), who.entropy(), given);
  }

  @Override
  public HostedMachine restore(Saved state, Resources given, Identity who) {
    return ZMachine.goOn(spec(state.plan()), state, given, who);
  }

  private static ZSpec spec(Plan plan) {
    Value.File file =
        plan.file(STORY)
            .orElseThrow(
                () ->
                    new RefusedException(
                        Problem.of("there is no story to play")
                            .but(new Problem.Remedy.Give(STORY))));
    return new ZSpec(
        read(file.name(), file.content()).story(),
        stem(file.name()),
        screen(plan),
        plan.has(SCRIPT_OUT) ? ScriptMode.WRITTEN : ScriptMode.NONE,
        plan.has(SEED)
            ? OptionalInt.of(Math.toIntExact(plan.number(SEED, 0)))
            : OptionalInt.empty());
  }

  private static StoryFile read(String name, Content content) {
    try {
      return StoryFile.of(content.bytes());
    } catch (RefusedException refused) {
      throw new RefusedException(
          Problem.of("%s %s".formatted(name, refused.problem().text())), refused);
    } catch (HostLossException lost) {
      throw new RefusedException(
          Problem.of("cannot read story %s: %s".formatted(name, lost.getMessage())), lost);
    }
  }

  private static String stem(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(0, dot) : fileName;
  }

  private static ScreenSpec screen(Plan plan) {
    Optional<Payload.Size> terminal = plan.has(PLAIN) ? Optional.empty() : plan.screen();
    return terminal
        .<ScreenSpec>map(
            size ->
                new ScreenSpec.Terminal(
                    Math.min(size.lines(), MOST_LINES), Math.min(size.columns(), MOST_LINES)))
        .orElseGet(() -> new ScreenSpec.Plain(PLAIN_LINES, PLAIN_COLUMNS));
  }

  @Override
  public Map<String, String> facts(Start start) {
    return StoryFacts.of(read(start.name(), start.content()), start.content().size());
  }

  @Override
  public void disassemble(Start start, DisassemblyStyle style, Appendable out) throws IOException {
    new StoryDisassembler(read(start.name(), start.content()).story())
        .disassemble(start.name(), out);
  }

  @Override
  public boolean drawsScreen() {
    return true;
  }

  @Override
  public List<Sample> samples() {
    return List.of(new Sample("sample.z5", Content.of(SampleStory.file()), ">", "look\r"));
  }
}
