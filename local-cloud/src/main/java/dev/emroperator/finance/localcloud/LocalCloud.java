package dev.emroperator.finance.localcloud;

import dev.emroperator.finance.localcloud.gateway.Gateway;
import dev.emroperator.finance.localcloud.gateway.Target;
import dev.emroperator.finance.localcloud.gateway.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Kubernetes, S3 and EMR on one machine, and the operator when it is wanted. All of it is stopped,
 * and its folder removed, at the end, also after Ctrl-C or a failure half-way.
 */
public final class LocalCloud implements AutoCloseable {

  /** Delays of the emulator that let a person see each state. */
  public static final List<String> VISIBLE_DELAYS = options("2s", "1s", "1s");

  /** No delays. */
  public static final List<String> NO_DELAYS = options("0s", "0s", "0s");

  private final Checkout checkout = Checkout.find();
  private final Path folder;
  private final Children children = new Children();
  private final Thread hook = new Thread(this::stop, "stop local cloud");
  private boolean stopped;
  private KubernetesApi kubernetes;
  private LocalS3 s3;
  private EmrProcess emr;

  private LocalCloud(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts Kubernetes, S3 and EMR.
   *
   * @param emulatorOptions delays, quotas and what else the emulator's command line knows
   * @param tell hears about everything that takes long
   */
  public static LocalCloud start(List<String> emulatorOptions, Consumer<String> tell) {
    LocalCloud cloud = new LocalCloud(temporaryFolder());
    Runtime.getRuntime().addShutdownHook(cloud.hook);
    try {
      cloud.startAll(emulatorOptions, tell);
      return cloud;
    } catch (RuntimeException e) {
      cloud.close();
      throw e;
    }
  }

  private static List<String> options(
      String provisioning, String bootstrapping, String terminating) {
    return List.of(
        "--provisioning", provisioning,
        "--bootstrapping", bootstrapping,
        "--terminating", terminating,
        // The operator looks ten times as often here as at AWS, see Environments.
        "--quotas", "10");
  }

  private void startAll(List<String> emulatorOptions, Consumer<String> tell) {
    Path binaries = new KubernetesBinaries(checkout, tell).folder();
    CompletableFuture<KubernetesApi> starting =
        CompletableFuture.supplyAsync(
            () -> KubernetesApi.start(children, folder.resolve("kubernetes"), binaries));
    try {
      s3 =
          LocalS3.start(
              children,
              folder,
              checkout.classPath("local-cloud/s3/target/s3-classpath.txt")
                  + ":"
                  + checkout.root().resolve("local-cloud/s3/target/classes"));
      emr = EmrProcess.start(children, folder, checkout, s3.endpoint(), emulatorOptions);
    } finally {
      // The folder can be removed only when nobody writes into it any more.
      kubernetes = joined(starting);
    }
  }

  private static <T> T joined(CompletableFuture<T> starting) {
    try {
      return starting.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  public KubernetesApi kubernetes() {
    return kubernetes;
  }

  public LocalS3 s3() {
    return s3;
  }

  public EmrProcess emr() {
    return emr;
  }

  public Checkout checkout() {
    return checkout;
  }

  /** Folder of logs and data; gone at the end. */
  public Path folder() {
    return folder;
  }

  /** Starts the operator with all rights. */
  public OperatorProcess startOperator(String configuration) {
    return startOperator(configuration, kubernetes.kubeconfig());
  }

  /**
   * Starts the operator with the rights of a kubeconfig; its log goes on where the last one ended.
   */
  public OperatorProcess startOperator(String configuration, Path kubeconfig) {
    return startOperator("operator", configuration, kubeconfig, Map.of());
  }

  /** Starts the operator so that all its calls go through a gateway. */
  public OperatorProcess startOperator(String configuration, Path kubeconfig, Gateway gateway) {
    return startOperator("operator", configuration, kubeconfig, gateway);
  }

  /** Starts one of several operators, so that all its calls go through a gateway. */
  public OperatorProcess startOperator(
      String name, String configuration, Path kubeconfig, Gateway gateway) {
    return startOperator(
        name,
        configuration,
        kubernetes.kubeconfigVia(gateway.endpoint(Target.KUBERNETES), kubeconfig),
        Map.of(
            "AWS_ENDPOINT_URL_EMR", gateway.endpoint(Target.EMR).toString(),
            "AWS_ENDPOINT_URL_S3", gateway.endpoint(Target.S3).toString()));
  }

  /**
   * Starts one of several operators.
   *
   * @param name of its own configuration and log
   * @param environment more variables, or others than usual
   */
  public OperatorProcess startOperator(
      String name, String configuration, Path kubeconfig, Map<String, String> environment) {
    try {
      Path config = Files.writeString(folder.resolve(name + ".yaml"), configuration);
      Map<String, String> all = new HashMap<>();
      all.put("KUBECONFIG", kubeconfig.toString());
      all.put("AWS_ENDPOINT_URL_EMR", emr.endpoint().toString());
      all.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
      all.put("AWS_ACCESS_KEY_ID", "local");
      all.put("AWS_SECRET_ACCESS_KEY", "local");
      all.put("EMR_OPERATOR_CONFIG", config.toString());
      all.put("EMR_OPERATOR_LOG", "text");
      all.putAll(environment);
      return OperatorProcess.start(
          children, checkout.operatorJar(), all, folder.resolve(name + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a gateway in front of all three, in this JVM. */
  public Gateway startGateway() {
    return children.keep(
        Gateway.start(
            Map.of(
                Target.KUBERNETES, kubernetes.upstream(),
                Target.S3, Upstream.plain(s3.endpoint()),
                Target.EMR, Upstream.plain(emr.endpoint()))));
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down, so the hook runs anyway.
      return;
    }
  }

  private synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    children.close();
    remove(folder);
  }

  static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("emr-operator-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("can't remove " + folder + ": " + e.getMessage());
    }
  }
}
