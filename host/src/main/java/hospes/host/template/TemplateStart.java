package hospes.host.template;

import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.host.HostException;
import hospes.host.guest.ClockMode;
import hospes.host.guest.GuestMachine;
import hospes.host.guest.IdentityChoice;
import hospes.host.guest.RunPolicy;
import hospes.host.guest.Starter;
import hospes.host.guest.Supplies;
import hospes.host.guest.Treatment;
import hospes.host.snapshot.PlanRecord;
import hospes.host.snapshot.SnapshotFile;
import hospes.host.snapshot.SnapshotFileException;
import hospes.images.CacheLock;
import hospes.machine.ConsoleOutput;
import hospes.machine.Content;
import hospes.machine.Snapshot;
import hospes.machine.SnapshotException;
import hospes.storage.files.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Starts a machine from a template: a snapshot of the booted guest that waits at its prompt. Where
/// there is none for the machine that is wanted, it is made first. Where that does not work, the
/// machine boots: a template never keeps a guest from running.
///
/// A guest that starts from a template has random numbers of its own, and the right time.
public final class TemplateStart implements Starter {
  private final Supplier<TemplateSubject> subject;
  private final Runnable verify;
  private final Plan plan;
  private final TemplateListener listener;

  /// @param subject what is booted; another one may be the answer once it was verified
  /// @param verify makes sure that what is booted is whole, or has it fetched anew
  TemplateStart(
      Supplier<TemplateSubject> subject, Runnable verify, Plan plan, TemplateListener listener) {
    this.subject = subject;
    this.verify = verify;
    this.plan = plan;
    this.listener = listener;
  }

  /// A start from a template of an image. That is for a plan with the image's own files and no
  /// disks, on the host's clock, without a limit of instructions; empty for others, which boot.
  public static Optional<Starter> of(
      ImageStart image, Plan plan, Treatment treatment, TemplateListener listener) {
    RunPolicy policy = treatment.policy();
    boolean isAsTemplatesAre =
        image.isBootedBy(plan)
            && plan.values().values().stream().flatMap(List::stream).noneMatch(TemplateStart::isOwn)
            && policy.clock() == ClockMode.HOST
            && policy.maxInstructions() == Long.MAX_VALUE;
    return isAsTemplatesAre
        ? Optional.of(new TemplateStart(image::templateSubject, image::verify, plan, listener))
        : Optional.empty();
  }

  /// A start from a template of what is no image.
  ///
  /// @param name what it is, for people
  /// @param prompt what it says on its console when it is booted
  /// @param folder where its templates are kept; no other guest's may be there
  public static Starter inFolder(
      Plan plan, String name, String prompt, Path folder, TemplateListener listener) {
    return new TemplateStart(
        () -> new TemplateSubject(name, content(plan) + prompt, prompt, folder),
        () -> {},
        plan,
        listener);
  }

  private static String content(Plan plan) {
    StringBuilder content = new StringBuilder();
    plan.values()
        .forEach(
            (option, values) -> {
              for (Value value : values) {
                if (value instanceof Value.File(String _, Content file)) {
                  content.append(option).append(' ').append(file.digest()).append('\n');
                }
              }
            });
    return content.toString();
  }

  /// Whether a value leads to something that no other guest has.
  private static boolean isOwn(Value value) {
    return value instanceof Value.Disk || value instanceof Value.Place;
  }

  @Override
  public GuestMachine start(Supplies supplies) {
    try {
      Optional<GuestMachine> started = startWhereThere(supplies);
      if (started.isEmpty()) {
        make(supplies);
        started = startWhereThere(supplies);
      }
      if (started.isPresent()) {
        return started.get();
      }
      listener.unavailable(subject.get().name(), "it does not last");
    } catch (TemplateException unavailable) {
      listener.unavailable(subject.get().name(), unavailable.reason());
    }
    return GuestMachine.atPowerOn(plan, supplies, ClockMode.HOST);
  }

  private Optional<GuestMachine> startWhereThere(Supplies supplies) {
    TemplateSubject now = subject.get();
    TemplateFolder folder = new TemplateFolder(now.folder());
    TemplateKey key = TemplateKey.of(now, plan);
    if (!folder.has(key)) {
      return Optional.empty();
    }
    try {
      GuestMachine machine = start(folder, key, supplies);
      folder.touch(key);
      return Optional.of(machine);
    } catch (TemplateException damaged) {
      listener.damaged(now.name(), damaged.reason());
      folder.remove(key);
      return Optional.empty();
    }
  }

  private GuestMachine start(TemplateFolder folder, TemplateKey key, Supplies supplies)
      throws TemplateException {
    try {
      SnapshotFile file = SnapshotFile.open(folder.file(key));
      try {
        Snapshot state = file.records(record -> !PlanRecord.isContent(record));
        TemplateRecord template = TemplateRecord.of(state);
        if (!template.key().equals(key.text())) {
          throw new TemplateException("it is of another guest");
        }
        GuestMachine machine =
            GuestMachine.restored(
                file,
                state,
                supplies,
                ClockMode.HOST,
                IdentityChoice.OWN,
                () -> folder.remove(key));
        repeat(template.screen(), supplies.console());
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

  private void make(Supplies supplies) throws TemplateException {
    try {
      verify.run();
      TemplateSubject now = subject.get();
      TemplateFolder folder = new TemplateFolder(now.folder());
      try (CacheLock lock = folder.lock(() -> listener.waiting(now.name()))) {
        TemplateKey key = TemplateKey.of(now, plan);
        if (lock.waited() && folder.has(key)) {
          return;
        }
        listener.making(now.name());
        new TemplateMaker(now, key, plan).write(folder.file(key), supplies);
        folder.prune(key);
      }
    } catch (IOException e) {
      throw new TemplateException(Reasons.of(e), e);
    }
  }
}
