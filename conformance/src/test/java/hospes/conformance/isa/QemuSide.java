package hospes.conformance.isa;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs streams in Debian's `qemu-riscv64`, one process for many.
final class QemuSide implements AutoCloseable {
  private final Path errors;
  private final Path runner;
  private Process process;
  private OutputStream requests;
  private DataInputStream answers;

  /// Compiles the runner into `directory` and starts it.
  QemuSide(Path directory) throws IOException {
    runner = directory.resolve("stream-runner");
    errors = directory.resolve("qemu-errors");
    Path source = CrossTools.resource(directory, "stream-runner.c");
    CrossTools.run(
        directory.resolve("compiler-output"),
        List.of(
            "riscv64-linux-gnu-gcc",
            "-O1",
            "-static",
            "-nostdlib",
            "-fno-builtin",
            "-o",
            runner.toString(),
            source.toString()));
    process = start();
    requests = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
    answers = new DataInputStream(process.getInputStream());
  }

  private Process start() throws IOException {
    return CrossTools.start(errors, List.of("qemu-riscv64", "-cpu", "rv64", runner.toString()));
  }

  /// Starts QEMU anew, after a stream that ended it.
  void restart() throws IOException {
    close();
    process = start();
    requests = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
    answers = new DataInputStream(process.getInputStream());
  }

  /// The digests of all rounds of some streams.
  ///
  /// @param codes the streams' code
  long[] digests(List<Stream> streams, List<StreamCode.Assembled> codes) throws IOException {
    for (int i = 0; i < streams.size(); i++) {
      send(streams.get(i), codes.get(i), 0);
    }
    flush();
    int rounds = streams.stream().mapToInt(stream -> stream.states().size()).sum();
    long[] digests = new long[rounds];
    ByteBuffer.wrap(receive(rounds * Long.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer()
        .get(digests);
    return digests;
  }

  /// What each round of a stream leaves.
  List<Answer> answers(Stream stream, StreamCode.Assembled code) throws IOException {
    send(stream, code, 1);
    flush();
    List<Answer> all = new ArrayList<>();
    for (int i = 0; i < stream.states().size(); i++) {
      all.add(Answer.of(receive(Answer.BYTES)));
    }
    return all;
  }

  private void send(Stream stream, StreamCode.Assembled code, int full) throws IOException {
    ByteBuffer request =
        ByteBuffer.allocate(
                16
                    + code.bytes().length
                    + Layout.WINDOW_BYTES
                    + stream.states().size() * Layout.STATE_WORDS * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    request
        .putInt(code.bytes().length)
        .putInt(stream.codeOffset())
        .putInt(stream.states().size())
        .putInt(full)
        .put(code.bytes())
        .put(stream.window());
    for (long[] state : stream.states()) {
      for (long word : state) {
        request.putLong(word);
      }
    }
    requests.write(request.array());
  }

  private void flush() throws IOException {
    requests.write(new byte[16]);
    requests.flush();
  }

  private byte[] receive(int bytes) throws IOException {
    byte[] answer = new byte[bytes];
    try {
      answers.readFully(answer);
    } catch (IOException died) {
      String complaint = Files.readString(errors).strip();
      throw new IOException(
          "QEMU ended: " + (complaint.isEmpty() ? "by a signal" : complaint), died);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    try {
      requests.close();
    } catch (IOException alreadyDead) {
      // Its end was reported where it mattered.
    }
    process.destroy();
    CrossTools.finish(process);
  }
}
