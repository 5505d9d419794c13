package hospes.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestFinisherTest {
  private final List<String> log = new ArrayList<>();
  private final TestFinisher finisher =
      new TestFinisher(
          "test",
          new PowerControl() {
            @Override
            public void powerOff(int exitCode) {
              log.add("off " + exitCode);
            }

            @Override
            public void reset() {
              log.add("reset");
            }
          });

  @Test
  void passFailAndResetReachThePowerSwitch() {
    finisher.write(0, 4, TestFinisher.PASS);
    finisher.write(0, 4, 42 << 16 | TestFinisher.FAIL);
    finisher.write(0, 4, 0xffff_3333L);
    finisher.write(0, 4, TestFinisher.RESET);
    assertEquals(List.of("off 0", "off 42", "off 65535", "reset"), log);
  }

  @Test
  void failureIsNeverReportedAsSuccess() {
    finisher.write(0, 4, TestFinisher.FAIL);
    assertEquals(List.of("off 1"), log);
  }

  @Test
  void anythingElseIsIgnored() {
    finisher.write(0, 4, 0x1234);
    finisher.write(4, 4, TestFinisher.PASS);
    assertEquals(0, finisher.read(0, 4));
    assertEquals(List.of(), log);
  }
}
