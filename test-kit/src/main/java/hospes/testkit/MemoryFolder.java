package hospes.testkit;

import hospes.machine.Ask;
import hospes.machine.AskSink;
import hospes.machine.Delivery;
import hospes.machine.Inbox;
import hospes.machine.PortName;
import hospes.machine.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A folder in memory, as a machine reaches it through its ports: takes what is asked, and answers
/// when it is told to.
public final class MemoryFolder implements AskSink {
  /// A question.
  public record Asked(PortName port, long request, Ask what) {}

  private final Map<String, byte[]> files;
  private final List<Asked> open = new ArrayList<>();
  private Optional<Reply> always = Optional.empty();
  private final StringBuilder script = new StringBuilder();

  /// @param files by their names; it changes
  public MemoryFolder(Map<String, byte[]> files) {
    this.files = files;
  }

  /// The files, by their names.
  public Map<String, byte[]> files() {
    return files;
  }

  /// Questions without an answer.
  public List<Asked> open() {
    return open;
  }

  /// Answers everything from now on with this, if with anything.
  public void answerAlways(Optional<Reply> reply) {
    always = reply;
  }

  /// Another one with the same files.
  public MemoryFolder copy() {
    return new MemoryFolder(new HashMap<>(files));
  }

  @Override
  public void ask(PortName port, long request, Ask what) {
    open.add(new Asked(port, request, what));
  }

  /// Answers all questions; false where there are none.
  public boolean serve(Inbox inbox) {
    List<Asked> served = List.copyOf(open);
    open.clear();
    for (Asked one : served) {
      Reply reply =
          always.orElseGet(
              () -> one.port().equals(PortName.FILES) ? file(one.what()) : write(one.what()));
      inbox.post(Delivery.answer(one.port(), one.request(), reply));
    }
    return !served.isEmpty();
  }

  /// What was typed.
  public String script() {
    return script.toString();
  }

  private Reply write(Ask what) {
    if (what instanceof Ask.WriteAt(String path, long position, byte[] bytes)
        && path.isEmpty()
        && position == Ask.AT_END) {
      script.append(new String(bytes, StandardCharsets.UTF_8));
      return new Reply.Done();
    }
    throw new AssertionError("the script was asked for " + what);
  }

  private Reply file(Ask what) {
    return switch (what) {
      case Ask.Stat(String path) ->
          files.containsKey(path)
              ? new Reply.Facts(Reply.Kind.FILE, files.get(path).length)
              : refused(Reply.Problem.NOT_FOUND);
      case Ask.ReadAt(String path, long position, int length) ->
          files.containsKey(path)
              ? new Reply.Content(
                  Arrays.copyOfRange(
                      files.get(path),
                      (int) position,
                      (int) Math.min(position + length, files.get(path).length)))
              : refused(Reply.Problem.NOT_FOUND);
      case Ask.Replace(String path, byte[] content) -> {
        files.put(path, content);
        yield new Reply.Done();
      }
      case Ask.WriteAt(String path, long position, byte[] bytes) when position == Ask.AT_END -> {
        files.merge(path, bytes, MemoryFolder::joined);
        yield new Reply.Done();
      }
      default -> throw new AssertionError("the folder was asked for " + what);
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static Reply refused(Reply.Problem problem) {
    return new Reply.Refused(problem, "");
  }
}
