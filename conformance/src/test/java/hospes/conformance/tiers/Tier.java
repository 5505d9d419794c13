package hospes.conformance.tiers;

import hospes.engine.EngineMode;
import hospes.engine.EngineSettings;

/// A way in which the engine may execute a guest. None may be told from another by what the guest
/// does.
public enum Tier {
  /// One instruction after the other.
  INTERPRETER(EngineSettings.interpreter()),
  /// Everything is translated when it is first reached.
  TRANSLATOR(EngineSettings.translator()),
  /// Interpreter and translator, as users get them but for the thread.
  AUTO(EngineSettings.auto(Runnable::run)),
  /// Interpreter and translator, changing from one to the other as early as can be.
  EAGER(new EngineSettings(EngineMode.AUTO, Tier.SOON, Runnable::run)),
  /// The same, with translations made in the background that come at any time.
  DELAYED(new EngineSettings(EngineMode.AUTO, Tier.SOON, new RandomDelay(1, 3_000)));

  /// How often a target is reached before it is translated, where that is to happen soon.
  static final int SOON = 3;

  private final EngineSettings engine;

  Tier(EngineSettings engine) {
    this.engine = engine;
  }

  /// The settings for a guest.
  public EngineSettings engine() {
    return engine;
  }
}
