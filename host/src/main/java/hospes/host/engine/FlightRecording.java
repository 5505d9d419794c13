package hospes.host.engine;

import hospes.engine.Core;
import hospes.engine.EngineEvent;
import hospes.engine.EngineObserver;
import jdk.jfr.FlightRecorder;

/// Makes JDK Flight Recorder events of what the engine of a guest does. Costs nothing while nobody
/// records.
public final class FlightRecording implements EngineObserver {
  @Override
  public void observe(EngineEvent event) {
    if (!FlightRecorder.isInitialized()) {
      return; // or the first event would have the JDK set up its recorder, in a tenth of a second
    }
    switch (event) {
      case EngineEvent.Made made -> translated(made);
      case EngineEvent.Installed _ -> {}
      case EngineEvent.Invalidated invalidated -> invalidated(invalidated);
      case EngineEvent.Dropped dropped -> dropped(dropped);
    }
  }

  private static void translated(EngineEvent.Made made) {
    RegionTranslatedEvent event = new RegionTranslatedEvent();
    if (event.shouldCommit()) {
      event.virtualAddress = made.address();
      event.physicalAddress = made.physicalAddress();
      event.instructions = made.instructions();
      event.bytecodeSize = made.bytes();
      event.translationTime = made.nanoseconds();
      event.commit();
    }
  }

  private static void invalidated(EngineEvent.Invalidated invalidated) {
    RegionInvalidatedEvent event = new RegionInvalidatedEvent();
    if (event.shouldCommit()) {
      event.physicalAddress = invalidated.physicalAddress();
      event.cause = "code written";
      event.writtenAddress = invalidated.writtenAddress();
      event.writtenSize = invalidated.writtenBytes();
      event.commit();
    }
  }

  private static void dropped(EngineEvent.Dropped dropped) {
    RegionInvalidatedEvent event = new RegionInvalidatedEvent();
    if (event.shouldCommit()) {
      event.physicalAddress = dropped.physicalAddress();
      event.cause =
          switch (dropped.reason()) {
            case OUTDATED -> "outdated when finished";
            case PAGE_FORGOTTEN -> "page forgotten";
            case REFUSING -> "could not be entered";
            case TRAPPING -> "trapped again and again";
            case SURPLUS -> "too many regions";
            case IMPROVED -> "a better region";
          };
      event.commit();
    }
  }

  @Override
  public void trapped(Core core, long cause, String name, long value) {
    if (!FlightRecorder.isInitialized()) {
      return;
    }
    GuestTrapEvent event = new GuestTrapEvent();
    if (event.shouldCommit()) {
      event.cause = name;
      event.code = cause;
      event.programCounter = core.pc;
      event.value = value;
      event.commit();
    }
  }
}
