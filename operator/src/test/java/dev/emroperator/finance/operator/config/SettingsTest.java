package dev.emroperator.finance.operator.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.config.ConfigFile.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private Settings read(String moreConfig) throws IOException {
    String sample = Files.readString(Samples.file("/config.yaml"));
    Path file = Files.writeString(folder.resolve("config.yaml"), sample + moreConfig);
    environment.put("EMR_OPERATOR_CONFIG", file.toString());
    environment.put("KUBENAMESPACE", folder.resolve("namespace").toString());
    return Settings.read(environment);
  }

  private String refusal(String moreConfig) {
    return assertThrows(ConfigException.class, () -> read(moreConfig)).getMessage();
  }

  @Test
  void aPodIsKnownByItsNameAndKeepsItsLeaseInItsNamespace() throws IOException {
    environment.put("POD_NAME", "emr-operator-5d9f-x2k");
    environment.put("POD_NAMESPACE", "platform");
    Settings settings = read("");
    assertEquals("emr-operator-5d9f-x2k", settings.identity());
    assertEquals("platform", settings.leaseNamespace());
    assertEquals(8080, settings.healthPort());
    assertEquals("emr-operator-prod", settings.config().leaderElection().leaseName("prod"));
  }

  @Test
  void theNamespaceOfTheServiceAccountServesAsWell() throws IOException {
    Files.writeString(folder.resolve("namespace"), "from-the-account\n");
    assertEquals("from-the-account", read("").leaseNamespace());
    assertEquals("named", read("leaderElection: {namespace: named}\n").leaseNamespace());
  }

  @Test
  void withoutANamespaceTheElectionIsNamedOrOff() throws IOException {
    assertTrue(refusal("").contains("leaderElection.namespace is missing"), refusal(""));
    assertNull(read("leaderElection: {enabled: false}\n").leaseNamespace());
  }

  @Test
  void twoProcessesOfOneHostDiffer() throws IOException {
    environment.put("HOSTNAME", "node-7");
    String alone = "leaderElection: {enabled: false}\n";
    String one = read(alone).identity();
    assertTrue(one.startsWith("node-7_"), one);
    assertTrue(!one.equals(read(alone).identity()));
  }

  @Test
  void everyProblemOfVariablesAndFileIsNamedAtOnce() {
    environment.put("EMR_OPERATOR_HEALTH_PORT", "80800");
    environment.put("EMR_OPERATOR_LOG", "xml");
    environment.put("EMR_OPERATOR_HEALTHPORT", "8081");
    String message = refusal("leaderElection: {leaseDuration: 5s}\n");
    assertTrue(
        message.contains("EMR_OPERATOR_HEALTH_PORT must be a port, 0 to 65535, but is 80800"),
        message);
    assertTrue(message.contains("EMR_OPERATOR_LOG must be json or text, but is xml"), message);
    assertTrue(message.contains("EMR_OPERATOR_HEALTHPORT is no setting"), message);
    assertTrue(message.contains("leaderElection.leaseDuration must be longer"), message);
  }

  @Test
  void variablesOfKubernetesAboutAServiceAreNoSettings() throws IOException {
    environment.put("POD_NAMESPACE", "platform");
    environment.put("EMR_OPERATOR_SERVICE_HOST", "10.0.0.7");
    environment.put("EMR_OPERATOR_PORT", "tcp://10.0.0.7:8080");
    environment.put("EMR_OPERATOR_PORT_8080_TCP_ADDR", "10.0.0.7");
    assertEquals(8080, read("").healthPort());
  }

  @ParameterizedTest
  @CsvSource({
    "15s, 10s, 2s, ''",
    "8s, 4s, 1s, ''",
    "12s, 10s, 2s, leaderElection.leaseDuration must be longer",
    "15s, 10s, 5s, leaderElection.renewDeadline must be longer than 2.2 times retryPeriod",
    "15s, 10s, soon, leaderElection.retryPeriod is wrong"
  })
  void leaseTimesThatLetTwoLeadAreRefused(String lease, String renew, String retry, String said)
      throws IOException {
    String election =
        "leaderElection: {namespace: n, leaseDuration: %s, renewDeadline: %s, retryPeriod: %s}\n"
            .formatted(lease, renew, retry);
    if (said.isEmpty()) {
      assertEquals("n", read(election).leaseNamespace());
    } else {
      assertTrue(refusal(election).contains(said), refusal(election));
    }
  }
}
