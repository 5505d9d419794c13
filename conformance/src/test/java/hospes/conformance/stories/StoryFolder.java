package hospes.conformance.stories;

import hospes.machine.Ask;
import hospes.machine.AskSink;
import hospes.machine.Delivery;
import hospes.machine.Inbox;
import hospes.machine.PortName;
import hospes.machine.Reply;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/// A folder in memory, and what a story asks of it.
final class StoryFolder implements AskSink {
  private record Asked(PortName port, long request, Ask what) {}

  private final Map<String, byte[]> files;
  private final Deque<Asked> open = new ArrayDeque<>();

  StoryFolder(Map<String, byte[]> files) {
    this.files = files;
  }

  Map<String, byte[]> files() {
    return files;
  }

  @Override
  public void ask(PortName port, long request, Ask what) {
    open.add(new Asked(port, request, what));
  }

  /// Answers all questions; false where there are none.
  boolean serve(Inbox inbox) {
    boolean any = !open.isEmpty();
    while (!open.isEmpty()) {
      Asked next = open.remove();
      inbox.post(Delivery.answer(next.port(), next.request(), answer(next.what())));
    }
    return any;
  }

  private Reply answer(Ask what) {
    return switch (what) {
      case Ask.Stat(String path) when files.containsKey(path) ->
          new Reply.Facts(Reply.Kind.FILE, files.get(path).length);
      case Ask.ReadAt(String path, long _, int _) when files.containsKey(path) ->
          new Reply.Content(files.get(path));
      case Ask.Replace(String path, byte[] content) -> {
        files.put(path, content);
        yield new Reply.Done();
      }
      case Ask.WriteAt(String path, long _, byte[] bytes) -> {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(files.getOrDefault(path, new byte[0]));
        all.writeBytes(bytes);
        files.put(path, all.toByteArray());
        yield new Reply.Done();
      }
      default -> new Reply.Refused(Reply.Problem.NOT_FOUND, "there is no such file");
    };
  }
}
