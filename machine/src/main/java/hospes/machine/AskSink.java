package hospes.machine;

/// Takes what a machine asks for. The answer is a [Delivery] to the port, with the same ticket,
/// between two steps of the machine.
@FunctionalInterface
public interface AskSink {
  /// Takes a question; called inside [Machine#run], so it must not wait or fail.
  ///
  /// @param request the ticket, above [Delivery#UNASKED] and unique in the machine
  void ask(PortName port, long request, Ask what);
}
