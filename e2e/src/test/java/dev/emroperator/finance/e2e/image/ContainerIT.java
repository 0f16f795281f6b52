package dev.emroperator.finance.e2e.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Objects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image itself in a real container, which may do what the chart's pod may, and no more. */
@Tag("delivery")
class ContainerIT {

  private static final Path TAR = Path.of("operator/target/jib-image.tar");

  @TempDir static Path folder;
  private static Podman podman;
  private static String image;
  private static Cloud cloud;

  @BeforeAll
  static void load() throws IOException {
    podman = Podman.storingIn(folder);
    image = podman.withJava(TAR);
    cloud = Cloud.shared();
    cloud.endOperator();
  }

  @AfterAll
  static void unload() {
    if (podman != null) {
      podman.close();
    }
  }

  @Test
  void anAnalysisSucceedsThoughTheContainerMayDoNothingElse() throws IOException {
    cloud.putStocks("contained");
    long start = System.nanoTime();
    try (Container operator = Container.start(podman, image, cloud, folder)) {
      cloud.await(operator::isReady, "the container is ready", Duration.ofSeconds(60));
      double seconds = (System.nanoTime() - start) / 1e9;
      isConfined(operator);

      var answer = cloud.apply(Objects.analysis("contained"));
      assertEquals(0, answer.exitCode(), answer.printed());
      String phase = cloud.awaitEnd("contained", Duration.ofMinutes(3));
      assertEquals("Succeeded", phase, operator.log());
      long peak = operator.peakMebibytes();
      assertTrue(peak < 0.75 * operator.mebibytes(), peak + " MiB leave too little of the limit");
      assertEquals(0, operator.end(), operator.log());
      System.out.printf(
          "container: %s MB with Java, ready after %.1f s, at most %d of its %d MiB of memory%n",
          megabytes(), seconds, peak, operator.mebibytes());
    }
  }

  private static void isConfined(Container operator) throws IOException {
    assertEquals("65532\t65532\t65532\t65532", operator.status("Uid"));
    assertEquals("65532\t65532\t65532\t65532", operator.status("Gid"));
    for (String capabilities : List.of("CapPrm", "CapEff", "CapBnd")) {
      assertEquals(0, Long.parseUnsignedLong(operator.status(capabilities), 16), capabilities);
    }
    assertEquals("1", operator.status("NoNewPrivs"));
    assertEquals("2", operator.status("Seccomp"), "its calls are filtered");
    String limit = "Memory Limit: %d.00M".formatted(operator.mebibytes());
    String machine = operator.machine();
    assertTrue(machine.contains(limit), machine);
    assertTrue(operator.rootMount().contains("ro"), operator.rootMount().toString());
  }

  private static long megabytes() {
    return Long.parseLong(podman.print("image", "inspect", "--format", "{{.Size}}", image))
        / 1_000_000;
  }
}
