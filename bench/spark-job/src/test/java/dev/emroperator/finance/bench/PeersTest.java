package dev.emroperator.finance.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.kind.AnalysisKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every peer of a scenario, in one process and on little data. */
class PeersTest {

  @TempDir Path folder;

  private Options little() {
    return Options.of(
        "--tickers", "20", "--gb", "0.03", "--cache", folder.resolve("in").toString());
  }

  @ParameterizedTest
  @CsvSource({"DAILY,40", "ROLLING,2240", "ASOF,22222"})
  void everyPeerGivesTheSameRows(Scenario scenario, long rows) throws Exception {
    Map<String, Path> data = scenario.cases(little()).get("");
    String first = null;
    for (Map.Entry<String, Way> way : scenario.ways().entrySet()) {
      Path result = folder.resolve(way.getKey());
      way.getValue().peer().run(data, result);
      for (String query : way.getValue().in(result).values()) {
        first = first == null ? query : first;
        assertEquals("" + rows, DuckDb.value("SELECT count(*) FROM (" + query + ")"));
        assertEquals(0, SameRows.differences(first, query), way.getKey());
      }
    }
  }

  @Test
  void theFourteenAreOneOfEachKind() {
    List<Analysis> all = AllKinds.analyses();
    assertEquals(
        Arrays.stream(AnalysisKind.class.getPermittedSubclasses()).collect(Collectors.toSet()),
        all.stream().map(one -> one.kind().getClass()).collect(Collectors.toSet()));
    assertEquals(14, all.size());
  }

  @Test
  void rowsThatDifferAreFound() {
    assertEquals(0, differences("(1, 1.0), (2, NULL)", "(2, NULL), (1, 1.0)"));
    assertEquals(0, differences("(1, 1.0)", "(1, 1.0000000001)"));
    assertEquals(1, differences("(1, 1.0)", "(1, 1.00000001)"));
    assertEquals(1, differences("(1, 1.0)", "(2, 1.0)"));
    assertEquals(1, differences("(1, 1.0)", "(1, NULL)"));
    assertEquals(1, differences("(1, 1.0)", "(1, 1.0), (2, 1.0)"));
  }

  private static long differences(String one, String other) {
    return SameRows.differences(rows(one), rows(other));
  }

  private static String rows(String pairs) {
    return "SELECT k, v::DOUBLE AS v FROM (VALUES " + pairs + ") r(k, v)";
  }
}
