package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.LocalCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The script for a real account, pointed at the local one: its checks must find nothing wrong. */
@Tag("delivery")
class SmokeAwsIT {

  private static final String ROLE = "arn:aws:iam::123456789012:role/emr-operator-local-operator";
  private static final Tool SCRIPT = new Tool(Path.of("infra/smoke-aws").toAbsolutePath());

  @Test
  void shellcheckFindsNothing() {
    Tool.Answer answer = Tool.of("shellcheck").run(SCRIPT.program().toString());
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  @Test
  void allPointsAreRightOnTheLocalCloud() throws IOException {
    assumeTheCli();
    try (LocalCloud cloud = LocalCloud.start(LocalCloud.NO_DELAYS, System.out::println);
        Iam iam = Iam.judging(Policy.golden("operator-policy"))) {
      List.of("emr-artifacts", "emr-logs", "market-data", "research")
          .forEach(cloud.s3()::createBucket);
      Kubectl kubectl = new Kubectl(cloud.kubernetes());
      kubectl.print("apply", "--server-side", "-f", cloud.checkout().crd().toString());
      kubectl.awaitKinds();
      kubectl.print("create", "namespace", "research");
      cloud.startOperator(
          Values.golden()
              .configuration(
                  Map.of(
                      "timing", Map.of("sweep", "1s", "settle", "10s", "scaled", true),
                      "leaderElection", Map.of("enabled", false))));

      Tool.Answer answer =
          SCRIPT.run(
              cloud.folder(),
              variables(cloud, iam),
              "--region",
              "eu-west-1",
              "--data",
              "s3://market-data/",
              "--results",
              "s3://research/",
              "--installation",
              "local",
              "--operator-role",
              ROLE,
              "--minutes",
              "4");
      System.out.println(answer.printed());
      assertEquals(0, answer.exitCode(), answer.printed());
      assertTrue(answer.printed().contains("12154 rows, as everywhere else"), answer.printed());
      for (String condition : List.of("--if-none-match", "--if-match")) {
        assertTrue(
            answer.printed().contains("ok: S3 refuses " + condition)
                || answer.printed().contains("this AWS CLI does not know " + condition),
            answer.printed());
      }
      assertTrue(answer.printed().contains("Terminated by user request"), answer.printed());
    }
  }

  @Test
  void theModulesRoleIsRightAndItsLimitIsTold() throws IOException {
    Tool.Answer answer = askOf(Policy.golden("operator-policy"));
    assertEquals(0, answer.exitCode(), answer.printed());
    assertTrue(
        answer.printed().contains("known limit: tag a cluster that has no such tag: allowed"),
        answer.printed());
  }

  @Test
  void aRoleThatForgetsTheTagIsFoundOut() throws IOException {
    Policy golden = Policy.golden("operator-policy");
    Tool.Answer answer =
        askOf(
            new Policy(
                golden.statements().stream()
                    .map(s -> new Policy.Statement(s.sid(), s.actions(), s.resources(), Map.of()))
                    .toList()));
    assertEquals(1, answer.exitCode(), answer.printed());
    assertTrue(
        answer
            .printed()
            .contains("WRONG: it is not denied to call TerminateJobFlows for one without the tag"),
        answer.printed());
    assertTrue(answer.printed().contains("7 points are wrong"), answer.printed());
  }

  @Test
  void aRoleThatMayDoNothingIsFoundOut() throws IOException {
    Tool.Answer answer = askOf(new Policy(List.of()));
    assertEquals(1, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains("4 points are wrong"), answer.printed());
  }

  private static Tool.Answer askOf(Policy policy) throws IOException {
    assumeTheCli();
    try (Iam iam = Iam.judging(policy)) {
      return SCRIPT.run(
          Path.of(""),
          Map.of(
              "AWS_ENDPOINT_URL_IAM",
              iam.endpoint().toString(),
              "AWS_ACCESS_KEY_ID",
              "local",
              "AWS_SECRET_ACCESS_KEY",
              "local"),
          "--role-only",
          "--operator-role",
          ROLE,
          "--installation",
          "local",
          "--region",
          "eu-west-1",
          "--data",
          "s3://market-data/",
          "--results",
          "s3://research/");
    }
  }

  private static void assumeTheCli() {
    Tool.assumeOnPath("aws", ": pip install awscli");
  }

  private static Map<String, String> variables(LocalCloud cloud, Iam iam) {
    Path programs = Tool.of("helm").program().getParent();
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_ENDPOINT_URL_IAM", iam.endpoint().toString());
    variables.put("PATH", programs + ":" + System.getenv("PATH"));
    variables.put("KUBECONFIG", cloud.kubernetes().kubeconfig().toString());
    variables.put("AWS_ENDPOINT_URL_EMR", cloud.emr().endpoint().toString());
    variables.put("AWS_ENDPOINT_URL_S3", cloud.s3().endpoint().toString());
    // Nobody answers there, so the script must say that it could not look.
    variables.put("AWS_ENDPOINT_URL_EC2", "http://127.0.0.1:1");
    variables.put("AWS_MAX_ATTEMPTS", "1");
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    return variables;
  }
}
