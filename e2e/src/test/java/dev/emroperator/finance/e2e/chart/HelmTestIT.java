package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Chart;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.Tool.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "-jar",
            cloud.cloud().checkout().operatorJar().toString(),
            "check",
            cloud.operatorReady().toString());
    assertEquals(0, answer.exitCode(), answer.printed());
    assertTrue(
        answer.printed().contains("Installation local is as it should be"), answer.printed());
  }
}
