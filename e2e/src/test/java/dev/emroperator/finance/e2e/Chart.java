package dev.emroperator.finance.e2e;

import com.marcnuri.helm.Helm;
import dev.emroperator.finance.localcloud.Environments;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.LocalCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The chart, installed by Helm's own code. No pod can run here, so the operator is started as a
 * process, with what the pod would get: the ConfigMap and the service account's token.
 */
final class Chart {

  static final String RELEASE = "emr-operator";

  private Chart() {}

  static void install(LocalCloud cloud) {
    new Helm(folder(cloud))
        .install()
        .withName(RELEASE)
        .withNamespace(RELEASE)
        .createNamespace()
        .withKubeConfig(cloud.kubernetes().kubeconfig())
        .withValuesFile(values(cloud))
        .call();
  }

  static String render(LocalCloud cloud) {
    return new Helm(folder(cloud))
        .template()
        .withName(RELEASE)
        .withNamespace(RELEASE)
        .withKubeVersion("1.35.4")
        .withValuesFile(values(cloud))
        .call();
  }

  static String configuration(LocalCloud cloud) {
    return new Kubectl(cloud.kubernetes())
        .print("get", "configmap", RELEASE, "-n", RELEASE, "-o", "jsonpath={.data.config\\.yaml}");
  }

  static Path kubeconfig(LocalCloud cloud) {
    String token =
        new Kubectl(cloud.kubernetes())
            .print("create", "token", RELEASE, "-n", RELEASE, "--duration=2h");
    return cloud.kubernetes().kubeconfigOf(RELEASE, token);
  }

  static Path values(LocalCloud cloud) {
    String config = Environments.local("s3://market-data/", "s3://research/");
    try {
      return Files.writeString(
          cloud.folder().resolve("values.yaml"), "config:\n" + config.indent(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path folder(LocalCloud cloud) {
    return cloud.checkout().root().resolve("helm");
  }
}
