package hospes.zmachine;

import hospes.formats.blorb.BlorbFile;
import hospes.formats.blorb.BlorbResource;
import hospes.formats.blorb.StoryMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a story's header and its Blorb file tell. Z-Machine Standards 1.1, 11.
final class StoryFacts {
  private static final int FLAGS1 = 0x01;
  private static final int HIGH_MEMORY = 0x04;
  private static final int INITIAL_PC = 0x06;
  private static final int DICTIONARY = 0x08;
  private static final int OBJECTS = 0x0a;
  private static final int GLOBALS = 0x0c;
  private static final int FLAGS2 = 0x10;
  private static final int ABBREVIATIONS = 0x18;
  private static final int COMPILER = 0x3c;
  private static final int TIME_GAME = 2;

  private final Story story;
  private final Map<String, String> facts = new LinkedHashMap<>();

  private StoryFacts(Story story) {
    this.story = story;
  }

  /// What is known of a story, by name, in the order in which it is told.
  ///
  /// @param fileBytes size of the file that it is in
  static Map<String, String> of(StoryFile file, long fileBytes) {
    Story story = file.story();
    Optional<BlorbFile> container = file.container();
    StoryFacts told = new StoryFacts(story);
    told.container(container);
    told.identity(container.flatMap(BlorbFile::metadata));
    told.memory(container.isPresent() ? 0 : fileBytes - story.length());
    return told.facts;
  }

  private void container(Optional<BlorbFile> container) {
    facts.put(
        "kind", "a story for the Z-machine" + (container.isPresent() ? ", in a Blorb file" : ""));
    container.flatMap(BlorbFile::metadata).ifPresent(this::bibliography);
    container.ifPresent(file -> facts.put("resources", resources(file)));
  }

  private void bibliography(StoryMetadata metadata) {
    for (String name :
        List.of("title", "headline", "author", "genre", "firstpublished", "description")) {
      metadata
          .fact(name)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> facts.put(name.equals("firstpublished") ? "published" : name, text));
    }
  }

  private static String resources(BlorbFile file) {
    Map<BlorbResource.Usage, Long> count =
        file.resources().stream()
            .collect(Collectors.groupingBy(BlorbResource::usage, Collectors.counting()));
    List<String> parts = new ArrayList<>();
    for (BlorbResource.Usage usage : BlorbResource.Usage.values()) {
      long number = count.getOrDefault(usage, 0L);
      if (number != 0 && usage != BlorbResource.Usage.EXECUTABLE) {
        parts.add("%d %s".formatted(number, usage.name().toLowerCase(Locale.ROOT)));
      }
    }
    return parts.isEmpty()
        ? "the story only"
        : String.join(", ", parts) + " (Hospes shows no pictures and plays no sounds)";
  }

  private void identity(Optional<StoryMetadata> metadata) {
    facts.put("version", String.valueOf(story.version()));
    facts.put("release", String.valueOf(story.release()));
    facts.put("serial", story.serial());
    facts.put(
        "ifid",
        metadata
            .flatMap(known -> known.ifids().stream().findFirst())
            .orElseGet(() -> Ifid.of(story)));
    compiler().ifPresent(version -> facts.put("compiler", "Inform " + version));
  }

  /// Inform has written its version there since 6.0, such as `6.36`.
  private Optional<String> compiler() {
    StringBuilder version = new StringBuilder();
    for (int i = COMPILER; i < COMPILER + 4; i++) {
      version.append((char) story.byteAt(i));
    }
    return Optional.of(version.toString()).filter(text -> text.matches("[5-9]\\.[0-9N][0-9]"));
  }

  private void memory(long padding) {
    facts.put(
        "size",
        "%d bytes".formatted(story.length())
            + (padding > 0 ? ", and %d of padding".formatted(padding) : ""));
    facts.put("checksum", checksum());
    facts.put("dynamic memory", "0x0 to %s".formatted(hex(story.staticBase())));
    facts.put("static memory", "from " + hex(story.staticBase()));
    facts.put("high memory", "from " + hex(story.wordAt(HIGH_MEMORY)));
    facts.put("code", "begins at " + hex(story.wordAt(INITIAL_PC)));
    facts.put("dictionary", "at " + hex(story.wordAt(DICTIONARY)));
    facts.put("objects", "at " + hex(story.wordAt(OBJECTS)));
    facts.put("globals", "at " + hex(story.wordAt(GLOBALS)));
    facts.put(
        "abbreviations", story.version() == 1 ? "none" : "at " + hex(story.wordAt(ABBREVIATIONS)));
    facts.put("uses", uses());
  }

  private String checksum() {
    int told = story.checksum();
    int computed = story.computedChecksum();
    if (told == computed) {
      return "%s, correct".formatted(hex(told));
    }
    return told == 0
        ? "not told; the story's is %s".formatted(hex(computed))
        : "WRONG: the header tells %s, the story's is %s; the file is damaged or was patched"
            .formatted(hex(told), hex(computed));
  }

  /// What the story tells that it uses (11.1.2): of some of it, only from version 5.
  private String uses() {
    List<String> uses = new ArrayList<>();
    if (story.version() <= 3) {
      uses.add((story.byteAt(FLAGS1) & TIME_GAME) != 0 ? "a clock" : "score and moves");
    }
    int flags = story.wordAt(FLAGS2);
    List<String> names =
        List.of("", "", "", "pictures", "undo", "a mouse", "colours", "sounds", "menus");
    for (int bit = 3; bit < names.size() && story.version() >= 5; bit++) {
      if ((flags >> bit & 1) != 0) {
        uses.add(names.get(bit));
      }
    }
    return uses.isEmpty() ? "text only" : String.join(", ", uses);
  }

  private static String hex(int address) {
    return "0x%x".formatted(address);
  }
}
