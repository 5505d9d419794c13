package hospes.host;

import hospes.images.CacheLock;
import hospes.machine.ConsoleOutput;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// Starts a machine from a template: a snapshot of the booted guest that waits at its prompt. Where
/// there is none for the machine that is wanted, it is made first. Where that does not work, the
/// machine boots: a template never keeps a guest from running.
final class TemplateStart implements MachineFactory {
  private final Supplier<TemplateSubject> subject;
  private final VirtGuest.Make make;
  private final TemplateListener listener;

  /// @param subject what is booted; another one may be the answer once the files of the plan were
  /// loaded, for then they are checked
  TemplateStart(Supplier<TemplateSubject> subject, VirtGuest.Make make, TemplateListener listener) {
    this.subject = subject;
    this.make = make;
    this.listener = listener;
  }

  @Override
  public GuestMachine create(MachineWiring wiring) {
    try {
      Optional<GuestMachine> started = startWhereThere(wiring);
      if (started.isEmpty()) {
        make(wiring);
        started = startWhereThere(wiring);
      }
      if (started.isPresent()) {
        return started.get();
      }
      listener.unavailable(subject.get().name(), "it does not last");
    } catch (TemplateException unavailable) {
      listener.unavailable(subject.get().name(), unavailable.reason());
    }
    return VirtGuest.create(make, wiring);
  }

  private Optional<GuestMachine> startWhereThere(MachineWiring wiring) {
    TemplateSubject now = subject.get();
    TemplateFolder folder = new TemplateFolder(now.folder());
    TemplateKey key = TemplateKey.of(now, make.plan());
    if (!folder.has(key)) {
      return Optional.empty();
    }
    try {
      GuestMachine machine = start(folder, key, wiring);
      folder.touch(key);
      return Optional.of(machine);
    } catch (TemplateException damaged) {
      listener.damaged(now.name(), damaged.reason());
      folder.remove(key);
      return Optional.empty();
    }
  }

  private GuestMachine start(TemplateFolder folder, TemplateKey key, MachineWiring wiring)
      throws TemplateException {
    try {
      SnapshotFile file = SnapshotFile.open(folder.file(key));
      try {
        Snapshot state = file.records(record -> !BootFiles.isRecord(record));
        TemplateRecord template = TemplateRecord.of(state);
        if (!template.key().equals(key.text())) {
          throw new TemplateException("it is of another guest");
        }
        RestoreOptions options =
            new RestoreOptions(
                Optional.empty(),
                Optional.empty(),
                GuestState.CREATED,
                make.engine(),
                RestoreIdentity.FRESH);
        GuestMachine machine =
            VirtGuest.restore(file, state, options, wiring, () -> folder.remove(key));
        repeat(template.screen(), wiring.console());
        return machine;
      } catch (SnapshotFileException | TemplateException | RuntimeException | Error failure) {
        file.close();
        throw failure;
      }
    } catch (SnapshotFileException | SnapshotException | HostException unusable) {
      throw new TemplateException(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  /// Says again what the guest said last: who sits at its console has not seen it.
  private static void repeat(byte[] screen, ConsoleOutput console) {
    for (byte character : screen) {
      console.write(character);
    }
  }

  private void make(MachineWiring wiring) throws TemplateException {
    try {
      make.plan().files().load(); // what is booted is checked by this, and may be fetched anew
      TemplateSubject now = subject.get();
      TemplateFolder folder = new TemplateFolder(now.folder());
      try (CacheLock lock = folder.lock(() -> listener.waiting(now.name()))) {
        TemplateKey key = TemplateKey.of(now, make.plan());
        if (lock.waited() && folder.has(key)) {
          return;
        }
        listener.making(now.name());
        new TemplateMaker(now, key, make).write(folder.file(key), wiring);
        folder.prune(key);
      }
    } catch (IOException e) {
      throw new TemplateException(Reasons.of(e), e);
    }
  }
}
