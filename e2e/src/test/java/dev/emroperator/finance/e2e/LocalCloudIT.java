package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.localcloud.ChildProcess;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.LocalCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local cloud itself: real, alone or beside another one, and gone when it is over. */
class LocalCloudIT {

  @TempDir Path folder;

  @Test
  void aSecondCloudIsRealAndLeavesNothingBehind() throws Exception {
    Cloud first = Cloud.shared();
    Path data;
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    List<ProcessHandle> its;
    try (LocalCloud second = LocalCloud.start(LocalCloud.NO_DELAYS, System.out::println)) {
      data = second.folder();
      its =
          ProcessHandle.current()
              .descendants()
              .filter(process -> !before.contains(process))
              .toList();
      assertEquals(4, its.size(), "kube-apiserver, etcd, S3 and EMR");
      Kubectl kubectl = new Kubectl(second.kubernetes());
      assertTrue(kubectl.print("version").contains("Server Version: v1.35.4"));
      assertFalse(kubectl.print("get", "namespaces").contains(Cloud.NAMESPACE));

      second.s3().createBucket("locks");
      URI lock = second.s3().endpoint().resolve("/locks/one");
      assertEquals(200, putIfAbsent(lock));
      assertEquals(412, putIfAbsent(lock));
    }
    assertFalse(Files.exists(data));
    assertEquals(List.of(), its.stream().filter(ProcessHandle::isAlive).toList());
    assertTrue(first.kubectl("get", "fa").length() > 0);
  }

  private static int putIfAbsent(URI uri) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("If-None-Match", "*")
            .PUT(BodyPublishers.ofString("mine"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  /** A quickstart on two rows of the user's, whose temporary files lie in a folder of their own. */
  private ChildProcess quickstart(String yaml, String... options) throws IOException {
    Path object = Files.writeString(folder.resolve("my.yaml"), yaml);
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(temporary());
    Files.writeString(
        data.resolve("prices.csv"),
        """
        Ticker,Date,Open,High,Low,Close,Volume
        ACME,2024-01-02,1,2,0.5,1.5,100
        ACME,2024-01-03,1.5,3,1.5,2.5,200
        """);
    List<String> command =
        new ArrayList<>(
            List.of(
                ChildProcess.java(),
                "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.emroperator.finance.localcloud.Quickstart",
                "-f",
                object.toString(),
                "--data",
                data.toString()));
    command.addAll(List.of(options));
    return ChildProcess.start(
        "quickstart",
        command,
        // For every JVM that it starts.
        Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary()),
        Cloud.shared().cloud().checkout().root().resolve("e2e/target/quickstart.log"));
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  /** Ctrl-C, after which none of its processes and folders may be left. */
  private void interrupt(ChildProcess quickstart) throws Exception {
    List<ProcessHandle> all = descendants(quickstart);
    assertFalse(all.isEmpty());
    new ProcessBuilder("kill", "-INT", "" + quickstart.pid()).start().waitFor();
    Cloud.shared().await(() -> !quickstart.isAlive(), "the end", Duration.ofSeconds(30));
    assertEquals(List.of(), all.stream().filter(ProcessHandle::isAlive).toList());
    try (Stream<Path> left = Files.list(temporary())) {
      assertEquals(
          List.of(), left.filter(p -> p.getFileName().toString().startsWith("emr-")).toList());
    }
  }

  private static List<ProcessHandle> descendants(ChildProcess quickstart) {
    return ProcessHandle.of(quickstart.pid()).stream().flatMap(ProcessHandle::descendants).toList();
  }

  @Test
  void theQuickstartRunsAUsersObjectOnTheirFilesAndEndsWithCtrlC() throws Exception {
    String yaml =
        Objects.analysis("mine")
            .replace("spec:\n", "spec:\n  environment: trading\n  tags: {desk: rates}\n");
    try (ChildProcess quickstart = quickstart(yaml, "--keep")) {
      quickstart.awaitLine(Pattern.compile("export KUBECONFIG=(\\S+)"), Duration.ofMinutes(3));
      String printed = quickstart.printed();
      assertTrue(printed.contains("daily: 2 rows in s3://research/mine/daily/"), printed);
      assertTrue(printed.contains("ACME    2024-01-02T05:00Z"), printed);
      assertTrue(printed.contains("TERMINATED  local/default/mine/"), printed);
      interrupt(quickstart);
    }
  }

  @Test
  void ctrlCInTheMiddleOfAStepLeavesNothingBehind() throws Exception {
    try (ChildProcess quickstart = quickstart(Objects.analysis("mine"))) {
      quickstart.awaitLine(Pattern.compile("(Running) "), Duration.ofMinutes(2));
      // The operator and its neighbours are children; only a step is a child of one of these.
      Cloud.shared()
          .await(
              () ->
                  descendants(quickstart).stream()
                      .flatMap(process -> process.parent().stream())
                      .anyMatch(parent -> parent.pid() != quickstart.pid()),
              "the step's process",
              Duration.ofSeconds(30));
      interrupt(quickstart);
    }
  }

  @Test
  void ctrlCDuringTheStartLeavesNothingBehind() throws Exception {
    try (ChildProcess quickstart = quickstart(Objects.analysis("mine"))) {
      Cloud.shared()
          .await(() -> descendants(quickstart).size() > 1, "its processes", Duration.ofSeconds(30));
      interrupt(quickstart);
    }
  }

  @Test
  void anObjectThatTheSchemaRefusesIsRefusedInItsWords() throws Exception {
    String yaml = Objects.analysis("mine").replaceAll("(?m)^  output:.*$", "");
    try (ChildProcess quickstart = quickstart(yaml)) {
      Cloud.shared().await(() -> !quickstart.isAlive(), "the refusal", Duration.ofMinutes(1));
      assertTrue(
          quickstart.printed().contains("spec.output: Required value"), quickstart.printed());
    }
  }
}
