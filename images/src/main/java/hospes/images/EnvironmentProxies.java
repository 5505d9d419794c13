package hospes.images;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The proxies that the environment names, by the custom of Unix programs: `http_proxy`,
/// `https_proxy`, `no_proxy`.
final class EnvironmentProxies extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String proxy = variable(scheme + "_proxy");
    if (proxy.isEmpty()
        || uri.getHost() == null
        || isExempt(uri.getHost().toLowerCase(Locale.ROOT))) {
      return DIRECT;
    }
    try {
      var address = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
      if (address.getHost() == null) {
        return DIRECT;
      }
      int port = address.getPort() < 0 ? 80 : address.getPort();
      return List.of(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port)));
    } catch (URISyntaxException e) {
      return DIRECT;
    }
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // The request fails too, and its failure is what the user is told.
  }

  private boolean isExempt(String host) {
    for (String part : variable("no_proxy").split(",")) {
      String name = part.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      if (name.equals("*") || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))) {
        return true;
      }
    }
    return false;
  }

  private String variable(String name) {
    String value = environment.get(name);
    return value != null
        ? value.strip()
        : environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip();
  }
}
