package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Helm makes of each set of values, word for word. A change that is meant is written by {@code
 * GOLDEN=write}, see {@code helm/ci/README.md}, and then read before it is committed.
 */
class GoldenFilesIT {

  private static final boolean WRITE = "write".equals(System.getenv("GOLDEN"));

  @TempDir Path folder;

  static List<ValueSet> sets() {
    return ValueSet.all();
  }

  private String rendered(HelmProgram helm, ValueSet values) {
    ChartCopy chart =
        ChartCopy.into(folder)
            .standIn(ChartCopy.CRD)
            .standIn(ChartCopy.ALERTS)
            .standIn(ChartCopy.DASHBOARD);
    return helm.template(chart, values);
  }

  private static void lintIsClean(HelmProgram helm, ValueSet values) {
    String said = helm.print("lint", "--strict", "helm", "--values=" + values.file());
    assertTrue(said.contains("1 chart(s) linted, 0 chart(s) failed"), said);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void helm4RendersWhatIsCommitted(ValueSet values) throws IOException {
    String rendered = rendered(HelmProgram.helm4(), values);
    if (WRITE) {
      Files.writeString(values.golden(), rendered);
    }
    assertEquals(Files.readString(values.golden()), rendered);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void helm4FindsNothingToComplainOf(ValueSet values) {
    lintIsClean(HelmProgram.helm4(), values);
  }

  @Tag("delivery")
  @ParameterizedTest
  @MethodSource("sets")
  void helm3RendersTheSameObjects(ValueSet values) throws IOException {
    assertEquals(
        Manifests.of(Files.readString(values.golden())),
        Manifests.of(rendered(HelmProgram.helm3(), values)));
  }

  @Tag("delivery")
  @ParameterizedTest
  @MethodSource("sets")
  void helm3FindsNothingToComplainOf(ValueSet values) {
    lintIsClean(HelmProgram.helm3(), values);
  }
}
