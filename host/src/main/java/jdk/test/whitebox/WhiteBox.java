package jdk.test.whitebox;

import java.lang.reflect.Executable;

/// HotSpot's door for its own tests, which it opens to the class of this name in the boot loader
/// under `-XX:+WhiteBoxAPI`. Only what Hospes uses is declared; see `hospes.host.HotSpot`.
public final class WhiteBox {
  static {
    registerNatives();
  }

  /// Whoever makes one has HotSpot fill in the methods below.
  public WhiteBox() {}

  private static native void registerNatives();

  /// Has a method compiled at a level (`CompLevel`), from its start where `bytecode` is -1; false
  /// where that is not going to happen.
  public native boolean enqueueMethodForCompilation0(Executable method, int level, int bytecode);

  /// Keeps a method from ever being compiled at a level, from its start or in the middle of a loop.
  public native void makeMethodNotCompilable0(Executable method, int level, boolean inLoop);

  /// The level at which a method is compiled now; 0 where it is not.
  public native int getMethodCompilationLevel0(Executable method, boolean inLoop);

  /// Whether a method waits for a compiler.
  public native boolean isMethodQueuedForCompilation0(Executable method);
}
