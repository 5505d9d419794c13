package hospes.engine.processor;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;

/// The bodies of instruction methods, as the compiler read them.
///
/// The interpreter's loop is too large for HotSpot to inline a call for each instruction (it stops
/// at 8,000 bytecodes in sum), so bodies that are a single expression are spliced into the loop as
/// source text.
final class MethodBodies {
  private final Trees trees;

  MethodBodies(ProcessingEnvironment environment) {
    trees = Trees.instance(environment);
  }

  /// The expression that a method's body consists of; empty where the body is more than that.
  Optional<String> expression(ExecutableElement method) {
    MethodTree tree = trees.getTree(method);
    if (tree == null || tree.getBody() == null) {
      return Optional.empty();
    }
    List<? extends StatementTree> statements = tree.getBody().getStatements();
    if (statements.size() != 1) {
      return Optional.empty();
    }
    return switch (statements.getFirst()) {
      case ReturnTree result when result.getExpression() != null ->
          Optional.of(result.getExpression().toString());
      case ExpressionStatementTree effect -> Optional.of(effect.getExpression().toString());
      default -> Optional.empty();
    };
  }
}
