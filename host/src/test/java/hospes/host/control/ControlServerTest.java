package hospes.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hospes.engine.EngineSettings;
import hospes.host.DriveException;
import hospes.host.HostException;
import hospes.host.guest.Guest;
import hospes.host.guest.GuestState;
import hospes.host.guest.Host;
import hospes.host.guest.HostSettings;
import hospes.host.guest.Treatment;
import hospes.storage.DriveProblem;
import hospes.virt.Virt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ControlServerTest {
  private static final String NEGOTIATE = "{\"execute\":\"qmp_capabilities\"}";

  @TempDir private Path temporary;

  private final Host host = Host.open(new HostSettings(2));
  private final List<ControlServer> servers = new ArrayList<>();

  @AfterEach
  void closeHost() {
    host.close();
    servers.forEach(ControlServer::close); // they write into the folder
  }

  private RuntimeFolder folder() {
    return RuntimeFolder.at(temporary.resolve("run"));
  }

  private Guest exposed(ControlServer.Legacy legacy) throws InterruptedException {
    Guest guest =
        host.start(
            Virt.hello().memory("16M").plan(),
            Treatment.named("w").engine(EngineSettings.interpreter()));
    ControlServer server = new ControlServer(folder(), new Version("0.1.0"), legacy, outcome -> 0);
    servers.add(server);
    server.expose(guest);
    guest.console().expect("hello> ");
    return guest;
  }

  /// A client that sends bytes as they are.
  private final class RawClient implements AutoCloseable {
    private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    private final OutputStream out = Channels.newOutputStream(channel);
    private final Framer framer;

    RawClient() throws IOException {
      channel.connect(UnixDomainSocketAddress.of(folder().socket("w")));
      InputStream in = Channels.newInputStream(channel);
      framer = new Framer(in, 1 << 20);
    }

    void send(byte[] bytes) throws IOException {
      out.write(bytes);
    }

    String next() throws IOException {
      return new String(framer.next(), StandardCharsets.UTF_8);
    }

    /// The answer to a message, events passed over.
    JsonNode ask(String message) throws IOException {
      send((message + "\n").getBytes(StandardCharsets.UTF_8));
      while (true) {
        JsonNode answer = Json.parse(framer.next());
        if (!answer.has("event")) {
          return answer;
        }
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /// What qemu-system-riscv64 7.2 answers to the same.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"execute":"qmp_capabilities"}  | {"error":{"class":"CommandNotFound","desc":"Capabilities negotiation is already complete, command ignored"}}
          {"execute":"query-status","id":7} | {"return":{"status":"running","singlestep":false,"running":true},"id":7}
          {"execute":"query-name","id":{"a":1}} | {"return":{"name":"w"},"id":{"a":1}}
          {"execute":"bogus","id":1}      | {"error":{"class":"CommandNotFound","desc":"The command bogus has not been found"},"id":1}
          {"execute":"cont"}              | {"return":{}}
          {"execute":"stop","arguments":{"x":1}} | {"error":{"class":"GenericError","desc":"Parameter 'x' is unexpected"}}
          {"execute":"stop","arguments":[]} | {"error":{"class":"GenericError","desc":"QMP input member 'arguments' must be an object"}}
          {"execute":"stop","foo":1}      | {"error":{"class":"GenericError","desc":"QMP input member 'foo' is unexpected"}}
          {"execute":1}                   | {"error":{"class":"GenericError","desc":"QMP input member 'execute' must be a string"}}
          {}                              | {"error":{"class":"GenericError","desc":"QMP input lacks member 'execute'"}}
          [1]                             | {"error":{"class":"GenericError","desc":"QMP input must be a JSON object"}}
          1                               | {"error":{"class":"GenericError","desc":"QMP input must be a JSON object"}}
          """)
  void answersAreThoseOfQemu(String message, String answer) throws Exception {
    exposed(ControlServer.Legacy.NOTHING);
    try (RawClient client = new RawClient()) {
      JsonNode greeting = Json.parse(client.next().getBytes(StandardCharsets.UTF_8));
      assertEquals(1, greeting.path("QMP").path("version").path("qemu").path("minor").asInt());
      assertTrue(greeting.path("QMP").path("capabilities").isArray());
      assertEquals(
          "CommandNotFound",
          client.ask("{\"execute\":\"query-status\"}").path("error").path("class").asText());
      assertEquals("{\"return\":{}}", client.ask(NEGOTIATE).toString());
      assertEquals(Json.parse(answer.getBytes(StandardCharsets.UTF_8)), client.ask(message));
    }
  }

  @Test
  void eventsComeBeforeTheAnswerToWhatCausedThem() throws Exception {
    Guest guest = exposed(ControlServer.Legacy.NOTHING);
    try (RawClient client = new RawClient()) {
      client.next();
      client.ask(NEGOTIATE);
      for (String[] pair :
          new String[][] {{"stop", "STOP"}, {"cont", "RESUME"}, {"system_reset", "RESET"}}) {
        client.send("{\"execute\":\"%s\"}".formatted(pair[0]).getBytes(StandardCharsets.UTF_8));
        assertTrue(client.next().contains("\"event\":\"" + pair[1] + "\""), pair[1]);
        assertEquals("{\"return\":{}}", client.next());
      }
      client.send("{\"execute\":\"quit\"}".getBytes(StandardCharsets.UTF_8));
      assertTrue(client.next().contains("\"SHUTDOWN\""));
    }
    guest.await();
  }

  @Test
  void anEndIsToldWithItsExitCodeAlsoToWhoComesLate() throws Exception {
    Guest guest = exposed(ControlServer.Legacy.NOTHING);
    try (RawClient early = new RawClient();
        RawClient late = new RawClient()) {
      early.next();
      late.next();
      early.ask(NEGOTIATE);
      guest.kill();
      for (RawClient client : List.of(early, late)) {
        if (client == late) {
          late.send((NEGOTIATE + "\n").getBytes(StandardCharsets.UTF_8));
        }
        JsonNode end = Json.parse(client.next().getBytes(StandardCharsets.UTF_8));
        assertEquals("SHUTDOWN", end.path("event").asText());
        assertEquals(0, end.path("data").path("x-hospes-exit-code").asInt(1));
        assertEquals("killed", end.path("data").path("x-hospes-reason").asText());
      }
    }
  }

  /// As qemu-system-riscv64 answers without a balloon.
  @Test
  void aGuestWithoutABalloonIsNotAskedForMemory() throws Exception {
    Guest guest = exposed(ControlServer.Legacy.NOTHING);
    try (RawClient client = new RawClient()) {
      client.next();
      client.ask(NEGOTIATE);
      String none =
          "{\"error\":{\"class\":\"DeviceNotActive\","
              + "\"desc\":\"No balloon device has been activated\"}}";
      assertEquals(none, client.ask("{\"execute\":\"query-balloon\"}").toString());
      String balloon = "{\"execute\":\"balloon\",\"arguments\":{\"value\":%s}}";
      assertEquals(none, client.ask(balloon.formatted("4096")).toString());
      assertTrue(client.ask(balloon.formatted("\"1M\"")).has("error"));
      assertTrue(client.ask("{\"execute\":\"balloon\"}").has("error"));
      String update = "{\"execute\":\"x-hospes-update\",\"arguments\":{%s}}";
      assertTrue(client.ask(update.formatted("\"cpu-weight\":0")).has("error"));
      assertTrue(client.ask(update.formatted("\"cpu-limit\":\"1\"")).has("error"));
      assertTrue(client.ask(update.formatted("\"cpu-limit\":0.5")).has("return"));
      assertEquals(0.5, guest.treatment().share().limit());
    }
  }

  @Test
  void hostileInputIsAnsweredAndNeverHurtsTheGuest() throws Exception {
    Guest guest = exposed(ControlServer.Legacy.NOTHING);
    String deep =
        "{\"execute\":\"stop\",\"arguments\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
    for (String hostile :
        List.of("garbage", "{\"a\":tru}", "\"", "}", "{\"execute\":\"\\ud800\"}", deep)) {
      try (RawClient client = new RawClient()) {
        client.next();
        client.ask(NEGOTIATE);
        assertTrue(client.ask(hostile).has("error"), hostile);
        assertTrue(client.ask("{\"execute\":\"query-status\"}").has("return"), hostile);
      }
    }
    try (RawClient client = new RawClient()) {
      client.next();
      byte[] endless = new byte[100_000];
      Arrays.fill(endless, (byte) 'x');
      client.send(endless);
      assertTrue(client.next().contains("at most 65536 bytes"));
    }
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[random.nextInt(3000)];
      random.nextBytes(noise);
      try (RawClient client = new RawClient()) {
        client.send(noise);
      }
    }
    assertEquals(GuestState.RUNNING, guest.state());
    try (RawClient client = new RawClient()) {
      client.next();
      client.ask(NEGOTIATE);
      assertTrue(client.ask("{\"execute\":\"query-status\"}").has("return"));
    }
  }

  @Test
  void forksAreFoundByTheirOwnNamesAndAnEndLeavesItsRecord() throws Exception {
    Guest guest = exposed(ControlServer.Legacy.RECORD);
    try (QmpClient client = QmpClient.connect(folder(), "w")) {
      JsonNode forks = client.execute("x-hospes-fork", Json.object().put("count", 2));
      assertEquals("[\"w-1\",\"w-2\"]", forks.path("names").toString());
    }
    assertEquals(List.of("w", "w-1", "w-2"), folder().living());
    Guest fork = host.guest("w-1").orElseThrow();
    try (QmpClient client = QmpClient.connect(folder(), "w-1");
        InputStream console = client.attach()) {
      client.keys().write("poweroff\r".getBytes(StandardCharsets.UTF_8));
      assertTrue(new String(console.readAllBytes(), StandardCharsets.UTF_8).contains("poweroff"));
    }
    fork.await();
    while (host.guest("w-1").isPresent()) {
      Thread.onSpinWait();
    }
    assertEquals(List.of("w", "w-2"), folder().living());
    assertEquals(List.of("w-1"), folder().ended());
    assertTrue(Files.readString(folder().log("w-1")).contains("poweroff"));
    assertTrue(folder().forget("w-1"));
    assertFalse(folder().forget("w-1"));
    assertEquals(GuestState.RUNNING, guest.state());
  }

  @Test
  void clientsAreToldInTheServersWordsWhatIsRefused() throws Exception {
    Path disk = Files.write(temporary.resolve("disk"), new byte[512]);
    Guest guest =
        host.start(
            Virt.hello().memory("16M").drive(disk.toString(), "snapshot").plan(),
            Treatment.named("w").engine(EngineSettings.interpreter()));
    ControlServer server =
        new ControlServer(
            folder(),
            new Version("0.1.0"),
            ControlServer.Legacy.NOTHING,
            outcome -> 0,
            refusal ->
                refusal instanceof DriveException drive ? drive.problem().toString() : "none");
    servers.add(server);
    server.expose(guest);
    String file = temporary.resolve("saved").toString();
    try (QmpClient client = QmpClient.connect(folder(), "w")) {
      HostException told =
          assertThrows(
              HostException.class,
              () -> client.execute("x-hospes-snapshot", Json.object().put("file", file)));
      assertEquals(new DriveProblem.NotKept(disk).toString(), told.getMessage());
    }
  }

  @Test
  void aSocketThatNobodyListensToIsRemovedAndItsNameFree() throws Exception {
    Path socket = folder().socket("w");
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertTrue(Files.exists(socket));
    assertEquals(List.of(), folder().living());
    assertFalse(Files.exists(socket));
    exposed(ControlServer.Legacy.NOTHING);
    assertEquals(List.of("w"), folder().living());
  }

  @Test
  void theNameOfALivingGuestIsTaken() throws Exception {
    exposed(ControlServer.Legacy.NOTHING);
    try (Host other = Host.open(new HostSettings(1))) {
      Guest second = other.create(Virt.hello().memory("16M").plan(), Treatment.named("w"));
      ControlServer server =
          new ControlServer(
              folder(), new Version("0.1.0"), ControlServer.Legacy.NOTHING, outcome -> 0);
      assertThrows(HostException.class, () -> server.expose(second));
    }
    assertEquals(List.of("w"), folder().living());
  }

  @Test
  void nobodyElseMayConnect() throws Exception {
    exposed(ControlServer.Legacy.NOTHING);
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve("run"))));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().socket("w"))));
    Path open = Files.createDirectory(temporary.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThrows(HostException.class, () -> RuntimeFolder.at(open));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("run"));
    assertThrows(HostException.class, () -> RuntimeFolder.at(link));
  }

  @Test
  void namesDoNotLeadOutOfTheFolder() {
    RuntimeFolder folder = folder();
    assertThrows(HostException.class, () -> folder.log("../../etc/passwd"));
    assertThrows(HostException.class, () -> QmpClient.connect(folder, "../w"));
    assertThrows(HostException.class, () -> QmpClient.connect(folder, "nobody"));
    assertThrows(
        HostException.class,
        () -> RuntimeFolder.at(temporary.resolve("x".repeat(120))).socket("w"));
  }
}
