package hospes.cli;

import hospes.host.control.QmpClient;
import hospes.host.control.RuntimeFolder;
import hospes.host.ports.EscapeKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import picocli.CommandLine.Command;

/// `hospes attach`.
@Command(
    name = "attach",
    description = "Brings a guest's console to this terminal; what it said before comes first.",
    footerHeading = "%n@|bold Example:|@%n",
    footer = {"  hospes attach debian", "", "Ctrl-A x leaves; the guest goes on."})
final class AttachCommand extends GuestCommand {
  AttachCommand(CommandContext context) {
    super(context);
  }

  @SuppressWarnings("try") // to leave is to close
  @Override
  public Integer call() throws IOException {
    RuntimeFolder folder = folder();
    Narrator narrator = new Narrator(spec.commandLine().getErr());
    try (QmpClient client = QmpClient.connect(folder, name);
        InputStream console = client.attach()) {
      Optional<RawTerminal> terminal =
          StandardStream.INPUT.isTerminal() ? Optional.of(RawTerminal.enter()) : Optional.empty();
      try {
        EscapeKeys keys =
            new EscapeKeys(
                command -> {
                  switch (command) {
                    case EXIT -> client.close();
                    case HELP -> narrator.line("Ctrl-A x leaves; the guest goes on.");
                  }
                });
        Thread.ofPlatform()
            .daemon()
            .name("console-input")
            .start(
                () ->
                    pump(
                        client.keys(),
                        terminal.isPresent() ? Optional.of(keys) : Optional.empty()));
        copy(console);
      } finally {
        terminal.ifPresent(RawTerminal::close);
      }
    }
    return ExitCode.SUCCESS;
  }

  private void copy(InputStream console) throws IOException {
    OutputStream out = context.output();
    byte[] bytes = new byte[8192];
    while (true) {
      int length;
      try {
        length = console.read(bytes);
      } catch (IOException left) {
        return; // by Ctrl-A x
      }
      if (length < 0) {
        return;
      }
      out.write(bytes, 0, length);
      out.flush();
    }
  }

  private void pump(OutputStream guest, Optional<EscapeKeys> keys) {
    byte[] bytes = new byte[1024];
    try {
      int length;
      while ((length = context.input().read(bytes)) >= 0) {
        guest.write(bytes, 0, keys.isPresent() ? keys.get().filter(bytes, length) : length);
        guest.flush();
      }
    } catch (IOException gone) {
      // the guest ended
    }
  }
}
