package hospes.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import hospes.images.ImageException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  private static final byte[] FILE = new byte[300_000];
  private static final String HASH;

  static {
    new Random(1).nextBytes(FILE);
    HASH = Sha256.of(FILE);
  }

  @TempDir Path directory;
  private final List<String> ranges = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server = server();

  @BeforeEach
  void start() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
  }

  @Test
  void aPartThatIsThereIsContinued() throws Exception {
    serve(this::sendRange);
    Files.write(directory.resolve(HASH + ".part"), Arrays.copyOf(FILE, 100_000));
    assertArrayEquals(FILE, Files.readAllBytes(get()));
    assertEquals(List.of("bytes=100000-"), ranges);
  }

  @Test
  void aMirrorThatCannotContinueStartsAgain() throws Exception {
    serve(exchange -> send(exchange, 200, FILE, FILE.length));
    Files.write(directory.resolve(HASH + ".part"), Arrays.copyOf(FILE, 100_000));
    assertArrayEquals(FILE, Files.readAllBytes(get()));
  }

  @Test
  void aBrokenConnectionIsTakenUpWhereItBroke() throws Exception {
    serve(
        exchange -> {
          if (ranges.size() == 1) {
            send(exchange, 200, Arrays.copyOf(FILE, 150_000), FILE.length);
          } else {
            sendRange(exchange);
          }
        });
    assertArrayEquals(FILE, Files.readAllBytes(get()));
    assertEquals(2, ranges.size());
    assertTrue(ranges.getLast().startsWith("bytes="), ranges.toString());
  }

  @Test
  void aPartThatIsDamagedIsFetchedAgain() throws Exception {
    serve(this::sendRange);
    Files.write(directory.resolve(HASH + ".part"), new byte[100_000]);
    assertArrayEquals(FILE, Files.readAllBytes(get()));
    assertEquals(List.of("bytes=100000-", "none"), ranges);
  }

  @Test
  void aFileThatIsDamagedIsFetchedAgain() throws Exception {
    serve(this::sendRange);
    byte[] damaged = FILE.clone();
    damaged[7] ^= 1;
    Files.write(directory.resolve(HASH), damaged);
    assertArrayEquals(FILE, Files.readAllBytes(get()));
    get();
    assertEquals(List.of("none"), ranges);
  }

  @Test
  void aWrongFileIsRefusedAndNotKept() throws Exception {
    serve(exchange -> send(exchange, 200, new byte[FILE.length], FILE.length));
    refused(Reason.HASH_MISMATCH);
    serve(exchange -> send(exchange, 200, new byte[FILE.length + 1], FILE.length + 1));
    refused(Reason.HASH_MISMATCH);
    assertFalse(Files.exists(directory.resolve(HASH)));
    assertFalse(Files.exists(directory.resolve(HASH + ".part")));
  }

  @Test
  void aFileOfAnotherSizeIsToldFromABrokenConnection() throws Exception {
    for (int length : List.of(FILE.length - 1, FILE.length + 1)) {
      ranges.clear();
      serve(exchange -> send(exchange, 200, new byte[length], length));
      assertTrue(refused(Reason.HASH_MISMATCH).contains(sizes(length)));
      assertEquals(List.of("none"), ranges, "asking again would not help");
      serve(exchange -> sendChunked(exchange, length));
      assertTrue(
          refused(Reason.HASH_MISMATCH)
              .contains(length < FILE.length ? sizes(length) : "more than 300000 bytes"));
      assertEquals(List.of("none", "none"), ranges, "asking again would not help");
      assertEquals(List.of(), files());
    }
  }

  @Test
  void aPartIsNotContinuedWithAFileOfAnotherSize() throws Exception {
    byte[] part = Arrays.copyOf(FILE, 100_000);
    Files.write(directory.resolve(HASH + ".part"), part);
    serve(exchange -> sendRange(exchange, new byte[FILE.length - 1]));
    assertTrue(refused(Reason.HASH_MISMATCH).contains(sizes(FILE.length - 1)));
    // It may still be a part of what is wanted, for when the mirror has that again.
    assertArrayEquals(part, Files.readAllBytes(directory.resolve(HASH + ".part")));
    serve(this::sendRange);
    assertArrayEquals(FILE, Files.readAllBytes(get()));
    assertEquals(List.of("bytes=100000-", "bytes=100000-"), ranges);
  }

  @Test
  void aFileThatIsShorterThanThePartOrOfAnotherSizeIsFoundOutInAFileSystemToo() throws Exception {
    Files.write(directory.resolve(HASH + ".part"), Arrays.copyOf(FILE, 100_000));
    for (int length : List.of(0, 99_999, 200_000, FILE.length + 1)) {
      Path file = Files.write(directory.resolve("file"), new byte[length]);
      ImageException e = assertThrows(ImageException.class, () -> get(file.toUri()));
      assertEquals(Reason.HASH_MISMATCH, e.reason(), e.getMessage());
      assertTrue(e.getMessage().contains(sizes(length)), e.getMessage());
    }
    Path file = Files.write(directory.resolve("file"), FILE);
    assertArrayEquals(FILE, Files.readAllBytes(get(file.toUri())));
  }

  @Test
  void aConnectionThatAlwaysEndsEarlyIsCalledThat() throws Exception {
    serve(exchange -> send(exchange, 200, Arrays.copyOf(FILE, 150_000), FILE.length));
    String message = refused(Reason.UNREACHABLE);
    assertTrue(message.contains("the connection ended early"), message);
    assertEquals("none", ranges.removeFirst());
    assertFalse(ranges.isEmpty(), "it was resumed");
    assertTrue(ranges.stream().allMatch(range -> range.startsWith("bytes=")), ranges.toString());
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    serve(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/file")) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            send(exchange, 302, new byte[0], 0);
          } else {
            sendRange(exchange);
          }
        });
    assertArrayEquals(FILE, Files.readAllBytes(get()));
  }

  @Test
  void aMirrorWithoutTheFileIsToldFromOneThatIsAway() throws Exception {
    serve(exchange -> send(exchange, 404, new byte[0], 0));
    assertTrue(refused(Reason.BAD_MIRROR).contains("404"));
    server.stop(0);
    assertTrue(refused(Reason.UNREACHABLE).contains("the connection is refused"));
    ImageException e = assertThrows(ImageException.class, this::get);
    assertEquals(Optional.of(ImageException.Remedy.OTHER_MIRROR), e.remedy());
  }

  @Test
  void aMirrorThatFallsSilentIsGivenUp() throws Exception {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, FILE.length);
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    String message = refused(Reason.UNREACHABLE);
    assertTrue(message.contains("sent nothing"), message);
  }

  private Path get() throws ImageException {
    return get(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file"));
  }

  private Path get(URI uri) throws ImageException {
    try (var fetcher = new Fetcher(Map.of(), Duration.ofMillis(500))) {
      var downloads = new Downloads(directory, fetcher, ProgressListener.none());
      return downloads.get(uri, FILE.length, HASH, "file");
    }
  }

  private String refused(Reason reason) {
    ImageException e = assertThrows(ImageException.class, this::get);
    assertEquals(reason, e.reason(), e.getMessage());
    return e.getMessage();
  }

  private static String sizes(int length) {
    return "has %d bytes instead of %d".formatted(length, FILE.length);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve(HttpHandler handler) {
    try {
      server.removeContext("/");
    } catch (IllegalArgumentException first) {
      // Nothing was served before.
    }
    server.createContext(
        "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(range == null ? "none" : range);
          handler.handle(exchange);
          exchange.close();
        });
  }

  private void sendRange(HttpExchange exchange) throws IOException {
    sendRange(exchange, FILE);
  }

  private static void sendRange(HttpExchange exchange, byte[] file) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, file, file.length);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    send(exchange, 206, Arrays.copyOfRange(file, from, file.length), file.length - from);
  }

  /// A complete answer whose length is not known before it ends.
  private static void sendChunked(HttpExchange exchange, int length) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(new byte[length]);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body, int announced)
      throws IOException {
    exchange.sendResponseHeaders(status, announced == 0 ? -1 : announced);
    if (announced > 0) {
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
  }
}
