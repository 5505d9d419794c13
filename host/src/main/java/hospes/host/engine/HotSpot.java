package hospes.host.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import jdk.internal.misc.Unsafe;

/// Tells HotSpot which methods to compile, and how well.
///
/// Left to itself, HotSpot counts how often a method is called, compiles it with counters in it,
/// and compiles it once more. For a method that was made because its code is executed often, the
/// waiting and the counters are a waste. This goes through the door that HotSpot has for its own
/// tests (`-XX:+WhiteBoxAPI`): a class of a certain name in the boot loader. Where the launcher did
/// not open it, there is no such object, and everything is compiled as HotSpot decides.
final class HotSpot {
  /// How well a method is compiled.
  enum Tier {
    /// By the first compiler, for good: without counters, and never by the second compiler.
    SIMPLE(1),
    /// By the first compiler, with counters that tell the second one how the method behaves.
    PROFILED(3),
    /// By the second compiler.
    OPTIMIZED(4);

    /// HotSpot's `CompLevel`.
    private final int level;

    Tier(int level) {
      this.level = level;
    }
  }

  private static final String DOOR = "jdk/test/whitebox/WhiteBox";
  private static final int FROM_ITS_START = -1;
  private static final Optional<HotSpot> FOUND = open();

  private final Object door;
  private final Method enqueue;
  private final Method exclude;
  private final Method level;
  private final Method queued;

  private HotSpot(Object door) {
    this.door = door;
    enqueue = method("enqueueMethodForCompilation0");
    exclude = method("makeMethodNotCompilable0");
    level = method("getMethodCompilationLevel0");
    queued = method("isMethodQueuedForCompilation0");
  }

  /// The HotSpot that runs this program, if it listens.
  static Optional<HotSpot> find() {
    return FOUND;
  }

  private static Optional<HotSpot> open() {
    try (InputStream file = HotSpot.class.getResourceAsStream("/" + DOOR + ".class")) {
      if (file == null) {
        return Optional.empty();
      }
      byte[] content = file.readAllBytes();
      Class<?> type = Unsafe.getUnsafe().defineClass(DOOR, content, 0, content.length, null, null);
      HotSpot found = new HotSpot(type.getConstructor().newInstance());
      found.isCompiled(found.level, Tier.SIMPLE); // fails where the door is shut
      return Optional.of(found);
    } catch (IOException | ReflectiveOperationException | LinkageError shut) {
      return Optional.empty();
    }
  }

  private Method method(String name) {
    return Arrays.stream(door.getClass().getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Object call(Method method, Object... arguments) {
    try {
      return method.invoke(door, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof LinkageError shut) {
        throw shut;
      }
      throw new IllegalStateException("HotSpot does not answer", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("HotSpot does not answer", e);
    }
  }

  /// Has a method compiled soon, on a thread of HotSpot's. One that is compiled [Tier#SIMPLE] stays
  /// so until it is asked for otherwise.
  void compile(Method method, Tier tier) {
    call(enqueue, method, tier.level, FROM_ITS_START);
  }

  /// Keeps a method from being compiled by the second compiler, whatever happens.
  void keepSimple(Method method) {
    call(exclude, method, Tier.OPTIMIZED.level, false);
    call(exclude, method, Tier.OPTIMIZED.level, true);
  }

  /// Whether a method is compiled, and at least so well.
  boolean isCompiled(Method method, Tier tier) {
    return (int) call(level, method, false) >= tier.level;
  }

  /// Whether a method waits for a compiler, or is being compiled.
  boolean isQueued(Method method) {
    return (boolean) call(queued, method);
  }
}
