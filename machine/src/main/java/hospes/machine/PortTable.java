package hospes.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The ports of a machine, and who takes what comes in by each.
public final class PortTable {
  /// Takes the answer to a question.
  @FunctionalInterface
  public interface AnswerTaker {
    /// @param request the question's ticket
    void take(long request, Reply reply);
  }

  private final Map<Port, Consumer<Delivery>> takers = new LinkedHashMap<>();

  /// Adds a port, or one more shape that a port takes.
  public <P extends Payload> PortTable on(PortName name, Class<P> shape, Consumer<P> taker) {
    takers.put(new Port(name, shape), delivery -> taker.accept(shape.cast(delivery.what())));
    return this;
  }

  /// Adds a port by which the machine asks, and is answered.
  public PortTable onAnswer(PortName name, AnswerTaker taker) {
    takers.put(
        new Port(name, Payload.Answered.class),
        delivery -> {
          if (delivery.what() instanceof Payload.Answered(Reply reply)) {
            taker.take(delivery.request(), reply);
          }
        });
    return this;
  }

  /// All ports, a line for each shape that one takes.
  public List<Port> ports() {
    return new ArrayList<>(takers.keySet());
  }

  /// Hands over a delivery; one for a port that the machine has not, or of a shape that the port
  /// does not take, is lost.
  public void accept(Delivery delivery) {
    Consumer<Delivery> taker = takers.get(new Port(delivery.to(), delivery.what().getClass()));
    if (taker != null) {
      taker.accept(delivery);
    }
  }
}
