package hospes.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a class that holds the instruction methods of one extension.
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE})
public @interface Extension {
  /// The extension's name in the manual.
  String value();

  /// A static method of the class, `@Nullable Trap guard(State)`, asked before each instruction:
  /// whether the extension is switched off.
  String guard() default "";

  /// Where the interpreter keeps these instructions.
  Place place() default Place.LOOP;

  /// Where the interpreter keeps instructions.
  enum Place {
    /// In the main loop.
    LOOP,
    /// Outside it, at the price of a call, so that the loop stays small.
    CALLED
  }
}
