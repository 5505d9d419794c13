package hospes.engine;

import java.util.concurrent.Executor;

/// Where and how translations are made: at once on the calling thread, as by `Runnable::run`, or
/// later on another one. None of it changes what a guest computes.
@FunctionalInterface
public interface TranslationService extends Executor {
  /// Gets a new region up to speed, on the thread that made it: `entry` enters it without effect,
  /// so that the JVM may compile it before a guest does. Does nothing by itself.
  default void prepare(Runnable entry) {}
}
