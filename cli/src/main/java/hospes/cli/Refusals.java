package hospes.cli;

import hospes.guests.Problem;
import hospes.host.DriveException;
import hospes.host.HostException;
import hospes.host.guest.RefusalException;
import hospes.storage.DriveProblem;
import hospes.storage.ImageHeaderException;
import java.io.IOException;

/// What the host refuses, in the words of the command line: what is wrong, and what to type
/// instead.
final class Refusals {
  private Refusals() {}

  static String words(HostException refusal) {
    return switch (refusal) {
      case DriveException drive -> words(drive.problem());
      case RefusalException machine -> words(machine.problem());
      default -> refusal.getMessage();
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
