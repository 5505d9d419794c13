package hospes.engine.processor;

import static java.util.Objects.requireNonNull;

import hospes.engine.Alias;
import hospes.engine.Architecture;
import hospes.engine.Compressed;
import hospes.engine.Decoder;
import hospes.engine.DefinitionException;
import hospes.engine.Encoding;
import hospes.engine.Extension;
import hospes.engine.Index;
import hospes.engine.Instruction;
import hospes.engine.Jump;
import hospes.engine.Load;
import hospes.engine.OperandKind;
import hospes.engine.OperandKind.Form;
import hospes.engine.Pc;
import hospes.engine.Serializing;
import hospes.engine.Store;
import hospes.engine.Syntax;
import hospes.engine.processor.ArchitectureModel.FieldModel;
import hospes.engine.processor.ArchitectureModel.Local;
import hospes.engine.processor.InstructionModel.Effects;
import hospes.engine.processor.InstructionModel.Parameter;
import hospes.engine.processor.InstructionModel.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/// Reads an architecture's annotations into a model.
final class ModelReader {
  private final Mirrors mirrors;
  private final MethodBodies bodies;
  private final ProcessingEnvironment environment;
  private Map<String, FieldModel> fields = Map.of();
  private List<Local> locals = List.of();
  private TypeElement state;
  private int nextOperation = Decoder.FIRST;

  ModelReader(ProcessingEnvironment environment) {
    this.environment = environment;
    this.mirrors = new Mirrors(environment);
    this.bodies = new MethodBodies(environment);
    this.state = environment.getElementUtils().getTypeElement("java.lang.Object");
  }

  ArchitectureModel read(TypeElement element) {
    AnnotationMirror annotation = mirrors.get(element, Architecture.class).orElseThrow();
    state = mirrors.classValue(annotation, "state");
    fields = readFields(annotation);
    locals = mirrors.strings(annotation, "locals").stream().map(ModelReader::local).toList();
    List<ExtensionModel> extensions = new ArrayList<>();
    for (TypeElement type : mirrors.classValues(annotation, "instructions")) {
      extensions.add(readExtension(type));
    }
    return new ArchitectureModel(
        mirrors.string(annotation, "name"),
        mirrors.string(annotation, "prefix"),
        state.getSimpleName().toString(),
        locals,
        mirrors.string(annotation, "shortWhen"),
        fields,
        extensions);
  }

  private static Local local(String text) {
    String[] halves = text.split(" = ", 2);
    int blank = halves[0].lastIndexOf(' ');
    return new Local(halves[0].substring(0, blank), halves[0].substring(blank + 1), halves[1]);
  }

  private Map<String, FieldModel> readFields(AnnotationMirror annotation) {
    Map<String, FieldModel> found = new LinkedHashMap<>();
    for (AnnotationMirror field : mirrors.annotations(annotation, "fields")) {
      String name = mirrors.string(field, "name");
      found.put(
          name,
          new FieldModel(
              name,
              mirrors.integer(field, "width"),
              mirrors.integer(field, "offset"),
              kind(mirrors.classValue(field, "kind"))));
    }
    return found;
  }

  private KindModel kind(TypeElement type) {
    AnnotationMirror annotation =
        mirrors
            .get(type, OperandKind.class)
            .orElseThrow(() -> new ModelException(type, type + " is no operand kind"));
    return new KindModel(
        type.getSimpleName().toString(),
        Form.valueOf(mirrors.enumName(annotation, "form")),
        mirrors.string(annotation, "file"),
        mirrors.string(annotation, "unpack"),
        mirrors.string(annotation, "pack"),
        mirrors.string(annotation, "touch"),
        mirrors.integer(annotation, "discard"),
        mirrors.integer(annotation, "sink"),
        mirrors.className(mirrors.classValue(annotation, "text")),
        documentation(type));
  }

