package hospes.engine;

import hospes.engine.translator.Draft;
import hospes.engine.translator.Translation;
import hospes.engine.translator.Translator;
import hospes.machine.Trap;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The making of a region that a guest wanted: who finishes it, on whichever thread, leaves here
/// what it took. Another guest that wanted the same may be the one for which it was made.
final class Making {
  /// A core whose budget is spent, so that every region refuses to run.
  private static final Core NOBODY =
      new Core(1) {
        @Override
        protected Trap illegalInstruction() {
          throw new IllegalStateException("this core executes nothing");
        }
      };

  private final Translator translator;
  private final Draft draft;
  private final EngineSettings settings;
  private @Nullable Translation translation;
  private long nanoseconds;

  Making(Translator translator, Draft draft, EngineSettings settings) {
    this.translator = translator;
    this.draft = draft;
    this.settings = settings;
  }

  /// Makes the region, and gets it up to speed.
  Region region() {
    LongSupplier hostTime = settings.introspection().hostTime();
    long start = hostTime.getAsLong();
    Translation made = translator.translate(draft);
    nanoseconds = hostTime.getAsLong() - start;
    translation = made;
    Region region = made.region();
    settings.translating().prepare(region, draft.grade(), () -> region.run(NOBODY));
    return region;
  }

  Draft draft() {
    return draft;
  }

  /// The translation, if it was made for this guest.
  Optional<Translation> translation() {
    return Optional.ofNullable(translation);
  }

  /// Host time that it took to translate.
  long nanoseconds() {
    return nanoseconds;
  }
}
