package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Range;
import dev.emroperator.finance.api.kind.AnalysisKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example runs as it stands, on the files that it is meant for. */
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

  @TempDir Path folder;

  static List<Path> examples() throws IOException {
    return sorted(Files.list(EXAMPLES).filter(file -> file.toString().endsWith(".yaml")));
  }

  private static List<Path> sorted(Stream<Path> files) {
    try (files) {
      return files.sorted().toList();
    }
  }

  private static FinancialAnalysisSpec spec(Path example) throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode object = yaml.readTree(example.toFile());
    return yaml.treeToValue(object.get("spec"), FinancialAnalysisSpec.class);
  }

  /** The rule of {@code ./quickstart -f}, too. */
  private static Path[] files(Input input) throws IOException {
    if (input.name().equals("prices")) {
      return new Path[] {LocalRun.stocks()};
    }
    return sorted(Files.walk(EXAMPLES.resolve("data").resolve(input.name()))).stream()
        .filter(Files::isRegularFile)
        .toArray(Path[]::new);
  }

  private static LocalRun run(FinancialAnalysisSpec spec, Path folder) throws IOException {
    LocalRun run = new LocalRun(folder).as(spec.output().format(), spec.output().partitionBy());
    for (Input input : spec.inputs()) {
      run.input(input, files(input));
    }
    for (Analysis analysis : spec.analyses()) {
      run.analysis(analysis.name(), analysis.of(), analysis.kind());
    }
    Range range = spec.range();
    if (range != null) {
      String warmup = range.warmup() == null ? "0" : range.warmup().replace("d", "");
      run.range(range.from(), range.to(), Integer.parseInt(warmup));
    }
    assertEquals(List.of(), run.run());
    return run;
  }

  /** As on a machine in that zone, which is none of the inputs'. */
  private LocalRun run(FinancialAnalysisSpec spec, String zone) throws IOException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      return run(spec, folder.resolve(zone));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void givesTheSameRowsOfEveryAnalysisWhereverTheJvmIs(Path example) throws IOException {
    FinancialAnalysisSpec spec = spec(example);
    LocalRun east = run(spec, "Pacific/Kiritimati");
    LocalRun west = run(spec, "America/St_Johns");
    for (Analysis analysis : spec.analyses()) {
      assertTrue(east.manifest(analysis.name()).rows() > 0, analysis.name());
      Rows.assertSame(rows(east, analysis), rows(west, analysis));
    }
  }

  /** Of the files that the manifest names, since the quarantine lies beside them. */
  private static List<List<Object>> rows(LocalRun run, Analysis analysis) {
    String files =
        run.manifest(analysis.name()).files().stream()
            .map(file -> "'" + run.result(analysis.name()).resolve(file.path()) + "'")
            .collect(Collectors.joining(", "));
    return DuckDb.query("SELECT * FROM read_parquet([" + files + "]) ORDER BY ALL");
  }

  @Test
  void everyKindHasAnExample() throws IOException {
    Set<Class<?>> shown = new HashSet<>();
    for (Path example : examples()) {
      spec(example).analyses().forEach(analysis -> shown.add(analysis.kind().getClass()));
    }
    Set<Class<?>> missing = new HashSet<>(List.of(AnalysisKind.class.getPermittedSubclasses()));
    missing.removeAll(shown);
    assertEquals(Set.of(), missing, "add an example of each to examples/");
  }
}
