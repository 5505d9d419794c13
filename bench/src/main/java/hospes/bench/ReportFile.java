package hospes.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes and reads reports as JSON.
final class ReportFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportFile() {}

  /// Writes the report into a folder, under a name made of its benchmark and date.
  ///
  /// @return the file
  static Path write(Report report, Path folder) throws BenchFailure {
    Path file =
        folder.resolve(
            "%s-%s.json".formatted(report.benchmark(), report.date().replaceAll("[^0-9TZ]", "")));
    try {
      Files.createDirectories(folder);
      JSON.writeValue(file.toFile(), report);
      return file;
    } catch (IOException e) {
      throw new BenchFailure("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  static Report read(Path file) throws BenchFailure {
    try {
      JsonNode tree = JSON.readTree(file.toFile());
      if (!tree.hasNonNull("benchmark") || !tree.hasNonNull("workloads")) {
        throw new BenchFailure("cannot read %s: it is no result of bench/run".formatted(file));
      }
      return JSON.treeToValue(tree, Report.class);
    } catch (IOException e) {
      throw new BenchFailure("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
