package hospes.devices;

/// A wire whose level a test can look at.
public final class FakeLine implements InterruptLine {
  private Level level = Level.LOW;

  @Override
  public void set(Level newLevel) {
    level = newLevel;
  }

  /// Whether it is high.
  public boolean isHigh() {
    return level == Level.HIGH;
  }
}
