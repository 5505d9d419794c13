package hospes.conformance.tiers;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// The tiers for a class with [EveryTier]. The property `hospes.tests.left.out` says `slow` where
/// slow ones are left out.
final class TierArguments implements ArgumentsProvider, AnnotationConsumer<EveryTier> {
  private final Set<Tier> tiers = EnumSet.allOf(Tier.class);

  @Override
  public void accept(EveryTier annotation) {
    tiers.removeAll(List.of(annotation.except()));
    if (System.getProperty("hospes.tests.left.out", "").equals("slow")) {
      tiers.removeAll(List.of(annotation.slow()));
    }
  }

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return tiers.stream().map(Arguments::of);
  }
}
