package hospes.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hospes.host.guest.Guest;
import hospes.host.guest.GuestName;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.NameTakenException;
import hospes.host.guest.Treatment;
import hospes.testkit.toy.Toy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Names among hosts that know nothing of each other but their folder.
@Timeout(60)
class NameClaimsTest {
  private static final int HOSTS = 8;

  @TempDir private Path temporary;

  private RuntimeFolder folder() {
    return RuntimeFolder.at(temporary.resolve("run"));
  }

  private static <T> List<T> atOnce(Callable<T> action) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(HOSTS);
    try (ExecutorService threads = Executors.newFixedThreadPool(HOSTS)) {
      List<Future<T>> answers = new ArrayList<>();
      for (int i = 0; i < HOSTS; i++) {
        answers.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return action.call();
                }));
      }
      List<T> all = new ArrayList<>();
      for (Future<T> answer : answers) {
        all.add(answer.get());
      }
      return all;
    }
  }

  @Test
  void ofManyWhoClaimANameAtOnceOneGetsIt() throws Exception {
    folder();
    for (int round = 0; round < 50; round++) {
      String name = "w" + round;
      List<Boolean> answers = atOnce(() -> folder().claims().claim(name));
      assertEquals(1, answers.stream().filter(claimed -> claimed).count(), answers.toString());
    }
  }

  /// A socket that a killed host left behind is removed by one of them, and never that of the one.
  @Test
  void ofManyWhoFindAStaleSocketOneGetsTheName() throws Exception {
    for (int round = 0; round < 50; round++) {
      String name = "w" + round;
      try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        killed.bind(UnixDomainSocketAddress.of(folder().socket(name)));
      }
      List<Boolean> answers =
          atOnce(
              () -> {
                RuntimeFolder folder = folder();
                if (!folder.claims().claim(name)) {
                  return false;
                }
                Files.createFile(folder.socket(name)); // as one that is about to listen
                return true;
              });
      assertEquals(1, answers.stream().filter(claimed -> claimed).count(), answers.toString());
      assertFalse(folder().isAlive(name));
      assertTrue(Files.exists(folder().socket(name)), "who is about to listen is left alone");
    }
  }

  @Test
  void aNameIsFreeAgainWhenItWasGivenUp() {
    RuntimeFolder first = folder();
    assertTrue(first.claims().claim("w"));
    assertFalse(folder().claims().claim("w"));
    assertTrue(folder().claims().claim("v"));
    first.claims().release("w");
    assertTrue(folder().claims().claim("w"));
  }

  @Test
  void guestsOfManyHostsThatStartAtOnceHaveNamesOfTheirOwnAndSoHaveTheirForks() throws Exception {
    List<Host> hosts = new ArrayList<>();
    List<ControlServer> servers = new ArrayList<>();
    try {
      List<Guest> guests =
          atOnce(
              () -> {
                RuntimeFolder folder = folder();
                Host host = Host.open(new HostSettings(1), folder.claims());
                ControlServer server =
                    new ControlServer(
                        folder, new Version("0.1.0"), ControlServer.Legacy.NOTHING, outcome -> 0);
                synchronized (hosts) {
                  hosts.add(host);
                  servers.add(server);
                }
                Guest guest = host.create(Toy.plan(Toy.ECHO), Treatment.of(GuestName.derived("w")));
                server.expose(guest);
                return guest;
              });
      List<Guest> all = new ArrayList<>(guests);
      for (Guest guest : guests) {
        all.addAll(guest.fork(2));
      }
      Set<String> names = all.stream().map(Guest::name).collect(Collectors.toSet());
      assertEquals(3 * HOSTS, names.size(), names.toString());
      assertTrue(names.contains("w"), names.toString());
      assertEquals(HOSTS, folder().living().size());
      Host first = hosts.getFirst();
      String taken =
          guests.stream().filter(one -> !first.guests().contains(one)).findAny().get().name();
      assertEquals(
          taken,
          assertThrows(
                  NameTakenException.class,
                  () -> first.create(Toy.plan(Toy.ECHO), Treatment.named(taken)))
              .name());
    } finally {
      hosts.forEach(Host::close);
      servers.forEach(ControlServer::close);
    }
  }
}
