package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Chart;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.Kubectl.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the roles that the chart adds to the cluster's own allow: somebody who has one of them alone
 * does what both are for. No controller adds them here, so they are bound as they are, and their
 * labels compared with what the cluster's own roles select.
 */
class AggregatedRolesIT {

  private static final Map<String, Set<String>> VERBS =
      Map.of(
          "view", Set.of("get", "list", "watch"),
          "edit", Set.of("create", "update", "patch", "delete", "deletecollection"));
  private static final Set<String> ROLES = VERBS.keySet();
  private static final String KIND = "financialanalyses";
  private static final String STATUS = KIND + "/status";

  private static Cloud cloud;
  private static Kubectl kubectl;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
    kubectl = new Kubectl(cloud.cloud().kubernetes());
    // It would write to the same objects.
    cloud.endOperator();
    for (String role : ROLES) {
      String user = user(role);
      kubectl.print("create", "namespace", user);
      kubectl.print(
          "create",
          "rolebinding",
          user,
          "--namespace=" + user,
          "--clusterrole=" + Chart.RELEASE + "-" + role,
          "--serviceaccount=" + user + ":" + user);
    }
  }

  @AfterAll
  static void end() {
    ROLES.forEach(role -> kubectl.print("delete", "fa", "--all", "--namespace=" + user(role)));
  }

  /** An account, and the namespace of the same name. */
  private static String user(String role) {
    return "may-" + role;
  }

  static Stream<Arguments> whoDoesWhat() {
    List<String> all = VERBS.values().stream().flatMap(Set::stream).toList();
    return ROLES.stream().flatMap(role -> all.stream().map(verb -> Arguments.of(role, verb)));
  }

  @ParameterizedTest
  @MethodSource("whoDoesWhat")
  void whoHasARoleDoesWhatItIsForAndNothingElse(String role, String verb) throws IOException {
    Answer answer = does(role, verb, "");
    if (VERBS.get(role).contains(verb)) {
      assertEquals(0, answer.exitCode(), answer.printed());
    } else {
      assertRefused(answer, verb, KIND);
    }
  }

  /** Status stays the operator's. */
  @ParameterizedTest
  @CsvSource({"view, update", "view, patch", "edit, update", "edit, patch"})
  void nobodyWritesStatus(String role, String verb) throws IOException {
    assertRefused(does(role, verb, "status"), verb, STATUS);
  }

  /** In the API server's words, which name the verb that it was asked for. */
  private static void assertRefused(Answer answer, String verb, String resource) {
    assertEquals(1, answer.exitCode(), answer.printed());
    String refusal = " cannot " + verb + " resource \"" + resource + "\" in API group ";
    assertTrue(answer.printed().contains(refusal), answer.printed());
  }

  /** One call of exactly this verb; most commands of kubectl make several. */
  private Answer does(String role, String verb, String subresource) throws IOException {
    String user = user(role);
    String all = "/apis/finance.emr-operator.dev/v1alpha1/namespaces/" + user + "/" + KIND;
    String one = all + "/there" + (subresource.isEmpty() ? "" : "/" + subresource);
    assertEquals(0, cloud.applyTo(user, Objects.analysis("there")).exitCode());
    return switch (verb) {
      case "get" -> as(user, "get", "--raw=" + one);
      case "list" -> as(user, "get", "--raw=" + all);
      case "watch" -> as(user, "get", "--raw=" + all + "?watch=true&timeoutSeconds=1");
      case "create" -> as(user, "create", "--validate=false", "-f", file(Objects.analysis("new")));
      case "update" -> as(user, "replace", "--raw=" + one, "-f", stored(user));
      case "patch" ->
          as(
              user,
              "apply",
              "--server-side",
              "--force-conflicts",
              "--validate=false",
              "--subresource=" + subresource,
              "-f",
              file(Objects.analysis("there")));
      case "delete" -> as(user, "delete", "--raw=" + one);
      case "deletecollection" -> as(user, "delete", "--raw=" + all);
      default -> throw new IllegalArgumentException("who does " + verb + "?");
    };
  }

  private static Answer as(String user, String... arguments) {
    List<String> command = new ArrayList<>(Arrays.asList(arguments));
    command.add("--namespace=" + user);
    command.add("--as=system:serviceaccount:" + user + ":" + user);
    return kubectl.run(command.toArray(String[]::new));
  }

  private String stored(String namespace) throws IOException {
    return file(kubectl.print("get", "fa", "there", "-o", "json", "--namespace=" + namespace));
  }

  private String file(String object) throws IOException {
    return Files.writeString(folder.resolve("object"), object).toString();
  }

  @ParameterizedTest
  @CsvSource({"view, view", "edit, view", "edit, edit", "admin, view", "admin, edit"})
  void theClustersOwnRoleSelectsIt(String own, String added) {
    String selector =
        cloud
            .run(
                "get",
                "clusterrole",
                own,
                "-o",
                "jsonpath={.aggregationRule.clusterRoleSelectors[0].matchLabels}")
            .printed();
    String label = "rbac.authorization.k8s.io/aggregate-to-" + own;
    assertEquals("{\"" + label + "\":\"true\"}", selector);
    String selected =
        cloud.run("get", "clusterroles", "-l", label + "=true", "-o", "name").printed();
    assertTrue(
        selected.contains("clusterrole.rbac.authorization.k8s.io/emr-operator-" + added), selected);
  }
}
