package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The API server's own judgement of each set of values, that of Pod Security's strictest level
 * among it. The kinds of the Prometheus operator are there by its own CRDs.
 */
class ServerSideDryRunIT {

  private static Cloud cloud;

  @TempDir Path folder;

  static List<ValueSet> sets() {
    return ValueSet.all();
  }

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
    String monitoring = Tool.of("prometheus-crds").program().toString();
    print("apply", "--server-side", "-f", monitoring);
    cloud.awaitKinds();
    for (String namespace : List.of("team-a", "team-b")) {
      cloud.run("create", "namespace", namespace);
    }
    print(
        "label",
        "namespace",
        HelmProgram.RELEASE,
        "pod-security.kubernetes.io/enforce=restricted",
        "pod-security.kubernetes.io/warn=restricted",
        "--overwrite");
  }

  private static void print(String... arguments) {
    var answer = cloud.run(arguments);
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  @ParameterizedTest
  @MethodSource("sets")
  void theApiServerTakesAllOfIt(ValueSet values) throws IOException {
    ChartCopy chart = ChartCopy.into(folder);
    String rendered = HelmProgram.helm4().template(chart, values);
    Path file = Files.writeString(folder.resolve("rendered.yaml"), rendered);
    var answer = cloud.run("apply", "--dry-run=server", "-f", file.toString());
    assertEquals(0, answer.exitCode(), answer.printed());
    assertFalse(answer.printed().contains("would violate PodSecurity"), answer.printed());
    assertEquals(
        Manifests.of(rendered).size(),
        answer.printed().lines().filter(line -> line.endsWith("(server dry run)")).count(),
        answer.printed());
    assertTrue(answer.printed().contains("pod/emr-operator-check created"), answer.printed());
  }
}
