package hospes.engine;

import hospes.engine.translator.Grade;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;

/// Where and how translations are made: at once on the calling thread, as by `Runnable::run`, or
/// later on another one. None of it changes what a guest computes.
@FunctionalInterface
public interface TranslationService extends Executor {
  /// Whether so much waits already that a new request had better be made again later.
  default boolean isBusy() {
    return false;
  }

  /// A guest is about to be interpreted, by a method that contains the interpreter's loop.
  default void beginInterpreting(Method loop) {}

  /// Gets a new region up to speed, on the thread that made it: `entry` enters it without effect,
  /// so that the JVM may compile it before a guest does. Does nothing by itself.
  default void prepare(Region region, Grade grade, Runnable entry) {}

  /// A [Grade#THOROUGH] region was executed so much that the JVM knows how it behaves. Called again
  /// and again, on the guest's thread.
  default void settle(Region region) {}
}
