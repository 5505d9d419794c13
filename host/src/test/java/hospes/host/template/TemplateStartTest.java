package hospes.host.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.engine.EngineSettings;
import hospes.guests.Plan;
import hospes.guests.Value;
import hospes.host.guest.ClockMode;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestName;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Outcome.Ending;
import hospes.host.guest.RestoreOptions;
import hospes.host.guest.Starter;
import hospes.host.guest.Treatment;
import hospes.host.snapshot.SnapshotFile;
import hospes.images.ImageSettings;
import hospes.images.Images;
import hospes.images.TrainingImage;
import hospes.machine.Machine;
import hospes.machine.Snapshot;
import hospes.machine.StateRecord;
import hospes.virt.Hello;
import hospes.virt.Virt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Starts from templates of the tiny kernel that is part of Hospes.
@Timeout(120)
final class TemplateStartTest {
  @TempDir private Path folder;

  private final Host host = Host.open(new HostSettings(2));
  private final Told told = new Told();

  @AfterEach
  void closeHost() {
    host.close();
  }

  /// What a listener was told, in words.
  private static final class Told implements TemplateListener {
    private final List<String> all = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void making(String image) {
      all.add("making " + image);
    }

    @Override
    public void damaged(String image, String reason) {
      all.add("damaged: " + reason);
    }

    @Override
    public void unavailable(String image, String reason) {
      all.add("unavailable: " + reason);
    }

    List<String> since() {
      List<String> since = List.copyOf(all);
      all.clear();
      return since;
    }
  }

  private Path templates() {
    return folder.resolve("templates").resolve("hello");
  }

  private Starter hello() {
    return hello("16M", "hello> ");
  }

  private Starter hello(String memory, String prompt) {
    TemplateSubject subject = new TemplateSubject("hello", "hello's content", prompt, templates());
    return new TemplateStart(() -> subject, () -> {}, Virt.hello().memory(memory).plan(), told);
  }

