package hospes.engine.translator;

import hospes.engine.CodeLayout;
import hospes.engine.Decoder;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All operations of an architecture as the translator sees them. Generated code fills it.
public final class OperationTable {
  /// The name of the local variable that holds the state.
  static final String STATE = "core";

  private static final int OPERATIONS = 512;

  private final Lookup lookup;
  private final Class<?> state;
  private final CodeLayout layout;
  private final Map<String, String> locals = new LinkedHashMap<>();
  private final @Nullable Operation[] operations = new @Nullable Operation[OPERATIONS];
  private final @Nullable InstructionBody[] bodies = new @Nullable InstructionBody[OPERATIONS];

  private @Nullable Method interpreter;

  /// An empty table.
  ///
  /// @param lookup reaches the classes of instruction methods; translations become their neighbours
  /// @param state the class that holds the registers, a [hospes.engine.Core]
  /// @param layout how instructions lie in memory
  public OperationTable(Lookup lookup, Class<?> state, CodeLayout layout) {
    this.lookup = lookup;
    this.state = state;
    this.layout = layout;
  }

  /// Adds a local variable of the interpreter: what it is called, and the field of the state that
  /// it is taken from.
  public void local(String name, String field) {
    locals.put(name, field);
  }

  /// Sets the class whose method `run` is the interpreter's loop.
  public void interpreter(Class<?> owner) {
    interpreter =
        Arrays.stream(owner.getDeclaredMethods())
            .filter(method -> method.getName().equals("run"))
            .findFirst()
            .orElseThrow();
  }

  /// The interpreter's loop, if there is one.
  public Optional<Method> interpreter() {
    return Optional.ofNullable(interpreter);
  }

  /// Adds an operation.
  public void add(Operation operation) {
    operations[operation.number()] = operation;
  }

  Lookup lookup() {
    return lookup;
  }

  CodeLayout layout() {
    return layout;
  }

  Class<?> state() {
    return state;
  }

  /// The local variables of the interpreter.
  Set<String> locals() {
    return locals.keySet();
  }

  /// The field of the state behind a local variable of the interpreter.
  String field(String local) {
    String field = locals.get(local);
    if (field == null) {
      throw new IllegalArgumentException("there is no local variable " + local);
    }
    return field;
  }

  /// The operation of a packed instruction; `null` where regions cannot contain it.
  @Nullable Operation translatable(long instruction) {
    Operation operation = operations[(int) instruction & Decoder.OPERATION];
    return operation != null && operation.isTranslatable() ? operation : null;
  }

  /// The body of an operation's method.
  synchronized InstructionBody body(Operation operation) {
    InstructionBody body = bodies[operation.number()];
    if (body == null) {
      body = InstructionBody.read(operation);
      bodies[operation.number()] = body;
    }
    return body;
  }
}
