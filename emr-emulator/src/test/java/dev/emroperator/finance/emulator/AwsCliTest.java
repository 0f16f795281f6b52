package dev.emroperator.finance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The emulator through AWS's own command line, where that is installed. */
class AwsCliTest {

  private static String aws(EmrEmulator emulator, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("aws", "emr"));
    command.addAll(List.of(args));
    command.addAll(List.of("--endpoint-url", emulator.endpoint().toString(), "--output", "text"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_DEFAULT_REGION", "eu-west-1"));
    Process process = builder.start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), printed);
    return printed;
  }

  private static boolean isInstalled() {
    try {
      return new ProcessBuilder("aws", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void createsListsDescribesAndTerminates() throws Exception {
    if (!isInstalled()) {
      abort("aws is not on this machine: pip install awscli");
    }
    try (EmrEmulator emulator = EmrEmulator.start(Settings.IMMEDIATE)) {
      String id =
          aws(
              emulator,
              "create-cluster",
              "--name",
              "cli",
              "--release-label",
              "emr-7.12.0",
              "--service-role",
              "EMR_DefaultRole_V2",
              "--ec2-attributes",
              "InstanceProfile=EMR_EC2_DefaultRole",
              "--instance-fleets",
              "InstanceFleetType=MASTER,TargetOnDemandCapacity=1,InstanceTypeConfigs=[{InstanceType=m6i.xlarge}]",
              "--steps",
              "Type=CUSTOM_JAR,Jar=command-runner.jar,Name=ok,ActionOnFailure=CONTINUE,Args=[true]",
              "--query",
              "ClusterId");
      assertTrue(aws(emulator, "list-clusters", "--active").contains(id));
      aws(emulator, "wait", "step-complete", "--cluster-id", id, "--step-id", stepOf(emulator, id));
      assertEquals(
          "ok", aws(emulator, "list-steps", "--cluster-id", id, "--query", "Steps[0].Name"));
      aws(emulator, "terminate-clusters", "--cluster-ids", id);
      aws(emulator, "wait", "cluster-terminated", "--cluster-id", id);
      assertEquals(
          "TERMINATED",
          aws(emulator, "describe-cluster", "--cluster-id", id, "--query", "Cluster.Status.State"));
    }
  }

  private static String stepOf(EmrEmulator emulator, String id) throws Exception {
    return aws(emulator, "list-steps", "--cluster-id", id, "--query", "Steps[0].Id");
  }
}
