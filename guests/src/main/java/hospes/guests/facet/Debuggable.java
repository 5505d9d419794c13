package hospes.guests.facet;

import java.util.List;
import java.util.Optional;

/// A machine that can be looked into as its programmer thinks of it. Looking touches no page and
/// runs no code of the guest.
///
/// Registers and memory are one architecture's variables: a processor shows them as those of its
/// only frame, a language machine shows locals.
public interface Debuggable {
  /// Threads of execution: processors, coroutines, processes.
  List<DebugThread> threads();

  /// Where an instruction comes from, if that is known.
  Optional<Source> source(long pc);

  /// The addresses at which the code of a source begins; none where it has none.
  List<Long> places(Source source);

  /// A thread of execution.
  ///
  /// @param id unique in the machine, for ever
  /// @param name for people
  /// @param frames what it executes, the innermost first
  record DebugThread(long id, String name, List<Frame> frames) {}

  /// A routine that is being executed.
  ///
  /// @param name the routine's, where it has one
  /// @param pc what is executed next in it
  record Frame(String name, long pc, List<Variable> variables) {}

  /// Something with a name and a value: a local, a register.
  record Variable(String name, Contents value) {}

  /// A value.
  ///
  /// @param type in the words of the architecture
  /// @param text as its programmers write it
  /// @param parts what it is made of
  record Contents(String type, String text, List<Variable> parts) {}

  /// A place in a program's text.
  ///
  /// @param line from 1
  record Source(String file, int line) {}
}
