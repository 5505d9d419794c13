package hospes.cli;

import hospes.engine.translator.EngineDebugging;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How translations are made so that errors in them are found: `calls`, `dump` or `dump:FOLDER`.
///
/// @param folder where regions are written to
record EngineDebugOption(EngineDebugging debugging, Path folder) {
  private static final Path FOLDER = Path.of("hospes-regions");

  /// What holds where the user asks for nothing.
  static final EngineDebugOption NONE = new EngineDebugOption(EngineDebugging.NONE, FOLDER);

  /// Reads the option's value.
  static final class Converter implements ITypeConverter<EngineDebugOption> {
    @Override
    public EngineDebugOption convert(String text) {
      if (text.equals("calls")) {
        return new EngineDebugOption(EngineDebugging.CALLS, FOLDER);
      }
      if (text.equals("dump")) {
        return new EngineDebugOption(EngineDebugging.DUMP, FOLDER);
      }
      if (text.startsWith("dump:") && text.length() > "dump:".length()) {
        return new EngineDebugOption(
            EngineDebugging.DUMP, Path.of(text.substring("dump:".length())));
      }
      throw new TypeConversionException(
          "'%s' is none of calls, dump and dump:FOLDER".formatted(text));
    }
  }
}
