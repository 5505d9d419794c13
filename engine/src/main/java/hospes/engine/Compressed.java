package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Short encodings of instructions that are defined elsewhere: `c.mv rd, rs2 : 1000 rd!=0 rs2!=0 10
/// => add rd, x0, rs2`.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE})
public @interface Compressed {
  /// Text, encoding and expansion of each.
  String[] value();
}
