package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.Tool.Answer;
import dev.emroperator.finance.localcloud.KubernetesApi;
import java.nio.file.Path;
import java.util.Map;

/**
 * Helm itself, as people run it.
 *
 * @param kubeconfig null where no cluster is asked
 */
record HelmProgram(Tool tool, Path kubeconfig) {

  static final String RELEASE = "emr-operator";

  static HelmProgram helm4() {
    return new HelmProgram(Tool.of("helm"), null);
  }

  static HelmProgram helm3() {
    return new HelmProgram(Tool.of("helm3"), null);
  }

  HelmProgram on(KubernetesApi kubernetes) {
    return new HelmProgram(tool, kubernetes.kubeconfig());
  }

  Answer run(String... arguments) {
    Map<String, String> variables =
        kubeconfig == null ? Map.of() : Map.of("KUBECONFIG", kubeconfig.toString());
    return tool.run(Path.of(""), variables, arguments);
  }

  /** What it prints; it must succeed. */
  String print(String... arguments) {
    Answer answer = run(arguments);
    assertEquals(0, answer.exitCode(), answer.printed());
    return answer.printed();
  }

  /** The manifests that a set of values gives. */
  String template(ChartCopy chart, ValueSet values) {
    return print(
        "template",
        RELEASE,
        chart.toString(),
        "--namespace=" + RELEASE,
        "--kube-version=1.35.4",
        "--values=" + values.file());
  }
}
