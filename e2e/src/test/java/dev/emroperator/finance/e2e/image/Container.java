package dev.emroperator.finance.e2e.image;

import dev.emroperator.finance.e2e.Chart;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.localcloud.ChildProcess;
import dev.emroperator.finance.localcloud.Environments;
import dev.emroperator.finance.localcloud.OperatorProcess;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The operator in a container, with what the kubelet would give the chart's pod.
 *
 * @param mebibytes the chart's limit of its memory
 */
record Container(Podman podman, ChildProcess process, URI ready, long mebibytes)
    implements AutoCloseable {

  private static final String NAME = "operator";
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String FIRST = "{.spec.template.spec.containers[0]";

  /** Starts it as the only operator of a cloud, whose ports it sees. */
  static Container start(Podman podman, String image, Cloud cloud, Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path settings = Files.createDirectories(folder.resolve("settings"));
    Files.writeString(
        settings.resolve("config.yaml"),
        Chart.configuration(cloud.cloud()) + "\n" + Environments.ALONE);
    Path account = Files.createDirectories(folder.resolve("account"));
    URI api = writeAccount(cloud, account);

    List<String> command =
        podman.command("run", "--rm", "--name", NAME, "--network", "host", "--read-only");
    command.addAll(List.of("--read-only-tmpfs=false", "--tmpfs", "/tmp:size=64m"));
    command.addAll(List.of("--cap-drop", "all", "--security-opt", "no-new-privileges"));
    command.addAll(List.of("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"));
    long mebibytes = mebibytes(deployed(cloud, FIRST + ".resources.limits.memory}"));
    command.addAll(List.of("--memory", mebibytes + "m"));
    command.addAll(List.of("--volume", settings + ":/etc/emr-operator:ro"));
    command.addAll(List.of("--volume", account + ":" + ACCOUNT + ":ro"));
    Map.of(
            "KUBERNETES_SERVICE_HOST",
            api.getHost(),
            "KUBERNETES_SERVICE_PORT",
            "" + api.getPort(),
            "AWS_ENDPOINT_URL_EMR",
            cloud.cloud().emr().endpoint().toString(),
            "AWS_ENDPOINT_URL_S3",
            cloud.cloud().s3().endpoint().toString(),
            "AWS_ACCESS_KEY_ID",
            "local",
            "AWS_SECRET_ACCESS_KEY",
            "local",
            "EMR_OPERATOR_CONFIG",
            "/etc/emr-operator/config.yaml",
            "EMR_OPERATOR_HEALTH_PORT",
            "" + port,
            "JAVA_TOOL_OPTIONS",
            deployed(cloud, FIRST + ".env[?(@.name==\"JAVA_TOOL_OPTIONS\")].value}"))
        .forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
    command.add(image);
    ChildProcess process =
        ChildProcess.start(NAME, command, Map.of(), folder.resolve("operator.log"));
    URI ready = URI.create("http://127.0.0.1:" + port + "/ready");
    return new Container(podman, process, ready, mebibytes);
  }

  /** As the kubelet mounts it; returns where the API server is. */
  private static URI writeAccount(Cloud cloud, Path account) throws IOException {
    Config config = Config.fromKubeconfig(Files.readString(Chart.kubeconfig(cloud.cloud())));
    Files.writeString(account.resolve("token"), config.getAutoOAuthToken());
    Files.writeString(account.resolve("namespace"), Chart.RELEASE);
    Files.write(account.resolve("ca.crt"), Base64.getDecoder().decode(config.getCaCertData()));
    return URI.create(config.getMasterUrl());
  }

  private static long mebibytes(String quantity) {
    return Quantity.getAmountInBytes(Quantity.parse(quantity)).longValueExact() >> 20;
  }

  private static String deployed(Cloud cloud, String jsonPath) {
    return cloud
        .run("get", "deployment", Chart.RELEASE, "-n", Chart.RELEASE, "-o", "jsonpath=" + jsonPath)
        .printed()
        .strip();
  }

  boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the container ended:\n" + log());
    }
    return OperatorProcess.isReady(ready);
  }

  /** The most memory that it has had. */
  long peakMebibytes() throws IOException {
    return mebibytes(status("VmHWM").replace(" kB", "Ki"));
  }

  /** What Java in there takes for its machine: half of that memory becomes its heap. */
  String machine() {
    return podman.print("exec", NAME, "java", "-XshowSettings:system", "-version");
  }

  /** A line of what Linux tells of the operator's process, without its name. */
  String status(String name) throws IOException {
    return Files.readAllLines(proc("status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  /** How its root is mounted, as in {@code rw,relatime}. */
  List<String> rootMount() throws IOException {
    return Files.readAllLines(proc("mountinfo")).stream()
        .map(line -> line.split(" "))
        .filter(fields -> fields[4].equals("/"))
        .map(fields -> List.of(fields[5].split(",")))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private Path proc(String file) {
    return Path.of("/proc", podman.print("inspect", "--format", "{{.State.Pid}}", NAME), file);
  }

  /** As the kubelet ends it; returns its exit code. */
  int end() {
    return process.end(Duration.ofSeconds(100));
  }

  String log() {
    return process.printed();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      podman.print("rm", "--force", "--time", "5", NAME);
    }
    process.close();
  }
}