  private static Treatment treatment() {
    return Treatment.of(GuestName.derived("hello")).engine(EngineSettings.interpreter());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(templates())) {
      return files.sorted().toList();
    }
  }

  /// Starts a guest, which must answer, and ends it.
  private void works(Starter starter) throws InterruptedException {
    try (Guest guest = host.start(starter, treatment())) {
      guest.console().expect("hello> ");
      guest.console().send("fib 20\r");
      guest.console().expect("6765");
      guest.console().expect("hello> ");
      guest.console().send("poweroff\r");
      assertEquals(new Ending.PoweredOff(0), guest.await().ending(), guest.console().text());
    }
  }

  @Test
  void theFirstStartMakesTheTemplateAndTheNextBeginsThere() throws Exception {
    works(hello());
    assertEquals(List.of("making hello"), told.since());
    assertEquals(1, files().size());
    FileTime made = Files.getLastModifiedTime(files().getFirst());
    try (Guest guest = host.create(hello(), treatment())) {
      assertTrue(guest.look(Machine::instructions) > 0, "it did not begin at power-on");
      assertEquals("", guest.console().text(), "nothing is said before it runs");
      guest.start();
      guest.console().expect("hello> ");
    }
    works(hello());
    assertEquals(List.of(), told.since());
    assertEquals(1, files().size());
    assertTrue(Files.getLastModifiedTime(files().getFirst()).compareTo(made) >= 0);
  }

  @Test
  void twoStartsAreTwoMachines() throws Exception {
    works(hello());
    try (Guest one = host.create(hello(), treatment());
        Guest other = host.create(hello(), treatment())) {
      assertNotEquals(one.look(Snapshot::hash), other.look(Snapshot::hash));
    }
  }

  @Test
  void aGuestFromATemplateIsPausedForkedSavedAndReset() throws Exception {
    works(hello());
    Path file = folder.resolve("saved");
    try (Guest guest = host.start(hello(), treatment())) {
      guest.console().expect("hello> ");
      guest.pause();
      guest.snapshot(file);
      String hash = guest.look(Snapshot::hash);
      Guest fork = guest.fork();
      guest.resume();
      fork.resume();
      fork.console().send("fib 20\r");
      fork.console().expect("6765");
      fork.reset(); // boots from what the template brought along
      fork.console().expect("hello> ");
      Files.delete(files().getFirst());
      Guest restored = host.restore(file, RestoreOptions.defaults().named("again").paused());
      assertEquals(hash, restored.look(Snapshot::hash));
      restored.resume();
      restored.console().send("fib 20\r");
      restored.console().expect("6765");
    }
  }

  @Test
  void eachMachineHasATemplateOfItsOwnAndTheLeastUsedGo() throws Exception {
    for (int megabytes = 16; megabytes < 16 + 6; megabytes++) {
      works(hello(megabytes + "M", "hello> "));
      assertEquals(List.of("making hello"), told.since());
    }
    assertEquals(4, files().size());
    works(hello("21M", "hello> "));
    assertEquals(List.of(), told.since());
  }

  @Test
  void whatCannotBeUsedIsMadeAnew() throws Exception {
    works(hello());
    Path template = files().getFirst();
    byte[] good = Files.readAllBytes(template);
    List<byte[]> bad =
        List.of(
            new byte[0],
            java.util.Arrays.copyOf(good, good.length - 1),
            java.util.Arrays.copyOf(good, good.length / 2),
            flipped(good, 8), // the format's version
            flipped(good, 40),
            flipped(good, good.length - 60));
    told.since();
    for (byte[] content : bad) {
      Files.write(template, content);
      works(hello());
      List<String> said = told.since();
      assertEquals(2, said.size(), said.toString());
      assertTrue(said.getFirst().startsWith("damaged: "), said.toString());
      assertFalse(said.getFirst().contains("\n"), said.toString());
      assertEquals("making hello", said.getLast());
      works(hello());
      assertEquals(List.of(), told.since());
    }
  }

  private static byte[] flipped(byte[] good, int at) {
    byte[] bad = good.clone();
    bad[at] ^= 1;
    return bad;
  }

  @Test
  void aTemplateOfAnotherGuestUnderTheNameIsNoticed() throws Exception {
    works(hello());
    Path template = files().getFirst();
    works(hello("17M", "hello> "));
    Path other = files().stream().filter(file -> !file.equals(template)).findFirst().orElseThrow();
    Files.copy(other, template, StandardCopyOption.REPLACE_EXISTING);
    told.since();
    works(hello());
    assertEquals(List.of("damaged: it is of another guest", "making hello"), told.since());
  }

  @Test
  void aPageThatIsDamagedEndsItsGuestAndTheTemplate() throws Exception {
    works(hello());
    Path template = files().getFirst();
    destroyPages(template);
    try (Guest guest = host.start(hello(), treatment())) {
      guest.console().send("fib 20\r");
      Ending.MemoryLost end = assertInstanceOf(Ending.MemoryLost.class, guest.await().ending());
      assertTrue(end.why().contains("does not match its checksum"), end.why());
    }
    told.since();
    works(hello());
    assertEquals(List.of("making hello"), told.since());
  }

  /// All but what is looked at when the file is opened.
  private static void destroyPages(Path template) throws Exception {
    long records = 0;
    long pages;
    try (SnapshotFile file = SnapshotFile.open(template)) {
      for (StateRecord each : file.records().records()) {
        records += each.bytes().length;
      }
      pages = file.pages() * file.pageSize();
    }
    try (RandomAccessFile file = new RandomAccessFile(template.toFile(), "rw")) {
      file.seek(records + 512);
      file.write(new byte[(int) pages - 1024]);
    }
  }

  @Test
  void whereNoTemplateCanBeWrittenTheGuestBoots() throws Exception {
    Files.writeString(folder.resolve("templates"), "a file where the folder should be");
    works(hello());
    List<String> said = told.since();
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.getFirst().startsWith("unavailable: "), said.toString());
  }

  @Test
  void aGuestThatNeverComesToItsPromptBoots() throws Exception {
    works(hello("16M", "no such prompt"));
    assertEquals(
        List.of("making hello", "unavailable: the guest does not come to its prompt"),
        told.since());
    assertEquals(List.of(), files());
  }

  @Test
  void whatTemplatesAreNotForBoots() throws Exception {
    ImageSettings settings = ImageSettings.of(Map.of("XDG_CACHE_HOME", folder.toString()));
    String name = TrainingImage.write(folder.resolve("hospes"), Hello.elf(), "hello> ");
    Images images = new Images(settings);
    ImageStart image = ImageStart.of(name, images, wanted -> images.current(wanted).orElseThrow());
    Plan plan = image.plan();
    assertTrue(isFromTemplate(image, plan, treatment()));
    Path disk = Files.write(folder.resolve("disk"), new byte[512]);
    for (Plan other :
        List.of(
            plan.with("drive", new Value.Disk(disk.toString(), List.of("readonly"))),
            plan.with("kernel", new Value.File("own", Hello.content())),
            plan.with("initrd", new Value.File("own", Hello.content())))) {
      assertFalse(isFromTemplate(image, other, treatment()));
    }
    assertFalse(isFromTemplate(image, plan, treatment().clock(ClockMode.VIRTUAL)));
    assertFalse(isFromTemplate(image, plan, treatment().maxInstructions(1 << 30)));
    works(image.starter(plan, treatment().clock(ClockMode.VIRTUAL), told));
    assertEquals(List.of(), told.since());
    assertFalse(Files.exists(images.templates(name)));
    works(image.starter(plan, treatment(), told));
    assertEquals(List.of("making " + name), told.since());
  }

  private boolean isFromTemplate(ImageStart image, Plan plan, Treatment treatment) {
    return TemplateStart.of(image, plan, treatment, told).isPresent();
  }

  @Test
  void whoComesSecondTakesWhatTheFirstMakes() throws Exception {
    List<CompletableFuture<Void>> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  works(hello());
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              },
              task -> Thread.ofPlatform().start(task)));
    }
    starts.forEach(CompletableFuture::join);
    assertEquals(List.of("making hello"), told.since());
    assertEquals(1, files().size());
  }
}
