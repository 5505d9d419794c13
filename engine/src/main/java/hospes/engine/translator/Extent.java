package hospes.engine.translator;

/// How large regions may become.
public enum Extent {
  /// As large as is best for what is executed often.
  WHOLE,
  /// Half of that, for code of which the whole is too much.
  HALF;

  int of(int limit) {
    return switch (this) {
      case WHOLE -> limit;
      case HALF -> Math.max(1, limit / 2);
    };
  }
}
