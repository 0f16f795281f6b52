package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Commands of the pages, run as a user would, against a local cloud. */
final class Scripts {

  private Scripts() {}

  /** Runs them in one bash that ends at the first error. */
  static Tool.Answer run(Cloud cloud, Path folder, String commands) {
    return run(folder, variables(cloud, cloud.cloud().kubernetes().kubeconfig()), commands);
  }

  /** Runs them likewise, with programs of this folder before those of the machine. */
  static Tool.Answer runBefore(Path programs, Path folder, String commands) {
    String path = programs + File.pathSeparator + System.getenv("PATH");
    return run(folder, Map.of("PATH", path), commands);
  }

  private static Tool.Answer run(Path folder, Map<String, String> variables, String commands) {
    return new Tool(Path.of("bash")).run(folder, variables, "-euo", "pipefail", "-c", commands);
  }

  /** Puts a program of this name into a folder: commands of sh. */
  static void program(Path folder, String name, String commands) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + commands + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  /** With these, kubectl and the libraries of AWS find the local cloud. */
  static Map<String, String> variables(Cloud cloud, Path kubeconfig) {
    Path kubectl = cloud.cloud().kubernetes().kubectl();
    return Map.of(
        "PATH",
        kubectl.getParent() + File.pathSeparator + System.getenv("PATH"),
        "KUBECONFIG",
        kubeconfig.toString(),
        "AWS_ENDPOINT_URL",
        cloud.cloud().s3().endpoint().toString(),
        "AWS_ACCESS_KEY_ID",
        "local",
        "AWS_SECRET_ACCESS_KEY",
        "local",
        "AWS_DEFAULT_REGION",
        "us-east-1");
  }
}
