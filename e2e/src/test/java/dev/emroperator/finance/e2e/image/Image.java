package dev.emroperator.finance.e2e.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.e2e.Chart;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.localcloud.ChildProcess;
import dev.emroperator.finance.localcloud.Environments;
import dev.emroperator.finance.localcloud.LocalCloud;
import dev.emroperator.finance.localcloud.OperatorProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An image as a tar file, with its layers laid over each other in a folder.
 *
 * @param config the part {@code config} of the image's configuration
 */
record Image(Path tar, Path root, JsonNode config) {

  /** What the chart's deployment sets. */
  private static final String JAVA_TOOL_OPTIONS =
      "-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError";

  private static final ObjectMapper JSON = new ObjectMapper();

  static Image takenApart(Path tar, Path root) throws IOException, InterruptedException {
    Path parts = Files.createTempDirectory(root, "parts");
    unpack(tar, parts);
    JsonNode manifest = JSON.readTree(parts.resolve("manifest.json").toFile()).get(0);
    for (JsonNode layer : manifest.path("Layers")) {
      unpack(parts.resolve(layer.asText()), root);
    }
    JsonNode config = JSON.readTree(parts.resolve(manifest.path("Config").asText()).toFile());
    return new Image(tar, root, config.path("config"));
  }

  private static void unpack(Path tar, Path into) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "tar", "--warning=no-unknown-keyword", "-xf", tar.toString(), "-C", into.toString())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("tar can't unpack " + tar);
    }
  }

  long mebibytes() throws IOException {
    return Files.size(tar) >> 20;
  }

  /** Starts the entry point as the only operator, with the service account's rights. */
  Running run(Cloud cloud) throws IOException {
    LocalCloud local = cloud.cloud();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path settings =
        Files.writeString(
            root.resolve("config.yaml"), Chart.configuration(local) + "\n" + Environments.ALONE);
    Map<String, String> variables =
        Map.of(
            "KUBECONFIG",
            Chart.kubeconfig(local).toString(),
            "AWS_ENDPOINT_URL_EMR",
            local.emr().endpoint().toString(),
            "AWS_ENDPOINT_URL_S3",
            local.s3().endpoint().toString(),
            "AWS_ACCESS_KEY_ID",
            "local",
            "AWS_SECRET_ACCESS_KEY",
            "local",
            "EMR_OPERATOR_CONFIG",
            settings.toString(),
            "EMR_OPERATOR_HEALTH_PORT",
            "" + port,
            "JAVA_TOOL_OPTIONS",
            JAVA_TOOL_OPTIONS);
    ChildProcess process =
        ChildProcess.start("image", command(), variables, root.resolve("operator.log"));
    return new Running(process, URI.create("http://127.0.0.1:" + port + "/ready"));
  }

  /** The entry point with its paths moved to where the layers lie, in the memory of the chart. */
  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    for (JsonNode part : config.path("Entrypoint")) {
      String text = part.asText();
      if (text.startsWith("@")) {
        Path classPath = Path.of(root + text.substring(1));
        text = Files.readString(classPath).strip();
      }
      command.add(text.replace("/app/", root + "/app/"));
    }
    command.set(0, ChildProcess.java());
    command.add(1, "-XX:MaxRAM=512m");
    return command;
  }

  /** The operator of the image. */
  record Running(ChildProcess process, URI ready) implements AutoCloseable {

    boolean isReady() {
      return OperatorProcess.isReady(ready);
    }

    /** As Linux counts the most that was ever resident. */
    long peakMiB() throws IOException {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElseThrow();
    }

    int end() {
      return process.end(Duration.ofSeconds(100));
    }

    String log() {
      return process.printed();
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
