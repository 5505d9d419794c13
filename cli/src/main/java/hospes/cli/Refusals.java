package hospes.cli;

import hospes.guests.Problem;
import hospes.host.DriveException;
import hospes.host.HostException;
import hospes.host.control.NoGuestException;
import hospes.host.control.Wording;
import hospes.host.engine.TraceException;
import hospes.host.guest.NameTakenException;
import hospes.host.guest.RefusalException;
import hospes.host.memory.MemoryShortage;
import hospes.images.ImageException;
import hospes.storage.DriveProblem;
import hospes.storage.ImageHeaderException;
import java.io.IOException;

/// What the host refuses, in the words of the command line: what is wrong, and what to type
/// instead.
final class Refusals {
  /// The same for those who ask a guest from another process.
  static final Wording WORDING =
      new Wording() {
        @Override
        public String of(HostException refusal) {
          return words(refusal);
        }

        @Override
        public String of(MemoryShortage shortage) {
          return words(shortage);
        }
      };

  private Refusals() {}

  static String words(HostException refusal) {
    return switch (refusal) {
      case DriveException drive -> words(drive.problem());
      case RefusalException machine -> words(machine.problem());
      case NameTakenException taken ->
          "another guest is named %s; choose with --name, or end it: hospes kill %s"
              .formatted(taken.name(), taken.name());
      case NoGuestException none -> none.getMessage() + "; see: hospes ps -a";
      default -> refusal.getMessage() + remedyOf(refusal);
    };
  }

  /// What failed may be the fetching of an image, for which there is something to type.
  private static String remedyOf(HostException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ImageException image) {
        return remedy(image);
      }
    }
    return "";
  }

  /// Why an image cannot be had, and what to type for another one.
  static String words(ImageException failure) {
    return failure.getMessage() + remedy(failure);
  }

  private static String remedy(ImageException failure) {
    return failure
        .remedy()
        .map(
            remedy ->
                switch (remedy) {
                  case NAME_MIRROR -> ", or with --mirror URL";
                  case OTHER_MIRROR -> " --mirror URL chooses another mirror";
                })
        .orElse("");
  }

  /// Why the engine's doings cannot be written down, and what to type otherwise.
  static String words(TraceException failure) {
    return failure.getMessage()
        + switch (failure.place()) {
          case TRACE_FILE -> "; name a file in a folder that you may write to";
          case REGION_FOLDER -> "; name another with --engine-debug=dump:FOLDER";
        };
  }

  /// Why a guest stands still, and what makes room for it.
  static String words(MemoryShortage shortage) {
    return shortage.reason()
        + "; stop some guests"
        + switch (shortage.swapping()) {
          case OFF -> ", raise the limit with --host-memory, or allow swapping with --swap";
          case FULL -> ", raise the limit with --host-memory, or allow a larger file with --swap";
          case FAILS -> ", or raise the limit with --host-memory";
        };
  }

  /// What is wrong, and which option to give otherwise.
  static String words(Problem problem) {
    return problem.text()
        + problem
            .remedy()
            .map(
                remedy ->
                    switch (remedy) {
                      case Problem.Remedy.Give(String option) -> "; give --" + option;
                      case Problem.Remedy.Change(String option) -> "; choose with --" + option;
                      case Problem.Remedy.Raise(String option) -> "; give it more --" + option;
                      case Problem.Remedy.LeaveOut(String option) -> "; leave out some --" + option;
                    })
            .orElse("");
  }

  /// As [KindOptions] takes it.
  static String words(DriveProblem problem) {
    return problem.message()
        + switch (problem) {
          case DriveProblem.Unusable _ -> "";
          case DriveProblem.InUse(var file) -> ", for example as %s,snapshot".formatted(file);
          case DriveProblem.NotWritable(var file) ->
              ", or attach it as %s,readonly".formatted(file);
          case DriveProblem.NotOpened(var file, _) ->
              "; to only read it, attach it as %s,readonly".formatted(file);
          case DriveProblem.FormatUnclear(var file) ->
              ": %s,format=raw or %s,format=qcow2".formatted(file, file);
          case DriveProblem.NotForked(var file, _) ->
              "; attach it as %s,readonly or %s,snapshot".formatted(file, file);
          case DriveProblem.NotKept _ -> "; attach it without snapshot";
        };
  }

  /// A failure of a drive that its guest was told of as an I/O error.
  ///
  /// @param drive its file
  static String words(String drive, IOException failure) {
    return switch (failure) {
      case ImageHeaderException header ->
          "%s; if it may, attach the disk as %s,format=raw, now and ever after"
              .formatted(header.getMessage(), drive);
      default -> String.valueOf(failure.getMessage());
    };
  }
}
