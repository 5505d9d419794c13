package hospes.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.formats.cpio.CpioEntry;
import hospes.formats.cpio.CpioReader;
import hospes.images.ImageException.Reason;
import hospes.images.Progress.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
  @TempDir Path mirror;
  @TempDir Path cache;
  private Images images = new Images(ImageSettings.of(Map.of()));

  @BeforeEach
  void createImages() {
    images = new Images(new TestArchive(mirror).settings(cache));
  }

  @Test
  void aPullGivesKernelAndInitialFileSystem() throws Exception {
    TestArchive.complete(mirror, "6.12.1");

    Image image = images.pull("debian", PullOptions.current(), ProgressListener.none());

    assertArrayEquals(TestArchive.kernelImage("6.12.1"), Files.readAllBytes(image.kernel()));
    assertEquals("console=ttyS0", image.commandLine());
    assertEquals(
        Map.of("busybox-static", "1:1.37.0-6", "linux-image-6.12.1-riscv64", "6.12.1-1"),
        image.versions());
    assertEquals(Files.size(image.kernel()) + Files.size(image.initrd()), image.size());
    assertEquals(List.of(image), images.list());
    assertEquals(image, images.find("debian").orElseThrow());
  }

  @Test
  void theInitialFileSystemHoldsTheModulesThatAreNeededAndNoOthers() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    Image image = images.pull("debian", PullOptions.current(), ProgressListener.none());

    Map<String, CpioEntry> files =
        CpioReader.read(Files.readAllBytes(image.initrd())).stream()
            .collect(Collectors.toMap(CpioEntry::path, entry -> entry));

    String modules = "lib/modules/6.12.1-riscv64/";
    assertEquals(
        List.of(
            "evdev",
            "ext4",
            "failover",
            "jbd2",
            "mb-cache",
            "net_failover",
            "virtio-rng",
            "virtio_balloon",
            "virtio_blk",
            "virtio_input",
            "virtio_mmio",
            "virtio_net"),
        files.keySet().stream()
            .filter(path -> path.endsWith(".ko"))
            .map(path -> path.replaceFirst(".*/(.*)\\.ko", "$1"))
            .sorted()
            .toList());
    String dependencies = text(files, modules + "modules.dep");
    assertTrue(
        dependencies.contains(
            "kernel/drivers/net/virtio_net.ko: kernel/drivers/net/net_failover.ko kernel/net/core/failover.ko\n"),
        dependencies);
    assertTrue(
        dependencies.contains(
            "kernel/fs/ext4/ext4.ko: kernel/fs/jbd2/jbd2.ko kernel/fs/mb-cache.ko\n"),
        dependencies);
    assertEquals(
        "alias fs-ext4 ext4\nalias virtio:d00000002v* virtio_blk\n",
        text(files, modules + "modules.alias"));
    // Modules are written uncompressed, because the guest's tools cannot be relied upon to do that.
    assertEquals(0x7f, file(files, modules + "kernel/fs/jbd2/jbd2.ko").data()[0]);
    assertEquals("a busybox", text(files, "bin/busybox"));
    assertTrue(text(files, "init").startsWith("#!/bin/busybox sh\n"));
    assertEquals(0755, file(files, "init").permissions());
    assertEquals(0020600, file(files, "dev/console").mode());
  }

  @Test
  void nothingIsLeftInTheCacheButTheImage() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    Image image = images.pull("debian", PullOptions.current(), ProgressListener.none());
    Path home = cache.resolve("images/debian");
    try (Stream<Path> files = Files.walk(cache)) {
      assertEquals(
          Stream.of(
                  cache.resolve("lock"),
                  home.resolve("image.properties"),
                  image.initrd(),
                  image.kernel())
              .sorted()
              .toList(),
          files.filter(Files::isRegularFile).sorted().toList());
    }
    assertTrue(images.remove("debian"));
    assertFalse(images.remove("debian"));
    assertEquals(List.of(), images.list());
    assertFalse(Files.exists(home));
  }

  @Test
  void templatesGoWithTheirImage() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    Image image = images.pull("debian", PullOptions.current(), ProgressListener.none());
    assertEquals("~ # ", image.prompt());
    Path templates = images.templates("debian");
    Path other = images.templates("other").resolve("b.template");
    for (Path file : List.of(templates.resolve("a.template"), other)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "state");
    }
    assertEquals(List.of("debian", "other"), images.withTemplates());
    assertTrue(images.remove("debian"));
    assertFalse(Files.exists(templates));
    assertTrue(Files.exists(other));
    assertFalse(images.removeTemplates("debian"));
    assertFalse(images.removeTemplates(".."));
    assertTrue(images.removeTemplates("other"));
    assertEquals(List.of(), images.withTemplates());
  }

  @Test
  void templatesGoAndTheirImageStays() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    images.pull("debian", PullOptions.current(), ProgressListener.none());
    Files.createDirectories(images.templates("debian"));
    Files.writeString(images.templates("debian").resolve("a.template"), "state");
    assertTrue(images.removeTemplates("debian"));
    assertTrue(images.find("debian").isPresent());
  }

  @Test
  void anImageIsCurrentWhereThisBuildWouldMakeTheSame() throws Exception {
    assertTrue(images.current("debian").isEmpty());
    TestArchive.complete(mirror, "6.12.1");
    Image image = images.pull("debian", PullOptions.current(), ProgressListener.none());
    assertEquals(image, images.current("debian").orElseThrow());
    Path properties = image.kernel().resolveSibling("image.properties");
    String text = Files.readString(properties);
    Files.writeString(properties, text.replaceAll("recipe=.*", "recipe=1 older"));
    assertTrue(images.current("debian").isEmpty());
    assertTrue(images.find("debian").isPresent());
  }

  @Test
  void anotherPullTakesNewVersionsAndOnlyThose() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    Image first = images.pull("debian", PullOptions.current(), ProgressListener.none());
    assertEquals(first, images.pull("debian", PullOptions.current(), ProgressListener.none()));

    TestArchive.complete(mirror, "6.12.2");
    assertEquals(first, images.pull("debian", PullOptions.any(), ProgressListener.none()));
    Image second = images.pull("debian", PullOptions.current(), ProgressListener.none());

    assertNotEquals(first.kernel(), second.kernel());
    assertNotEquals(first.content(), second.content());
    assertArrayEquals(TestArchive.kernelImage("6.12.2"), Files.readAllBytes(second.kernel()));
    assertFalse(Files.exists(first.kernel()));
  }

  @Test
  void anImageThatIsThereNeedsNoMirror() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    Image image = images.pull("debian", PullOptions.current(), ProgressListener.none());
    Files.delete(mirror.resolve("dists/trixie/InRelease"));
    assertEquals(image, images.pull("debian", PullOptions.any(), ProgressListener.none()));
  }

  @Test
  void aDamagedImageIsMadeAgain() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    Image image = images.pull("debian", PullOptions.current(), ProgressListener.none());
    byte[] kernel = Files.readAllBytes(image.kernel());
    for (PullOptions options : List.of(PullOptions.any(), PullOptions.current())) {
      byte[] damaged = kernel.clone();
      damaged[1000] ^= 1;
      Files.write(image.kernel(), damaged);
      images.pull("debian", options, ProgressListener.none());
      assertArrayEquals(kernel, Files.readAllBytes(image.kernel()));
    }
  }

  @Test
  void damagedPropertiesAreAsGoodAsNone() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    Image image = images.pull("debian", PullOptions.current(), ProgressListener.none());
    Path properties = image.kernel().resolveSibling("image.properties");
    for (String text : List.of("", "kernel=../../../etc/passwd\n", "\\u12", "pulled=yesterday")) {
      Files.writeString(properties, text);
      assertTrue(images.find("debian").isEmpty(), text);
    }
    assertEquals(
        image.kernel(), images.pull("debian", PullOptions.any(), ProgressListener.none()).kernel());
  }

  @Test
  void whoComesSecondWaitsAndTakesTheResultOfTheFirst() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    var secondWaits = new CountDownLatch(1);
    var phases = new ArrayList<Phase>();
    var second = new ArrayList<CompletableFuture<Image>>();
    ProgressListener first =
        progress -> {
          if (progress.phase() == Phase.WRITING) {
            second.add(
                CompletableFuture.supplyAsync(
                    () -> secondPull(phases, secondWaits), task -> new Thread(task).start()));
            await(secondWaits);
          }
        };
    Image image = images.pull("debian", PullOptions.current(), first);
    assertEquals(image, second.getFirst().join());
    assertEquals(List.of(Phase.WAITING), phases);
  }

  @Test
  void progressIsCountedInBytes() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    var events = new ArrayList<Progress>();
    images.pull("debian", PullOptions.current(), events::add);
    assertEquals(
        List.of(Phase.RESOLVING, Phase.DOWNLOADING, Phase.UNPACKING, Phase.WRITING),
        events.stream().map(Progress::phase).distinct().toList());
    for (String subject : List.of("busybox-static", "linux-image-6.12.1-riscv64")) {
      Progress last =
          events.stream()
              .filter(
                  event -> event.phase() == Phase.DOWNLOADING && event.subject().equals(subject))
              .reduce((earlier, later) -> later)
              .orElseThrow();
      assertEquals(last.total(), last.done());
      assertTrue(last.total() > 0);
    }
  }

  @Test
  void aCacheThatCannotBeUsedIsNamed() throws Exception {
    TestArchive.complete(mirror, "6.12.1");
    Path file = Files.createFile(cache.resolve("file"));
    var unusable = new Images(new TestArchive(mirror).settings(file));
    ImageException e =
        assertThrows(
            ImageException.class,
            () -> unusable.pull("debian", PullOptions.current(), ProgressListener.none()));
    assertEquals(Reason.CACHE, e.reason());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  @Test
  void tooLittleRoomIsSaidBeforeItHurts() {
    ImageException e =
        assertThrows(
            ImageException.class, () -> CacheFiles.requireSpace(cache, Long.MAX_VALUE / 2));
    assertEquals(Reason.DISK_FULL, e.reason());
    IOException full = new IOException("No space left on device");
    assertEquals(Reason.DISK_FULL, CacheFiles.failure(cache, full).reason());
  }

  @Test
  void namesOutsideTheCatalogueAreRefused() throws Exception {
    ImageException e =
        assertThrows(
            ImageException.class,
            () -> images.pull("windows", PullOptions.any(), ProgressListener.none()));
    assertEquals(Reason.UNKNOWN_IMAGE, e.reason());
    assertTrue(e.getMessage().contains("debian"), e.getMessage());
    assertTrue(images.find("../images/debian").isEmpty());
  }

  private Image secondPull(List<Phase> phases, CountDownLatch waits) {
    try {
      return images.pull(
          "debian",
          PullOptions.current(),
          progress -> {
            phases.add(progress.phase());
            waits.countDown();
          });
    } catch (ImageException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Map<String, CpioEntry> files, String path) {
    return new String(file(files, path).data(), StandardCharsets.UTF_8);
  }

  private static CpioEntry file(Map<String, CpioEntry> files, String path) {
    CpioEntry entry = files.get(path);
    if (entry == null) {
      throw new AssertionError("no file " + path);
    }
    return entry;
  }
}
