package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.e2e.Chart;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.Tool.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pod of {@code helm test} runs, with the account and the settings that it gets. */
class HelmTestIT {

  @TempDir Path folder;

  @Test
  void theCheckFindsAnInstalledOperatorAsItShouldBe() throws IOException {
    Cloud cloud = Cloud.withOperator();
    Path config =
        Files.writeString(folder.resolve("config.yaml"), Chart.configuration(cloud.cloud()));
    List<String> command =
        new ArrayList<>(List.of("-jar", cloud.cloud().checkout().operatorJar().toString()));
    command.addAll(arguments(cloud));
    Tool java = new Tool(Path.of(System.getProperty("java.home"), "bin", "java"));
    Answer answer =
        java.run(
            folder,
            Map.of(
                "KUBECONFIG",
                Chart.kubeconfig(cloud.cloud()).toString(),
                "EMR_OPERATOR_CONFIG",
                config.toString(),
                "EMR_OPERATOR_LOG",
                "text",
                "POD_NAMESPACE",
                Chart.RELEASE),
            command.toArray(String[]::new));
    assertEquals(0, answer.exitCode(), answer.printed());
    assertTrue(
        answer.printed().contains("Installation local is as it should be"), answer.printed());
  }

  /**
   * The pod's, with the operator's own address in place of its Service's, which leads nowhere. Only
   * Helm as a program tells of hooks.
   */
  private List<String> arguments(Cloud cloud) throws IOException {
    Map<String, JsonNode> objects =
        Manifests.of(HelmProgram.helm4().template(ChartCopy.into(folder), ValueSet.of("least")));
    JsonNode service = objects.get("Service emr-operator/emr-operator-metrics");
    String address =
        "%s.%s.svc:%s"
            .formatted(
                service.at("/metadata/name").asText(),
                service.at("/metadata/namespace").asText(),
                service.at("/spec/ports/0/port").asText());
    List<String> arguments = new ArrayList<>();
    objects
        .get("Pod emr-operator/emr-operator-check")
        .at("/spec/containers/0/args")
        .forEach(
            argument ->
                arguments.add(
                    argument.asText().replace(address, cloud.operatorReady().getAuthority())));
    return arguments;
  }
}
