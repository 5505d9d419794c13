package hospes.engine.processor;

import javax.lang.model.element.Element;

/// An annotated element that the engine cannot make an instruction of; reported as a compiler error
/// at the element.
final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Element element;

  ModelException(Element element, String message) {
    super(message);
    this.element = element;
  }

  Element element() {
    return element;
  }
}
