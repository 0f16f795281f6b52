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
public final class Chart {

  public static final String RELEASE = "emr-operator";

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

  public static String configuration(LocalCloud cloud) {
    return configuration(cloud, RELEASE);
  }

  /** Of a release in the namespace of the same name, and with it what the chart refuses. */
  public static String configuration(LocalCloud cloud, String release) {
    return new Kubectl(cloud.kubernetes())
        .print("get", "configmap", release, "-n", release, "-o", "jsonpath={.data.config\\.yaml}")
        .replace("timing:\n", "timing:\n  scaled: true\n");
  }

  public static Path kubeconfig(LocalCloud cloud) {
    return kubeconfig(cloud, RELEASE);
  }

  /** Of a release in the namespace of the same name. */
  public static Path kubeconfig(LocalCloud cloud, String release) {
    String token =
        new Kubectl(cloud.kubernetes())
            .print("create", "token", release, "-n", release, "--duration=2h");
    return cloud.kubernetes().kubeconfigOf(release, token);
  }

  public static Path values(LocalCloud cloud) {
    String config =
        Environments.local("s3://market-data/", "s3://research/").replace(", scaled: true", "");
    try {
      return Files.writeString(
          cloud.folder().resolve("values.yaml"), "config:\n" + config.indent(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path folder(LocalCloud cloud) {
    return cloud.checkout().root().resolve("helm");
  }
}
