package hospes.engine.processor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/// Reads values out of annotation mirrors.
final class Mirrors {
  private final ProcessingEnvironment environment;

  Mirrors(ProcessingEnvironment environment) {
    this.environment = environment;
  }

  Optional<AnnotationMirror> get(Element element, Class<?> annotation) {
    return all(element)
        .filter(mirror -> type(mirror).getQualifiedName().contentEquals(annotation.getName()))
        .findFirst();
  }

  /// The types of all annotations on an element.
  List<TypeElement> annotationTypes(Element element) {
    return all(element).map(Mirrors::type).toList();
  }

  private static Stream<AnnotationMirror> all(Element element) {
    return element.getAnnotationMirrors().stream().map(AnnotationMirror.class::cast);
  }

  private static TypeElement type(AnnotationMirror mirror) {
    return (TypeElement) mirror.getAnnotationType().asElement();
  }

  String string(AnnotationMirror annotation, String name) {
    return (String) value(annotation, name);
  }

  int integer(AnnotationMirror annotation, String name) {
    return (Integer) value(annotation, name);
  }

  String enumName(AnnotationMirror annotation, String name) {
    return ((VariableElement) value(annotation, name)).getSimpleName().toString();
  }

  TypeElement classValue(AnnotationMirror annotation, String name) {
    return element(value(annotation, name));
  }

  List<TypeElement> classValues(AnnotationMirror annotation, String name) {
    return list(annotation, name).map(Mirrors::element).toList();
  }

  List<String> strings(AnnotationMirror annotation, String name) {
    return list(annotation, name).map(String.class::cast).toList();
  }

  List<AnnotationMirror> annotations(AnnotationMirror annotation, String name) {
    return list(annotation, name).map(AnnotationMirror.class::cast).toList();
  }

  private Stream<Object> list(AnnotationMirror annotation, String name) {
    return ((List<?>) value(annotation, name))
        .stream().map(entry -> ((AnnotationValue) entry).getValue());
  }

  private static TypeElement element(Object type) {
    return (TypeElement) ((DeclaredType) type).asElement();
  }

  private Object value(AnnotationMirror annotation, String name) {
    Map<? extends ExecutableElement, ? extends AnnotationValue> values =
        environment.getElementUtils().getElementValuesWithDefaults(annotation);
    for (var entry : values.entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(name)) {
        return entry.getValue().getValue();
      }
    }
    throw new IllegalArgumentException("no value " + name);
  }

  /// The name by which source code anywhere can refer to a class.
  String className(TypeElement type) {
    return type.getQualifiedName().toString();
  }

  /// A type's name without annotations: qualified for a class, as written for an array or
  /// primitive.
  String plainName(TypeMirror type) {
    if (type instanceof DeclaredType declared) {
      return declared.asElement().toString();
    }
    return type.toString();
  }
}
