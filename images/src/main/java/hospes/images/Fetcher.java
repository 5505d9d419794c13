package hospes.images;

import hospes.images.ImageException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// Reads files from a mirror, over http, https or from a file system.
final class Fetcher implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /// What a mirror sends.
  ///
  /// @param start the offset in the file at which the body starts: 0 if the mirror does not resume
  record Answer(InputStream body, long start) {}

  private final HttpClient client;
  private final Duration patience;

  /// @param environment names proxies, as in `http_proxy`
  /// @param patience for how long a mirror may send nothing
  Fetcher(Map<String, String> environment, Duration patience) {
    this.patience = patience;
    client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(new EnvironmentProxies(environment))
            .build();
  }

  /// Reads a small file whole.
  ///
  /// @param limit bytes that it may have
  byte[] fetch(URI uri, int limit) throws ImageException {
    try (InputStream in = new LimitedInputStream(open(uri, 0).body(), limit, uri.toString())) {
      var out = new ByteArrayOutputStream();
      in.transferTo(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw unreachable(uri, e);
    }
  }

  /// Opens a file at an offset, if the mirror can; otherwise at its start.
  ///
  /// @throws ImageException if the mirror answers with an error
  /// @throws IOException if it cannot be reached
  Answer open(URI uri, long from) throws ImageException, IOException {
    return "file".equals(uri.getScheme().toLowerCase(Locale.ROOT))
        ? openFile(uri, from)
        : openHttp(uri, from);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  static ImageException unreachable(URI uri, IOException e) {
    return new ImageException(
        Reason.UNREACHABLE,
        "cannot fetch %s: %s. Is this machine online? --mirror URL chooses another mirror"
            .formatted(uri, why(e)),
        e);
  }

  /// The HTTP client's own errors often have no message.
  private static String why(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "the host's name cannot be resolved";
      }
    }
    if (e instanceof HttpTimeoutException) {
      return "there is no answer";
    }
    if (e instanceof ConnectException) {
      return "the connection is refused";
    }
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  private static Answer openFile(URI uri, long from) throws ImageException, IOException {
    try {
      InputStream in = Files.newInputStream(Path.of(uri));
      in.skipNBytes(from);
      return new Answer(in, from);
    } catch (NoSuchFileException e) {
      throw new ImageException(Reason.BAD_MIRROR, "the mirror has no file " + uri, e);
    }
  }

  private Answer openHttp(URI uri, long from) throws ImageException, IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT).header("User-Agent", "hospes").GET();
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    HttpResponse<InputStream> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImageException(Reason.INTERRUPTED, "interrupted while fetching " + uri, e);
    }
    InputStream body = new PatientInputStream(response.body(), patience);
    if (response.statusCode() == 200) {
      return new Answer(body, 0);
    }
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (response.statusCode() == 206 && range.startsWith("bytes " + from + "-")) {
      return new Answer(body, from);
    }
    body.close();
    if (from > 0 && (response.statusCode() == 206 || response.statusCode() == 416)) {
      // The mirror does not agree that the file has such a part: start again.
      return openHttp(uri, 0);
    }
    throw new ImageException(
        Reason.BAD_MIRROR,
        "the mirror answers %d for %s. Is it a mirror of the Debian archive? --mirror URL chooses another"
            .formatted(response.statusCode(), uri));
  }
}
