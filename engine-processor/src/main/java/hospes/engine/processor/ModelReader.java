package hospes.engine.processor;

import static java.util.Objects.requireNonNull;

import hospes.engine.Alias;
import hospes.engine.Architecture;
import hospes.engine.CodeLayout;
import hospes.engine.Compressed;
import hospes.engine.Count;
import hospes.engine.Decoder;
import hospes.engine.DefinitionException;
import hospes.engine.Encoding;
import hospes.engine.Extension;
import hospes.engine.Faults;
import hospes.engine.Frames;
import hospes.engine.Index;
import hospes.engine.Instruction;
import hospes.engine.Jump;
import hospes.engine.ListedInstruction;
import hospes.engine.ListedInstruction.Part;
import hospes.engine.Load;
import hospes.engine.Next;
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
import hospes.engine.processor.InstructionModel.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final ThrowFinder throwing;
  private final ProcessingEnvironment environment;
  private Map<String, FieldModel> fields = Map.of();
  private List<Local> locals = List.of();
  private CodeLayout.Operands operands = CodeLayout.Operands.PACKED;
  private TypeElement state;
  private Optional<KindModel> anyResult = Optional.empty();
  private int nextOperation = Decoder.FIRST;

  ModelReader(ProcessingEnvironment environment) {
    this.environment = environment;
    this.mirrors = new Mirrors(environment);
    this.bodies = new MethodBodies(environment);
    this.throwing = new ThrowFinder(environment);
    this.state = environment.getElementUtils().getTypeElement("java.lang.Object");
  }

  ArchitectureModel read(TypeElement element) {
    AnnotationMirror annotation = mirrors.get(element, Architecture.class).orElseThrow();
    anyResult = mirrors.classValues(annotation, "result").stream().findFirst().map(this::kind);
    state = mirrors.classValue(annotation, "state");
    fields = readFields(annotation);
    operands = CodeLayout.Operands.valueOf(mirrors.enumName(annotation, "operands"));
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
        operands,
        anyResult,
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
        new KindModel.Mixed(
            mirrors.integer(annotation, "first"),
            mirrors.integer(annotation, "last"),
            mirrors.integer(annotation, "memory"),
            mirrors.string(annotation, "read"),
            mirrors.string(annotation, "write")),
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
      return switch (operands) {
        case PACKED -> word(type, method, definition);
        case LISTED -> listed(type, method, definition);
      };
    } catch (DefinitionException badDefinition) {
      throw new ModelException(method, String.valueOf(badDefinition.getMessage()));
    }
  }

  private InstructionModel word(TypeElement type, ExecutableElement method, String definition) {
    String[] halves = split(definition, " : ");
    Syntax syntax = Syntax.parse(halves[0]);
    Encoding encoding = Encoding.parse(halves[1], this::fieldWidth);
    Map<String, KindModel> kinds = new LinkedHashMap<>();
    List<Parameter> parameters = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      parameters.add(parameter(parameter, encoding.fields().keySet(), kinds));
    }
    boolean hasResult = encoding.fields().containsKey(ListedInstruction.RESULT);
    Result result = result(method);
    if (result == Result.VALUE && !hasResult) {
      throw new ModelException(method, "a result needs a field 'rd' to go to");
    }
    boolean writesRegister = hasResult && (result == Result.VALUE || result == Result.JUMP);
    Optional<KindModel> resultKind =
        writesRegister ? Optional.of(kindOf(method, kinds)) : Optional.empty();
    Layout layout = layout(encoding, parameters, result, writesRegister);
    return model(
        type,
        method,
        definition,
        new Shape.Word(syntax, encoding, layout),
        parameters,
        result,
        resultKind,
        kinds);
  }

  private InstructionModel listed(TypeElement type, ExecutableElement method, String definition) {
    ListedInstruction instruction = ListedInstruction.parse(definition);
    Set<String> names = new LinkedHashSet<>(instruction.operands());
    if (instruction.has(Part.RESULT)) {
      names.add(ListedInstruction.RESULT);
    }
    Map<String, KindModel> kinds = new LinkedHashMap<>();
    List<Parameter> parameters = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      parameters.add(parameter(parameter, names, kinds));
    }
    Result result = result(method);
    if (result == Result.VALUE && instruction.has(Part.BRANCH)) {
      result = Result.VALUE_BRANCH;
    }
    boolean isStored = result == Result.VALUE || result == Result.VALUE_BRANCH;
    if (isStored && !names.contains(ListedInstruction.RESULT)) {
      throw new ModelException(method, "a result needs an operand 'rd' to go to");
    }
    if (result == Result.BRANCH && !instruction.has(Part.BRANCH)) {
      throw new ModelException(method, "a condition needs a branch, '?offset'");
    }
    Optional<KindModel> resultKind =
        isStored ? kindAnnotation(method).map(this::kind).or(() -> anyResult) : Optional.empty();
    return model(
        type,
        method,
        definition,
        new Shape.Listed(instruction),
        parameters,
        result,
        resultKind,
        kinds);
  }

  private InstructionModel model(
      TypeElement type,
      ExecutableElement method,
      String definition,
      Shape shape,
      List<Parameter> parameters,
      Result result,
      Optional<KindModel> resultKind,
      Map<String, KindModel> kinds) {
    return new InstructionModel(
        nextOperation++,
        definition,
        type.getSimpleName() + "." + method.getSimpleName(),
        bodies.expression(method),
        shape,
        parameters,
        result,
        resultKind,
        new Effects(
            mirrors.get(method, Load.class).isPresent(),
            mirrors.get(method, Store.class).isPresent(),
            mirrors.get(method, Serializing.class).isPresent(),
            mirrors.get(method, Frames.class).isPresent(),
            faults(method)),
        kinds,
        aliases(method),
        documentation(method));
  }

  private boolean faults(ExecutableElement method) {
    boolean declared = mirrors.get(method, Faults.class).isPresent();
    if (!declared && throwing.mayThrow(method)) {
      throw new ModelException(method, "it may throw, so it needs @Faults");
    }
    return declared;
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
        case Parameter.Name _,
            Parameter.Count _,
            Parameter.Address _,
            Parameter.Following _,
            Parameter.LocalVariable _ -> {}
      }
    }
    if (result == Result.BRANCH) {
      layout.add("offset", Form.RELATIVE, encoding.fieldWidth("offset"));
    }
    layout.finish();
    return layout;
  }

  private Parameter parameter(
      VariableElement parameter, Set<String> names, Map<String, KindModel> kinds) {
    String name = parameter.getSimpleName().toString();
    if (mirrors.get(parameter, Pc.class).isPresent()) {
      return new Parameter.Address(name);
    }
    if (mirrors.get(parameter, Next.class).isPresent()) {
      return new Parameter.Following(name);
    }
    if (mirrors.get(parameter, Count.class).isPresent()) {
      return new Parameter.Count(name);
    }
    Optional<TypeElement> kind = kindAnnotation(parameter);
    boolean index = mirrors.get(parameter, Index.class).isPresent();
    if (kind.isEmpty() && !index) {
      return new Parameter.LocalVariable(name, localOf(parameter));
    }
    if (!names.contains(name)) {
      throw new ModelException(parameter, "the encoding has no field '%s'".formatted(name));
    }
    if (index) {
      return switch (operands) {
        case PACKED -> new Parameter.Number(name);
        case LISTED ->
            new Parameter.Name(
                name,
                anyResult.orElseThrow(
                    () -> new ModelException(parameter, "the architecture names no result kind")));
      };
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

  private KindModel kindOf(ExecutableElement method, Map<String, KindModel> kinds) {
    Optional<TypeElement> own = kindAnnotation(method);
    if (own.isEmpty()) {
      return requireNonNull(fields.get(ListedInstruction.RESULT)).kind();
    }
    KindModel kind = kind(own.get());
    kinds.put(ListedInstruction.RESULT, kind);
    return kind;
  }

  private Result result(ExecutableElement method) {
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
    return type.getKind().isPrimitive() ? Result.VALUE : Result.TRAP;
  }

  private String documentation(Element element) {
    String text = environment.getElementUtils().getDocComment(element);
    return text == null ? "" : text.strip();
  }
}
