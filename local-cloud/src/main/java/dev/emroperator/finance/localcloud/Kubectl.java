package dev.emroperator.finance.localcloud;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real kubectl, against the local cloud. */
public record Kubectl(KubernetesApi kubernetes) {

  /** Exit code, and what it printed on both streams without the last line break. */
  public record Answer(int exitCode, String printed) {}

  /** Runs kubectl. */
  public Answer run(String... args) {
    List<String> command = new ArrayList<>(List.of(kubernetes.kubectl().toString()));
    command.addAll(List.of(args));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("KUBECONFIG", kubernetes.kubeconfig().toString());
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] printed = process.getInputStream().readAllBytes();
      int exitCode = process.waitFor();
      return new Answer(exitCode, new String(printed, StandardCharsets.UTF_8).stripTrailing());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs kubectl, which must succeed.
   *
   * @throws IllegalStateException with what it printed
   */
  public String print(String... args) {
    Answer answer = run(args);
    if (answer.exitCode() != 0) {
      throw new IllegalStateException(
          "kubectl " + String.join(" ", args) + " failed: " + answer.printed());
    }
    return answer.printed();
  }

  /**
   * Waits until the API server serves the kinds of all CRDs. {@code kubectl wait} fails on a CRD
   * that is too new to have conditions.
   */
  public void awaitKinds() {
    try (KubernetesClient client = kubernetes.client()) {
      var crds = client.apiextensions().v1().customResourceDefinitions();
      crds.list()
          .getItems()
          .forEach(
              crd ->
                  crds.resource(crd).waitUntilCondition(Kubectl::isServed, 30, TimeUnit.SECONDS));
    }
  }

  private static boolean isServed(CustomResourceDefinition crd) {
    return Stream.ofNullable(crd)
        .map(CustomResourceDefinition::getStatus)
        .filter(Objects::nonNull)
        .flatMap(status -> Stream.ofNullable(status.getConditions()).flatMap(List::stream))
        .anyMatch(is -> is.getType().equals("Established") && is.getStatus().equals("True"));
  }
}