  private ExtensionModel readExtension(TypeElement type) {
    AnnotationMirror extension =
        mirrors
            .get(type, Extension.class)
            .orElseThrow(() -> new ModelException(type, type + " lacks @Extension"));
    List<InstructionModel> instructions = new ArrayList<>();
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      mirrors
          .get(method, Instruction.class)
          .ifPresent(
              annotation ->
                  instructions.add(instruction(type, method, mirrors.string(annotation, "value"))));
    }
    List<CompressedModel> compressed = new ArrayList<>();
    mirrors
        .get(type, Compressed.class)
        .ifPresent(
            annotation ->
                mirrors
                    .strings(annotation, "value")
                    .forEach(text -> compressed.add(compressed(text))));
    return new ExtensionModel(
        type.getSimpleName().toString(),
        mirrors.string(extension, "value"),
        mirrors.string(extension, "guard"),
        mirrors.enumName(extension, "place"),
        documentation(type),
        instructions,
        compressed,
        aliases(type));
  }

  private List<String> aliases(Element element) {
    return mirrors
        .get(element, Alias.class)
        .map(alias -> mirrors.strings(alias, "value"))
        .orElse(List.of());
  }

  private CompressedModel compressed(String text) {
    String[] halves = split(text, " : ");
    String[] parts = split(halves[1], "=>");
    return new CompressedModel(
        text, Syntax.parse(halves[0]), Encoding.parse(parts[0], this::fieldWidth), parts[1]);
  }

  private static String[] split(String text, String separator) {
    int at = text.indexOf(separator);
    if (at < 0) {
      throw new DefinitionException("'%s' lacks '%s'".formatted(text, separator.trim()));
    }
    return new String[] {
      text.substring(0, at).trim(), text.substring(at + separator.length()).trim()
    };
  }

  private int fieldWidth(String name) {
    FieldModel field = fields.get(name);
    if (field == null || field.width() == 0) {
      throw new DefinitionException("the width of the field '%s' is not known".formatted(name));
    }
    return field.width();
  }

  private InstructionModel instruction(
      TypeElement type, ExecutableElement method, String definition) {
    try {
      return readInstruction(type, method, definition);
    } catch (DefinitionException badDefinition) {
      throw new ModelException(method, String.valueOf(badDefinition.getMessage()));
    }
  }

  private InstructionModel readInstruction(
      TypeElement type, ExecutableElement method, String definition) {
    String[] halves = split(definition, " : ");
    Syntax syntax = Syntax.parse(halves[0]);
    Encoding encoding = Encoding.parse(halves[1], this::fieldWidth);
    Map<String, KindModel> kinds = new LinkedHashMap<>();
    List<Parameter> parameters = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      parameters.add(parameter(parameter, encoding, kinds));
    }
    Result result = result(method, encoding);
    boolean writesRegister =
        encoding.fields().containsKey("rd") && (result == Result.VALUE || result == Result.JUMP);
    Optional<KindModel> resultKind =
        writesRegister ? Optional.of(kindOf(method, "rd", kinds)) : Optional.empty();
    return new InstructionModel(
        nextOperation++,
        definition,
        type.getSimpleName() + "." + method.getSimpleName(),
        bodies.expression(method),
        syntax,
        encoding,
        parameters,
        result,
        resultKind,
        new Effects(
            mirrors.get(method, Load.class).isPresent(),
            mirrors.get(method, Store.class).isPresent(),
            mirrors.get(method, Serializing.class).isPresent()),
        kinds,
        aliases(method),
        layout(encoding, parameters, result, writesRegister),
        documentation(method));
  }

  private Layout layout(
      Encoding encoding, List<Parameter> parameters, Result result, boolean writesRegister) {
    Layout layout = new Layout();
    if (writesRegister) {
      layout.addResult("rd");
    }
    for (Parameter parameter : parameters) {
      switch (parameter) {
        case Parameter.Value value ->
            layout.add(value.field(), value.kind().form(), encoding.fieldWidth(value.field()));
        case Parameter.Number number ->
            layout.add(number.field(), Form.REGISTER, encoding.fieldWidth(number.field()));
        case Parameter.Address _, Parameter.LocalVariable _ -> {}
      }
    }
    if (result == Result.BRANCH) {
      layout.add("offset", Form.RELATIVE, encoding.fieldWidth("offset"));
    }
    layout.finish();
    return layout;
  }

  private Parameter parameter(
      VariableElement parameter, Encoding encoding, Map<String, KindModel> kinds) {
    String name = parameter.getSimpleName().toString();
    if (mirrors.get(parameter, Pc.class).isPresent()) {
      return new Parameter.Address(name);
    }
    Optional<TypeElement> kind = kindAnnotation(parameter);
    boolean index = mirrors.get(parameter, Index.class).isPresent();
    if (kind.isEmpty() && !index) {
      return new Parameter.LocalVariable(name, localOf(parameter));
    }
    if (!encoding.fields().containsKey(name)) {
      throw new ModelException(parameter, "the encoding has no field '%s'".formatted(name));
    }
    if (index) {
      return new Parameter.Number(name);
    }
    KindModel model = kind(kind.orElseThrow());
    kinds.put(name, model);
    return new Parameter.Value(name, model, parameter.asType().toString());
  }

  private String localOf(VariableElement parameter) {
    TypeMirror type = parameter.asType();
    if (environment.getTypeUtils().isSameType(type, state.asType())) {
      return "core";
    }
    String text = mirrors.plainName(type);
    return locals.stream()
        .filter(local -> local.type().equals(text))
        .map(Local::name)
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    parameter,
                    "%s has no operand kind and there is no local of type %s"
                        .formatted(parameter, text)));
  }

  private Optional<TypeElement> kindAnnotation(Element element) {
    return mirrors.annotationTypes(element).stream()
        .filter(type -> mirrors.get(type, OperandKind.class).isPresent())
        .findFirst();
  }

  private KindModel kindOf(ExecutableElement method, String field, Map<String, KindModel> kinds) {
    Optional<TypeElement> own = kindAnnotation(method);
    if (own.isEmpty()) {
      return requireNonNull(fields.get(field)).kind();
    }
    KindModel kind = kind(own.get());
    kinds.put(field, kind);
    return kind;
  }

  private Result result(ExecutableElement method, Encoding encoding) {
    TypeMirror type = method.getReturnType();
    if (mirrors.get(method, Jump.class).isPresent()) {
      return Result.JUMP;
    }
    if (type.getKind() == TypeKind.VOID) {
      return Result.NOTHING;
    }
    if (type.getKind() == TypeKind.BOOLEAN) {
      return Result.BRANCH;
    }
    if (!type.getKind().isPrimitive()) {
      return Result.TRAP;
    }
    if (!encoding.fields().containsKey("rd")) {
      throw new ModelException(method, "a result needs a field 'rd' to go to");
    }
    return Result.VALUE;
  }

  private String documentation(Element element) {
    String text = environment.getElementUtils().getDocComment(element);
    return text == null ? "" : text.strip();
  }
}
