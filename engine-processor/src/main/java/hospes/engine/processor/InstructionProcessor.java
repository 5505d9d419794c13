package hospes.engine.processor;

import hospes.engine.Architecture;
import hospes.engine.DefinitionException;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/// Derives decoder, interpreter, instruction table and reference page from the instruction methods
/// of each class that is annotated with [Architecture].
@SupportedAnnotationTypes("hospes.engine.Architecture")
public final class InstructionProcessor extends AbstractProcessor {
  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element architecture : round.getElementsAnnotatedWith(Architecture.class)) {
      try {
        generate((TypeElement) architecture);
      } catch (DefinitionException badDefinition) {
        error(architecture, String.valueOf(badDefinition.getMessage()));
      } catch (ModelException badElement) {
        error(badElement.element(), String.valueOf(badElement.getMessage()));
      } catch (IOException failure) {
        error(architecture, "cannot write the generated code: " + failure.getMessage());
      }
    }
    return true;
  }

  private void generate(TypeElement element) throws IOException {
    ArchitectureModel model = new ModelReader(processingEnv).read(element);
    switch (model.operands()) {
      case PACKED -> {
        source(element, model.prefix() + "Decoder", new DecoderWriter(model).write());
        source(element, model.prefix() + "Instructions", new TableWriter(model).write());
      }
      case LISTED ->
          source(element, model.prefix() + "Instructions", new ListedTableWriter(model).write());
    }
    source(element, model.prefix() + "Interpreter", new InterpreterWriter(model).write());
    source(element, model.prefix() + "Operations", new OperationWriter(model).write());
    for (ExtensionModel extension : model.extensions()) {
      if (extension.isCalled()) {
        source(element, extension.generatedName(), new CalledWriter(model, extension).write());
      }
    }
    try (Writer out =
        processingEnv
            .getFiler()
            .createResource(
                StandardLocation.CLASS_OUTPUT,
                "",
                // Elsewhere it would make a package of its folder, which no two modules may have.
                "META-INF/reference/" + model.name() + ".md",
                element)
            .openWriter()) {
      out.write(new ReferenceWriter(model).write());
    }
  }

  private void source(TypeElement origin, String name, String text) throws IOException {
    String packageName =
        processingEnv.getElementUtils().getPackageOf(origin).getQualifiedName().toString();
    try (Writer out =
        processingEnv.getFiler().createSourceFile(packageName + "." + name, origin).openWriter()) {
      out.write("package " + packageName + ";\n\n" + text);
    }
  }

  private void error(Element element, String message) {
    processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, element);
  }
}
