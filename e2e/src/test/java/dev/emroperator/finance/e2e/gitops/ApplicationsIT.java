package dev.emroperator.finance.e2e.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Checkout;
import dev.emroperator.finance.localcloud.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The API server judges the example applications and their project by Argo CD's own CRDs, unknown
 * fields too.
 */
@Tag("delivery")
class ApplicationsIT {

  private static final Path ARGOCD = Checkout.find().root().resolve("argocd");

  private static Cloud cloud;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
    print("apply", "--server-side", "-f", Tool.of("argocd-crds").program().toString());
    cloud.awaitKinds();
    cloud.run("create", "namespace", "argocd");
  }

  private static void print(String... arguments) {
    var answer = cloud.run(arguments);
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  private static Kubectl.Answer judged(Path file) {
    return cloud.run("create", "--dry-run=server", "--validate=strict", "-f", file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application.yaml", "applicationset.yaml", "appproject.yaml"})
  void argoCdWouldTakeIt(String file) {
    var answer = judged(ARGOCD.resolve(file));
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  @Test
  void aFieldThatArgoCdDoesNotKnowWouldBeSeen() throws IOException {
    String wrong =
        Files.readString(ARGOCD.resolve("application.yaml")).replace("syncOptions:", "syncOption:");
    var answer = judged(Files.writeString(folder.resolve("wrong.yaml"), wrong));
    assertTrue(answer.printed().contains("syncPolicy.syncOption"), answer.printed());
  }
}
