package hospes.conformance.tiers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// The tests of this class hold on every [Tier], which the constructor is given.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(TierArguments.class)
public @interface EveryTier {
  /// Tiers on which the tests take long: they run where the tests with the tag "slow" do.
  Tier[] slow() default {};

  /// Tiers on which the tests would take hours: they never run there.
  Tier[] except() default {};
}
