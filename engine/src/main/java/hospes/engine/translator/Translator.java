package hospes.engine.translator;

import hospes.engine.CodePage;
import hospes.engine.Core;
import hospes.engine.EngineMode;
import hospes.engine.Region;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Optional;

/// Makes regions: JVM methods out of guest code.
public final class Translator {
  private final OperationTable table;
  private final EngineDebugging debugging;
  private final CodeView.Reach reach;

  /// A translator for guests of one architecture.
  public Translator(OperationTable table, EngineMode mode, EngineDebugging debugging) {
    this.table = table;
    this.debugging = debugging;
    this.reach = mode == EngineMode.TRANSLATOR ? CodeView.Reach.ALL : CodeView.Reach.EXECUTED;
  }

  /// Decides what the region that begins at `address`, which lies in `page`, contains; empty where
  /// the instruction there cannot be translated.
  public Optional<Draft> draft(Core core, CodePage page, long address, Extent extent, Grade grade) {
    CodeView view = new CodeView(core, page, address, reach);
    return new RegionPlanner(table, view, extent.of(grade.limit()), grade.pages())
        .plan(slot(address))
        .map(plan -> new Draft(plan, view, grade));
  }

  /// The key of a region that begins at `address`, which lies in `page`.
  public RegionKey key(CodePage page, long address) {
    return RegionKey.of(table, page, slot(address));
  }

  /// The place of a region at `address`, which lies in `page`; empty where it would not do there
  /// what the code does.
  public Optional<Placement> place(RegionContent content, Core core, CodePage page, long address) {
    return content.entry() == slot(address)
        ? Placement.of(content, new CodeView(core, page, address, reach))
        : Optional.empty();
  }

  private int slot(long address) {
    return table.layout().slot(address);
  }

  /// Translates; may be called on any thread.
  ///
  /// @throws TranslationException if HotSpot would not compile the region
  public Translation translate(Draft draft) {
    RegionWriter writer = new RegionWriter(table, draft.plan(), draft.grade(), debugging);
    byte[] file = writer.write();
    int bytes = MethodSize.check(file);
    Region region = define(file);
    region.describe(writer.points());
    return new Translation(region, file, bytes);
  }

  /// Makes the class a neighbour of the instruction methods, so that it may do what they do.
  private Region define(byte[] file) {
    try {
      Lookup defined = table.lookup().defineHiddenClass(file, false);
      return (Region)
          defined
              .findConstructor(defined.lookupClass(), MethodType.methodType(void.class))
              .asType(MethodType.methodType(Region.class))
              .invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("a region's class cannot be made", e);
    }
  }
}
