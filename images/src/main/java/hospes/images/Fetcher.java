package hospes.images;

import hospes.images.ImageException.Reason;
import hospes.images.ImageException.Remedy;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
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
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads files from a mirror, over http, https or from a file system.
final class Fetcher implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /// What a mirror sends.
  ///
  /// @param start the offset in the file at which the body starts: 0 if the mirror does not resume
  /// @param length bytes of the whole file, if the mirror says so
  record Answer(InputStream body, long start, OptionalLong length) {}

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

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
        "cannot fetch %s: %s. Is this machine online?".formatted(uri, why(e)),
        Remedy.OTHER_MIRROR,
        e);
  }

  /// The HTTP client's own errors often have no message.
  private static String why(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "the host's name cannot be resolved";
      }
      if (cause instanceof EOFException) {
        return "the connection ended early";
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
      Path file = Path.of(uri);
      long length = Files.size(file);
      long start = from <= length ? from : 0;
      InputStream in = Files.newInputStream(file);
      in.skipNBytes(start);
      return new Answer(in, start, OptionalLong.of(length));
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
      return new Answer(body, 0, contentLength(response.headers()));
    }
    Matcher range =
        CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
    if (response.statusCode() == 206 && range.matches() && Long.parseLong(range.group(1)) == from) {
      return new Answer(body, from, number(range.group(2)));
    }
    body.close();
    if (from > 0 && (response.statusCode() == 206 || response.statusCode() == 416)) {
      // The mirror does not agree that the file has such a part: start again.
      return openHttp(uri, 0);
    }
    throw new ImageException(
        Reason.BAD_MIRROR,
        "the mirror answers %d for %s. Is it a mirror of the Debian archive?"
            .formatted(response.statusCode(), uri),
        Remedy.OTHER_MIRROR);
  }

  /// A body in chunks has no length that is known beforehand. RFC 9112, 6.3.
  private static OptionalLong contentLength(HttpHeaders headers) {
    return headers.firstValue("Transfer-Encoding").isPresent()
        ? OptionalLong.empty()
        : number(headers.firstValue("Content-Length").orElse(""));
  }

  private static OptionalLong number(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
