package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.e2e.Chart;
import dev.emroperator.finance.e2e.Cloud;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the chart has others ask of the operator, one that runs answers. */
class ProbesIT {

  private static Cloud cloud;
  private static JsonNode container;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cloud = Cloud.withOperator();
    container = installed("deployment", Chart.RELEASE).at("/spec/template/spec/containers/0");
  }

  @Test
  void theKubeletAsksWhereTheOperatorListensAndHears200() throws Exception {
    String listens =
        named(container.path("env"), "EMR_OPERATOR_HEALTH_PORT").path("value").asText();
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonNode get = container.path(probe).path("httpGet");
      assertEquals(listens, containerPort(get.path("port")), probe);
      assertEquals(200, ask(get.path("path")).statusCode(), get.toString());
    }
  }

  @Test
  void prometheusAsksTheServiceWhichLeadsThereToo() throws Exception {
    String rendered = HelmProgram.helm4().template(ChartCopy.into(folder), ValueSet.of("teams"));
    JsonNode endpoint =
        Manifests.of(rendered)
            .get("ServiceMonitor emr-operator/emr-operator")
            .at("/spec/endpoints/0");
    JsonNode service = installed("service", Chart.RELEASE + "-metrics");
    JsonNode port = named(service.at("/spec/ports"), endpoint.path("port").asText());
    assertEquals(
        containerPort(container.at("/readinessProbe/httpGet/port")),
        containerPort(port.path("targetPort")));

    HttpResponse<String> answer = ask(endpoint.path("path"));
    assertEquals(200, answer.statusCode(), endpoint.toString());
    assertTrue(answer.body().contains("emr_operator_build_info{"), answer.body());
  }

  private static JsonNode installed(String kind, String name) {
    String yaml = cloud.run("get", kind, name, "-n", Chart.RELEASE, "-o", "yaml").printed();
    return Manifests.of(yaml).values().iterator().next();
  }

  /** A port is named, or it is its number. */
  private static String containerPort(JsonNode port) {
    assertFalse(port.isMissingNode());
    return port.isTextual()
        ? named(container.path("ports"), port.asText()).path("containerPort").asText()
        : port.asText();
  }

  private static JsonNode named(JsonNode list, String name) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(each -> each.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + list));
  }

  private static HttpResponse<String> ask(JsonNode path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(cloud.operatorReady().resolve(path.asText())).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
