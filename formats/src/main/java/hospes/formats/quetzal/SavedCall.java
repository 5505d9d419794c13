package hospes.formats.quetzal;

import java.util.List;

/// A call of a routine that was going on when a story was saved. Quetzal 1.4, 4.
///
/// @param returnAddress where the caller goes on, less than 2^24; 0 for the main routine
/// @param result the variable that takes the result, or [#NO_RESULT]
/// @param arguments how many arguments the caller gave: 0 to 7
/// @param locals values of the local variables: at most 15
/// @param stack what the routine pushed, the oldest first
public record SavedCall(
    int returnAddress, int result, int arguments, List<Integer> locals, List<Integer> stack) {
  /// The result is thrown away.
  public static final int NO_RESULT = -1;

  /// Takes copies.
  public SavedCall {
    locals = List.copyOf(locals);
    stack = List.copyOf(stack);
  }
}
