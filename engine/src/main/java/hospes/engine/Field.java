package hospes.engine;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A field of an instruction word.
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface Field {
  /// As encodings write it.
  String name();

  /// Bits; 0 where encodings always say which bits they hold.
  int width() default 0;

  /// Added to the field's bits: 8 for a compressed register.
  int offset() default 0;

  /// What the field means, where the instruction method does not say otherwise.
  Class<?> kind();
}
