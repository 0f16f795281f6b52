package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.emroperator.finance.e2e.Tool.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value that can't be right is refused before anything is installed, with its field. */
class WrongValuesIT {

  private static final String TABLE =
      """
      replicas=2                                                 | 'replicas'
      config.installation=Prod                                   | /config/installation
      config.instalation=prod                                    | 'instalation'
      config.timing.sweep=soon                                   | /config/timing/sweep
      config.timing.scaled=true                                  | 'scaled'
      config.leaderElection.leaseDuration=15                     | /config/leaderElection/leaseDuration
      config.apiShare=2                                          | /config/apiShare
      config.watchNamespaces[0]=Team_A                           | /config/watchNamespaces/0
      config.environments.default.region=                        | /config/environments/default/region
      config.environments.other.region=eu-west-1                 | 'serviceRole'
      config.environments.default.subnet=subnet-1                | 'subnet'
      config.environments.default.fence.inputs[0]=s3://a/b       | /config/environments/default/fence/inputs/0
      config.environments.default.fence.maximumCapacity=0        | /config/environments/default/fence/maximumCapacity
      config.environments.default.masterSecurityGroup=sg-1       | 'workerSecurityGroup'
      config.environments.default.instanceTypes.core[0].weight=0 | /config/environments/default/instanceTypes/core/0/weight
      config.environments.default.orphans=keep                   | /config/environments/default/orphans
      config.environments.default.tags.cost=4711                 | /config/environments/default/tags/cost
      image.digest=abc                                           | /image/digest
      image.repository=registry.example.com/My Repo              | /image/repository
      image.tag=:latest                                          | /image/tag
      imagePullSecrets[0].name=Pull_Secret                       | /imagePullSecrets/0/name
      imagePullSecrets[0].name=a..b                              | /imagePullSecrets/0/name
      priorityClassName=Very_High                                | /priorityClassName
      podLabels.-team=research                                   | '-team'
      podLabels.Example\\.com/team=research                       | 'Example.com/team'
      podAnnotations.a\\.\\.b/team=research                        | 'a..b/team'
      podLabels.team=research/eu                                 | /podLabels/team
      podAnnotations.team_=research                              | 'team_'
      podAnnotations.checksum/config=mine                        | 'checksum/config'
      podAnnotations.checksum/account=mine                       | 'checksum/account'
      podLabels.helm\\.sh/chart=mine                             | 'helm.sh/chart'
      metrics.serviceMonitor.labels.helm\\.sh/chart=mine         | 'helm.sh/chart'
      metrics.rules.labels.helm\\.sh/chart=mine                  | 'helm.sh/chart'
      metrics.dashboard.labels.helm\\.sh/chart=mine              | 'helm.sh/chart'
      nodeSelector.disk=very fast                                | /nodeSelector/disk
      serviceAccount.create=false                                | /serviceAccount/name
      serviceAccount.create=false,serviceAccount.name=a,serviceAccount.annotations.b=c | /serviceAccount/annotations
      networkPolicy.apiServerPorts[0]=70000                      | /networkPolicy/apiServerPorts/0
      metrics.serviceMonitor.interval=30s                        | 'interval'
      metrics.rules.runbookBaseUrl=git.example.com               | /metrics/rules/runbookBaseUrl
      resources.limit.memory=1Gi                                 | 'limit'
      resources.limits.memory=512Mib                             | /resources/limits/memory
      resources.limits.cpu=-1                                    | /resources/limits/cpu
      extraEnv[0].nam=HTTPS_PROXY                                | 'nam'
      extraEnv[0].name=POD_NAMESPACE                             | /extraEnv/0/name
      extraEnv[0].name=2ND_PROXY                                 | /extraEnv/0/name
      config.environments.Prod_EU.region=eu-west-1               | 'Prod_EU'
      """;

  private static Answer template(HelmProgram helm, String setting) {
    return helm.run(
        "template", "helm", "--values=" + ValueSet.of("least").file(), "--set=" + setting);
  }

  private static void assertRefused(HelmProgram helm, String setting, String field) {
    Answer answer = template(helm, setting);
    assertEquals(1, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains(field), answer.printed());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = TABLE)
  void helm4NamesTheField(String setting, String field) {
    assertRefused(HelmProgram.helm4(), setting, field);
  }

  @Tag("delivery")
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = TABLE)
  void helm3NamesTheField(String setting, String field) {
    assertRefused(HelmProgram.helm3(), setting, field);
  }

  /** Kubernetes takes the last of two variables of one name, and says nothing. */
  @Test
  void exactlyTheVariablesThatTheChartSetsAreRefusedAsExtraOnes() throws IOException {
    assertEquals(
        names(pod(ValueSet.of("least")).at("/spec/containers/0/env").findValues("name")),
        names(schema().at("/properties/extraEnv/items/properties/name/not/enum")));
  }

  /** A key that stands twice is refused by one tool, and its last value taken by another. */
  @Test
  void exactlyTheKeysThatTheChartWritesAreRefusedAsFurtherOnes() throws IOException {
    JsonNode schema = schema();
    assertEquals(
        ownKeys("annotations", "podAnnotations"),
        names(schema.at("/properties/podAnnotations/propertyNames/not/enum")));
    assertEquals(
        ownKeys("labels", "podLabels"),
        names(schema.at("/definitions/addedLabels/propertyNames/not/enum")));
  }

  /** Of the pod where everything is switched on, without those that come from a value. */
  private static Set<String> ownKeys(String field, String value) throws IOException {
    ValueSet teams = ValueSet.of("teams");
    Set<String> keys = new TreeSet<>();
    pod(teams).at("/metadata").path(field).fieldNames().forEachRemaining(keys::add);
    JsonNode values = new YAMLMapper().readTree(teams.file().toFile());
    values.path(value).fieldNames().forEachRemaining(keys::remove);
    return keys;
  }

  private static JsonNode pod(ValueSet values) throws IOException {
    return Manifests.of(Files.readString(values.golden()))
        .get("Deployment emr-operator/emr-operator")
        .at("/spec/template");
  }

  private static JsonNode schema() throws IOException {
    return new ObjectMapper().readTree(new File("helm/values.schema.json"));
  }

  private static Set<String> names(Iterable<JsonNode> nodes) {
    Set<String> names = new TreeSet<>();
    nodes.forEach(node -> names.add(node.asText()));
    return names;
  }

  @Test
  void withoutAnyValuesItSaysWhatIsMissing() {
    Answer answer = HelmProgram.helm4().run("template", "helm");
    assertEquals(1, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains("/config/installation"), answer.printed());
    assertTrue(answer.printed().contains("/config/environments"), answer.printed());
  }
}
