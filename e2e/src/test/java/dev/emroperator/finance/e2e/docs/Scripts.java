package dev.emroperator.finance.e2e.docs;

import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Tool;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;

/** Commands of the pages, run as a user would, against a local cloud. */
final class Scripts {

  private Scripts() {}

  /** Runs them in one bash that ends at the first error. */
  static Tool.Answer run(Cloud cloud, Path folder, String commands) {
    return new Tool(Path.of("bash"))
        .run(
            folder,
            variables(cloud, cloud.cloud().kubernetes().kubeconfig()),
            "-euo",
            "pipefail",
            "-c",
            commands);
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
