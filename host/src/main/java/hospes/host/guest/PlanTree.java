package hospes.host.guest;

import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.machine.Content;
import hospes.machine.Tree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files that a plan names, as a tree: each has the path `option/name`. Snapshots hold them,
/// and journals name them by their digests.
final class PlanTree implements Tree {
  /// By which a machine finds it among its resources.
  static final String NAME = "plan";

  private final Map<String, Content> files = new TreeMap<>();

  PlanTree(Plan plan) {
    plan.values()
        .forEach(
            (option, values) -> {
              for (Value value : values) {
                if (value instanceof Value.File(String name, Content content)) {
                  files.put(option + "/" + name, content);
                }
              }
            });
  }

  @Override
  public String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (path, content) ->
              sha256.update(
                  (path + "\n" + content.digest() + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public Optional<Content> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public List<String> paths() {
    return List.copyOf(files.keySet());
  }
}
