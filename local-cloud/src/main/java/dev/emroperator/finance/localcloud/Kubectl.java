package dev.emroperator.finance.localcloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
}
