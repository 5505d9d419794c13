package hospes.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The ports of a machine, and who takes what comes in by each.
public final class PortTable {
  /// Takes the answer to a question.
  @FunctionalInterface
  public interface AnswerTaker {
    /// @param request the question's ticket
    void take(long request, Reply reply);
  }

  private record Taker(Port port, Consumer<Delivery> taker) {
    boolean takes(Delivery delivery) {
      return port.takes() == delivery.what().getClass()
          && port.name().text().equals(delivery.to().text());
    }
  }

  private final List<Taker> takers = new ArrayList<>();

  /// Adds a port, or one more shape that a port takes.
  public <P extends Payload> PortTable on(PortName name, Class<P> shape, Consumer<P> taker) {
    takers.add(
        new Taker(new Port(name, shape), delivery -> taker.accept(shape.cast(delivery.what()))));
    return this;
  }

  /// Adds a port by which the machine asks, and is answered.
  public PortTable onAnswer(PortName name, AnswerTaker taker) {
    takers.add(
        new Taker(
            new Port(name, Payload.Answered.class),
            delivery -> {
              if (delivery.what() instanceof Payload.Answered(Reply reply)) {
                taker.take(delivery.request(), reply);
              }
            }));
    return this;
  }

  /// All ports, a line for each shape that one takes.
  public List<Port> ports() {
    return takers.stream().map(Taker::port).toList();
  }

  /// Hands over a delivery; one for a port that the machine has not, or of a shape that the port
  /// does not take, is lost.
  public void accept(Delivery delivery) {
    for (Taker each : takers) {
      if (each.takes(delivery)) {
        each.taker().accept(delivery);
        return;
      }
    }
  }
}
