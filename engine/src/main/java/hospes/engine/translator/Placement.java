package hospes.engine.translator;

import hospes.engine.CodeLayout;
import hospes.engine.CodePage;
import hospes.engine.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A region's content at its place in a guest's memory.
public final class Placement {
  private final RegionContent content;
  private final SortedMap<Integer, CodePage> pages;

  private Placement(RegionContent content, SortedMap<Integer, CodePage> pages) {
    this.content = content;
    this.pages = pages;
  }

  /// A place where content would stand; empty where the core does not execute from all pages that
  /// it needs, or where memory says something else.
  static Optional<Placement> of(RegionContent content, CodeView view) {
    SortedMap<Integer, CodePage> pages = new TreeMap<>();
    for (int distance : content.pages()) {
      CodePage page = view.pageAt(distance);
      if (page == null) {
        return Optional.empty();
      }
      pages.put(distance, page);
    }
    Placement placement = new Placement(content, pages);
    return placement.isTrue() ? Optional.of(placement) : Optional.empty();
  }

  /// The page at a distance from the first one.
  CodePage page(int distance) {
    @Nullable CodePage page = pages.get(distance);
    if (page == null) {
      throw new IllegalStateException("a region lies in a page that it does not name");
    }
    return page;
  }

  /// The page in which the region begins.
  public CodePage home() {
    return page(0);
  }

  /// The slot in which it begins.
  public int slot() {
    return content.entry();
  }

  /// All pages that the region lies in.
  public List<CodePage> pages() {
    return List.copyOf(pages.values());
  }

  /// The other pages that the region lies in, by how many pages they are away from the first one.
  public SortedMap<Integer, CodePage> neighbours() {
    SortedMap<Integer, CodePage> neighbours = new TreeMap<>(pages);
    neighbours.remove(0);
    return neighbours;
  }

  /// Whether all pages are still kept true to memory.
  public boolean isWatched() {
    return pages.values().stream().noneMatch(CodePage::isDropped);
  }

  /// Whether memory holds the instructions that the region was made of.
  public boolean isTrue() {
    for (int i = 0; i < content.size(); i++) {
      CodeLayout layout = home().layout();
      CodePage page = page(layout.page(content.position(i)));
      int slot = layout.slotAt(content.position(i));
      if (page.instruction(slot) == Decoder.UNDECODED) {
        page.decode(slot);
      }
      if (page.instruction(slot) != content.instruction(i)
          || !Arrays.equals(page.operands(slot), content.operands(i))) {
        return false;
      }
    }
    return true;
  }

  /// What the region is made of here.
  public List<Stretch> stretches() {
    CodeLayout layout = home().layout();
    int[] places =
        IntStream.range(0, content.size())
            .boxed()
            .sorted(Comparator.comparingInt(content::position))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Stretch> stretches = new ArrayList<>();
    int from = content.position(places[0]);
    int to = from;
    for (int place : places) {
      int at = content.position(place);
      if (at > to + 1 || layout.page(at) != layout.page(from)) {
        stretches.add(stretch(from, to));
        from = at;
        to = at;
      }
      to = Math.max(to, at + layout.length(content.instruction(place)));
    }
    stretches.add(stretch(from, to));
    return stretches;
  }

  private Stretch stretch(int from, int to) {
    int distance = home().layout().page(from);
    int first = home().layout().slotAt(from);
    return new Stretch(page(distance), distance, first, first + to - from);
  }
}
