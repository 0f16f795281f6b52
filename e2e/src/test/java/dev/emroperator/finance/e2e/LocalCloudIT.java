package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.localcloud.ChildProcess;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.LocalCloud;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local cloud itself: real, alone or beside another one, and gone when it is over. */
class LocalCloudIT {

  @TempDir Path folder;

  @Test
  void aSecondCloudIsRealAndLeavesNothingBehind() throws Exception {
    Cloud first = Cloud.shared();
    Path data;
    try (LocalCloud second = LocalCloud.start(LocalCloud.NO_DELAYS, System.out::println)) {
      data = second.folder();
      Kubectl kubectl = new Kubectl(second.kubernetes());
      assertTrue(kubectl.print("version").contains("Server Version: v1.35.4"));
      assertFalse(kubectl.print("get", "namespaces").contains(Cloud.NAMESPACE));

      second.s3().createBucket("locks");
      URI lock = second.s3().endpoint().resolve("/locks/one");
      assertEquals(200, putIfAbsent(lock));
      assertEquals(412, putIfAbsent(lock));
    }
    assertFalse(Files.exists(data));
    assertTrue(processesIn(data).isEmpty(), processesIn(data).toString());
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

  @Test
  void theQuickstartRunsAUsersObjectOnTheirFilesAndEndsWithCtrlC() throws Exception {
    Path object = Files.writeString(folder.resolve("my.yaml"), Objects.analysis("mine"));
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(
        data.resolve("prices.csv"),
        """
        Ticker,Date,Open,High,Low,Close,Volume
        ACME,2024-01-02,1,2,0.5,1.5,100
        ACME,2024-01-03,1.5,3,1.5,2.5,200
        """);
    try (ChildProcess quickstart =
        ChildProcess.start(
            "quickstart",
            List.of(
                ChildProcess.java(),
                "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.emroperator.finance.localcloud.Quickstart",
                "-f",
                object.toString(),
                "--data",
                data.toString(),
                "--keep"),
            Map.of(),
            Cloud.shared().cloud().checkout().root().resolve("e2e/target/quickstart.log"))) {
      String kubeconfig =
          quickstart.awaitLine(Pattern.compile("export KUBECONFIG=(\\S+)"), Duration.ofMinutes(3));
      Path home = Path.of(kubeconfig).getParent().getParent();
      String printed = quickstart.printed();
      assertTrue(printed.contains("daily: 2 rows in s3://research/mine/daily/"), printed);
      assertTrue(printed.contains("ACME    2024-01-02T05:00Z"), printed);
      assertTrue(printed.contains("TERMINATED  local/default/mine/"), printed);
      assertFalse(processesIn(home).isEmpty());

      new ProcessBuilder("kill", "-INT", "" + quickstart.pid()).start().waitFor();
      Cloud.shared().await(() -> !quickstart.isAlive(), "the end", Duration.ofSeconds(30));
      assertTrue(processesIn(home).isEmpty(), processesIn(home).toString());
      assertFalse(Files.exists(home));
    }
  }

  /** Command lines that name a folder of a local cloud. */
  private static List<String> processesIn(Path folder) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }
}
