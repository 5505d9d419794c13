package hospes.host.control;

import hospes.host.HostException;
import hospes.host.memory.MemoryShortage;

/// How clients of a control server are told what the host cannot do: in words of whoever runs it,
/// who knows what can be typed.
@FunctionalInterface
public interface Wording {
  /// What was refused.
  String of(HostException refusal);

  /// Why a guest stands still.
  default String of(MemoryShortage shortage) {
    return shortage.reason();
  }
}
