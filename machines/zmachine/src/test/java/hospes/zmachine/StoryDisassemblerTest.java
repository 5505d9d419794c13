package hospes.zmachine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Listings of stories: every routine that the code names, each instruction once.
class StoryDisassemblerTest {
  private static final int CODE = 0x260;

  @Test
  void theHeadingSaysWhatStoryItIs() throws Exception {
    assertEquals(
        "game:     Z-machine story, version 5, release 7, serial 991231",
        listing("b0").lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void aBranchBeyondTheEndKeepsTheRoutineGoing() throws Exception {
    assertEquals(
        """
        00260 <main>:
          260:  a0 10 c3                  jz g0 ?0x264
          263:  b0                        rtrue
          264:  b1                        rfalse
        """,
        routines("a010c3 b0 b1"));
  }

  @Test
  void aRoutineIsFoundThroughItsCall() throws Exception {
    assertEquals(
        """
        00260 <main>:
          260:  8f 00 9a                  call_1n #9a
          263:  b0                        rtrue

        00268 <routine>: 1 local
          269:  ab 01                     ret local0
        """,
        routines("8f009a b0 00000000 01 ab01"));
  }

  @Test
  void branchesThatReturnSaySo() throws Exception {
    assertEquals(
        """
        00260 <main>:
          260:  a0 10 c0                  jz g0 ?rfalse
          263:  a0 10 41                  jz g0 ?~rtrue
          266:  b0                        rtrue
        """,
        routines("a010c0 a01041 b0"));
  }

  @Test
  void whatIsNoInstructionEndsTheRoutine() throws Exception {
    assertEquals(
        """
        00260 <main>:
          260:  ?
        """,
        routines("00"));
  }

  @Test
  void anInstructionThatIsCutOffIsNone() throws Exception {
    assertEquals(
        """
        00260 <main>:
          260:  ?
        """,
        routines("8f00"));
  }

  private static String routines(String code) throws Exception {
    return listing(code.replace(" ", "")).lines().skip(3).reduce("", (a, b) -> a + b + "\n");
  }

  private static String listing(String code) throws StoryException, IOException {
    byte[] instructions = HexFormat.of().parseHex(code);
    byte[] story = new byte[CODE + instructions.length];
    story[Header.VERSION] = 5;
    put(story, Header.RELEASE, 7);
    put(story, Header.STATIC_BASE, CODE);
    put(story, Header.GLOBALS, 0x80);
    put(story, Header.INITIAL_PC, CODE);
    System.arraycopy("991231".getBytes(StandardCharsets.US_ASCII), 0, story, Header.SERIAL, 6);
    System.arraycopy(instructions, 0, story, CODE, instructions.length);
    StringBuilder out = new StringBuilder();
    new StoryDisassembler(Story.of(story)).disassemble("game", out);
    return out.toString();
  }

  private static void put(byte[] story, int address, int word) {
    story[address] = (byte) (word >>> 8);
    story[address + 1] = (byte) word;
  }
}
