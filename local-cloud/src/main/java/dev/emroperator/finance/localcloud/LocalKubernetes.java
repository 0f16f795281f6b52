package dev.emroperator.finance.localcloud;

import java.nio.file.Path;
import java.util.function.Consumer;

/** The API server alone, for what needs neither S3 nor EMR; gone at the end, with its folder. */
public final class LocalKubernetes implements AutoCloseable {

  private final Path folder = LocalCloud.temporaryFolder();
  private final Children children = new Children();
  private final Thread hook = new Thread(this::stop, "stop local Kubernetes");
  private KubernetesApi api;

  private LocalKubernetes() {}

  /**
   * Starts it, and waits until it answers.
   *
   * @param tell hears about everything that takes long
   */
  public static LocalKubernetes start(Consumer<String> tell) {
    LocalKubernetes kubernetes = new LocalKubernetes();
    Runtime.getRuntime().addShutdownHook(kubernetes.hook);
    try {
      Path binaries = new KubernetesBinaries(Checkout.find(), tell).folder();
      kubernetes.api =
          KubernetesApi.start(
              kubernetes.children, kubernetes.folder.resolve("kubernetes"), binaries);
      return kubernetes;
    } catch (RuntimeException e) {
      kubernetes.close();
      throw e;
    }
  }

  public KubernetesApi api() {
    return api;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    stop();
  }

  private void stop() {
    children.close();
    LocalCloud.remove(folder);
  }
}
