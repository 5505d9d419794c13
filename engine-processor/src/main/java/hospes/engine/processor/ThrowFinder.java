package hospes.engine.processor;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Name;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/// Finds instruction methods that throw, as the compiler read them.
final class ThrowFinder {
  private final ProcessingEnvironment environment;
  private final Trees trees;

  ThrowFinder(ProcessingEnvironment environment) {
    this.environment = environment;
    trees = Trees.instance(environment);
  }

  /// Whether a method throws, or calls a static one of its package that does. Calls of objects are
  /// not followed: whoever has the state, or memory, is taken to trap anyway.
  boolean mayThrow(ExecutableElement method) {
    return mayThrow(method, new HashSet<>());
  }

  private boolean mayThrow(ExecutableElement method, Set<ExecutableElement> seen) {
    MethodTree tree = seen.add(method) ? trees.getTree(method) : null;
    if (tree == null || tree.getBody() == null) {
      return false;
    }
    List<ExpressionTree> calls = new ArrayList<>();
    Boolean thrown =
        new TreeScanner<Boolean, @Nullable Void>() {
          @Override
          public Boolean visitThrow(ThrowTree node, @Nullable Void none) {
            return true;
          }

          @Override
          public Boolean visitMethodInvocation(MethodInvocationTree node, @Nullable Void none) {
            calls.add(node.getMethodSelect());
            return super.visitMethodInvocation(node, none);
          }

          @Override
          public Boolean reduce(Boolean one, Boolean other) {
            return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
          }
        }.scan(tree.getBody(), null);
    return Boolean.TRUE.equals(thrown)
        || calls.stream()
            .flatMap(call -> called(method, call))
            .anyMatch(callee -> mayThrow(callee, seen));
  }

  /// The static methods that a call may mean. Nothing is attributed yet, so they are looked for by
  /// name.
  private Stream<ExecutableElement> called(ExecutableElement caller, ExpressionTree call) {
    return switch (call) {
      case IdentifierTree own ->
          statics((TypeElement) requireNonNull(caller.getEnclosingElement()), own.getName());
      case MemberSelectTree member when member.getExpression() instanceof IdentifierTree type -> {
        PackageElement room = environment.getElementUtils().getPackageOf(caller);
        TypeElement owner =
            environment.getElementUtils().getTypeElement(room + "." + type.getName());
        yield owner == null ? Stream.empty() : statics(owner, member.getIdentifier());
      }
      default -> Stream.empty();
    };
  }

  private static Stream<ExecutableElement> statics(TypeElement type, Name name) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(method -> method.getModifiers().contains(Modifier.STATIC))
        .filter(method -> method.getSimpleName().equals(name));
  }
}
