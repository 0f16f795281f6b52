package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.e2e.Chart;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.localcloud.Environments;
import dev.emroperator.finance.localcloud.OperatorProcess;
import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Gateway;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Target;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two ways in which a pod on EKS comes by a role of AWS, with the variables that EKS sets. */
class CredentialsIT {

  private static final Duration SHORT = Duration.ofSeconds(60);
  private static final String ROLE = "arn:aws:iam::123456789012:role/emr-operator";
  private static final Pattern SIGNED_BY = Pattern.compile("Credential=([^/]+)/");
  private static final int OK = 200;

  private static Cloud cloud;

  @TempDir Path folder;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final String token = UUID.randomUUID().toString();
  private Path tokenFile;
  private Issuer issuer;
  private Gateway gateway;
  private OperatorProcess operator;

  @BeforeAll
  static void alone() {
    cloud = Cloud.shared();
    cloud.endOperator();
  }

  @BeforeEach
  void listen() throws IOException {
    tokenFile = Files.writeString(folder.resolve("token"), token);
    issuer = Issuer.start();
    gateway = cloud.cloud().startGateway();
    gateway.intercept(
        new Interceptor() {
          @Override
          public Verdict after(Call call, int status) {
            // The local S3 knows no sessions, so it refuses what is signed by one.
            if (status == OK || call.target() == Target.S3) {
              calls.add(call);
            }
            return Verdict.PASS;
          }
        });
  }

  @AfterEach
  void end() {
    if (operator != null) {
      operator.kill();
    }
    gateway.close();
    issuer.close();
  }

  @Test
  void withIrsaItCallsAwsAsStsLetsIt() {
    assertSignsAsIssued(
        Map.of(
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            tokenFile.toString(),
            "AWS_ROLE_ARN",
            ROLE,
            "AWS_REGION",
            "eu-west-1",
            "AWS_ENDPOINT_URL_STS",
            issuer.sts().toString()));
    assertEquals(
        Set.of("AssumeRoleWithWebIdentity " + ROLE + " " + token), Set.copyOf(issuer.asked()));
  }

  @Test
  void withPodIdentityItCallsAwsAsTheAgentLetsIt() {
    assertSignsAsIssued(
        Map.of(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI", issuer.agent().toString(),
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", tokenFile.toString()));
    assertEquals(Set.of("GET " + token), Set.copyOf(issuer.asked()));
  }

  /** Of an analysis without input the operator asks S3, and EMR it asks in any case. */
  private void assertSignsAsIssued(Map<String, String> given) {
    start(given);
    assertEquals(0, cloud.apply(Objects.analysis("nothing-to-read")).exitCode());
    for (Target aws : List.of(Target.EMR, Target.S3)) {
      cloud.await(
          () -> calls.stream().anyMatch(call -> call.target() == aws), "a call of " + aws, SHORT);
    }
    cloud.kubectl("delete", "fa", "nothing-to-read", "--timeout=60s");
    for (Call call : calls) {
      if (call.target() != Target.KUBERNETES) {
        Matcher signed = SIGNED_BY.matcher(call.headers().getOrDefault("Authorization", ""));
        assertEquals(issuer.key(), signed.find() ? signed.group(1) : null, call.toString());
        assertEquals(issuer.session(), call.headers().get("X-Amz-Security-Token"));
      }
    }
  }

  /** Without the keys that others get here, for empty is as absent, or those of this machine. */
  private void start(Map<String, String> given) {
    String nowhere = folder.resolve("nowhere").toString();
    Map<String, String> variables = new HashMap<>(given);
    variables.put("AWS_ACCESS_KEY_ID", "");
    variables.put("AWS_SECRET_ACCESS_KEY", "");
    variables.put("AWS_SHARED_CREDENTIALS_FILE", nowhere);
    variables.put("AWS_CONFIG_FILE", nowhere);
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    variables.put("AWS_ENDPOINT_URL_EMR", gateway.endpoint(Target.EMR).toString());
    variables.put("AWS_ENDPOINT_URL_S3", gateway.endpoint(Target.S3).toString());
    operator =
        cloud
            .cloud()
            .startOperator(
                "credentials",
                Chart.configuration(cloud.cloud()) + "\n" + Environments.ALONE,
                Chart.kubeconfig(cloud.cloud()),
                variables);
  }
}
