package hospes.virt;

import hospes.engine.EngineSettings;
import hospes.guests.Identity;
import hospes.guests.Resources;
import hospes.machine.BlockStore;
import hospes.machine.ConsoleOutput;
import hospes.machine.Entropy;
import hospes.memory.FramePool;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// `virt` machines without a host around them, for tests and embedders: whoever makes one runs it.
/// Nobody answers what such a machine asks for.
///
/// @param console where its console's output goes
/// @param engine how its code is executed
/// @param disks contents of its disks
/// @param pool where its memory is from; empty: a pool of its own
/// @param seed of its randomness: the same one, the same machine
/// @param timeOfDay at power-on, in nanoseconds since 1970-01-01 00:00 UTC
public record Standalone(
    ConsoleOutput console,
    EngineSettings engine,
    List<BlockStore> disks,
    Optional<FramePool> pool,
    long seed,
    long timeOfDay) {
  /// On the interpreter, without disks.
  public static Standalone on(ConsoleOutput console) {
    return new Standalone(console, EngineSettings.interpreter(), List.of(), Optional.empty(), 1, 0);
  }

  /// The same on another engine.
  public Standalone with(EngineSettings newEngine) {
    return new Standalone(console, newEngine, disks, pool, seed, timeOfDay);
  }

  /// The same with disks.
  public Standalone with(List<BlockStore> newDisks) {
    return new Standalone(console, engine, newDisks, pool, seed, timeOfDay);
  }

  /// The same with memory from a pool that others use, too.
  public Standalone with(FramePool newPool) {
    return new Standalone(console, engine, disks, Optional.of(newPool), seed, timeOfDay);
  }

  /// The same with other randomness, and at another time.
  public Standalone as(long newSeed, long newTimeOfDay) {
    return new Standalone(console, engine, disks, pool, newSeed, newTimeOfDay);
  }

  /// The machine at power-on.
  ///
  /// @throws hospes.guests.RefusedException where it cannot be built
  public VirtMachine powerOn(Virt virt) {
    return new VirtKind().build(virt.plan(), resources(), identity());
  }

  /// A fork of a machine, with this console, engine and disks.
  ///
  /// @throws hospes.guests.RefusedException where it cannot be forked with these disks
  public VirtMachine fork(VirtMachine parent, Identity who) {
    return (VirtMachine) parent.fork(with(parent.memory().pool()).resources(), who);
  }

  /// What the machine is given.
  public Resources resources() {
    return new Resources(
        pool.orElseGet(FramePool::forOnce),
        engine,
        console,
        disks,
        (port, request, what) -> {},
        Map.of());
  }

  /// Which one it is.
  public Identity.Own identity() {
    byte[] bytes = ByteBuffer.allocate(Entropy.SEED_BYTES).putLong(seed).array();
    return new Identity.Own("", bytes, OptionalLong.of(timeOfDay));
  }
}
